import { describe, expect, it } from 'vitest';
import { synthesize } from '../../ecg/index.js';
import { createStreamAnalyzer } from './stream-analyzer.js';
import { createStreamBatcher } from './stream-batcher.js';

const fs = 100;
const leads = ['II'];
const minute = synthesize(
  {
    id: 'minute',
    segments: [{ rhythm: 'sinus', seconds: 60, heartRateBpm: 80, events: [{ at: 20, beats: 'VVVV' }] }],
    disturbances: [{ kind: 'white', amplitudeMv: 0.01 }],
  },
  { fs, seed: 6, leads },
).signals.map(({ samples }) => samples);

describe('a stream of weeks', () => {
  it('takes no more memory than one of minutes, and hears as well', async () => {
    const stream = createStreamAnalyzer({ fs, leads, models: {} });
    const batcher = createStreamBatcher({});
    const used = () => {
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return (heapUsed + arrayBuffers) / 1e6;
    };
    /** Beats of some hours of the same minute; every hour it is cut off for as long as makes weeks of them. */
    async function hear(hours: number): Promise<number> {
      let beats = 0;
      for (let hour = 0; hour < hours; hour++) {
        for (let k = 0; k < 60; k++) {
          stream.push(minute);
          await batcher.run([stream], (_, events) => {
            for (const { kind } of events) if (kind === 'beat') beats++;
          });
        }
        stream.gap(125 * 3600 * fs);
      }
      return beats;
    }
    const first = await hear(2);
    const before = used();
    const more = await hear(4);
    expect(stream.heard).toBe(6 * 126 * 3600 * fs);
    // A month and more: sample indices are larger than 32 bits hold at usual rates.
    expect(stream.heard / fs).toBeGreaterThan(30 * 86_400);
    expect(more / first).toBeCloseTo(2, 1);
    expect(stream.waiting).toBe(0);
    // What is left is the collector's: four hours of samples alone would be 6 MB, of beats and their inputs 60 MB.
    expect(used() - before).toBeLessThan(25);
  }, 30_000);

  it('hears far from its begin what it hears there', async () => {
    const hear = async (start: number) => {
      const stream = createStreamAnalyzer({ fs, leads, models: {}, start });
      const batcher = createStreamBatcher({});
      const found: number[] = [];
      stream.push(minute);
      stream.end();
      await batcher.run([stream], (_, events) => {
        for (const event of events) if (event.kind === 'beat') found.push(event.sample - start);
      });
      return found;
    };
    const near = await hear(0);
    expect(near.length).toBeGreaterThan(70);
    expect(await hear(2 ** 33 + 800)).toEqual(near);
  });
});
