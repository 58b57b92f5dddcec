import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { butterworthHighPass, butterworthLowPass, filter } from '../../dsp/index.js';
import type { RhythmSegment } from '../synthesis/script.js';
import { synthesize } from '../synthesis/synthesize.js';
import { createBeatDetector } from './detect-beats.js';

const SECONDS = 305;

function peakedness(leads: readonly Float32Array[], fs: number, chunk = Number.POSITIVE_INFINITY) {
  const detector = createBeatDetector({ fs, leads: leads.length });
  for (let at = 0; at < leads[0]!.length; at += chunk)
    detector.push(leads.map((x) => x.subarray(at, Math.min(x.length, at + chunk))));
  detector.flush();
  return detector.peakedness();
}
const white = (fs: number, seed: number) => {
  const random = createRandom(seed);
  return Float32Array.from({ length: SECONDS * fs }, () => random.normal());
};
const sinus = (rhythm: RhythmSegment['rhythm'], heartRateBpm: number) =>
  synthesize(
    {
      id: 'r',
      segments: [{ rhythm, seconds: SECONDS, heartRateBpm }],
      disturbances: [
        { kind: 'wander', amplitudeMv: 0.3 },
        { kind: 'white', amplitudeMv: 0.03 },
      ],
    },
    { fs: 250, seed: 1, leads: ['II'] },
  ).signals[0]!.samples;

// The kurtosis of a normal distribution is 3; of a signal that is 0 but for a share p of the time, about 3 / p.
describe('peakedness', () => {
  it('is that of no stretch of noise, whatever its band', () => {
    for (const fs of [128, 500])
      for (const [low, high] of [
        [0.3, 1],
        [0.5, 10],
        [5, 30],
        [20, 50],
      ] as const) {
        const leads = [1, 2, 3].map((seed) =>
          filter(
            filter(white(fs, seed), butterworthLowPass({ fs, cutoff: high, order: 2 })),
            butterworthHighPass({ fs, cutoff: low, order: 2 }),
          ),
        );
        const { stretches, peaked } = peakedness(leads, fs);
        expect(stretches).toBe(30);
        expect(peaked).toBeLessThan(3);
      }
  });
  it('is that of every stretch with beats, fast or irregular as they may be', () => {
    for (const rate of [40, 75, 150, 220])
      expect(peakedness([sinus('sinus', rate)], 250)).toEqual({ stretches: 30, peaked: 30 });
    for (const rate of [80, 150, 200])
      expect(peakedness([sinus('af', rate)], 250)).toEqual({ stretches: 30, peaked: 30 });
  });
  it('needs one lead of several, and no certain size of slices', () => {
    const leads = [white(250, 4), sinus('sinus', 75)];
    expect(peakedness(leads, 250)).toEqual({ stretches: 30, peaked: 30 });
    expect(peakedness([leads[0]!], 250, 77)).toEqual(peakedness([leads[0]!], 250));
  });
  it('is not judged where nothing moves', () => {
    expect(peakedness([new Float32Array(30_000).fill(0.2)], 250)).toEqual({ stretches: 0, peaked: 0 });
  });
});
