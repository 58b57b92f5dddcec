import { describe, expect, it } from 'vitest';
import { BEAT_CLASSES, type BeatClass, createRandom } from '../core/index.js';
import { rrIntervals, synthesize } from '../ecg/index.js';
import { findIrregular } from './irregular.js';

const FS = 250;

/** Irregular stretches of beats given as intervals (s) and classes. */
function irregular(intervals: readonly number[], classOf: (i: number) => BeatClass = () => 'N') {
  let t = 0;
  const samples = Float64Array.from(intervals, (s) => {
    t += s;
    return Math.round(t * FS);
  });
  const labels = {
    classes: Uint8Array.from(intervals, (_, i) => BEAT_CLASSES.indexOf(classOf(i))),
    probabilities: new Float32Array(intervals.length).fill(1),
    uncertain: new Uint8Array(intervals.length),
  };
  return findIrregular(samples, labels, rrIntervals(samples, FS, []));
}
const many = (n: number, f: (i: number) => number) => Array.from({ length: n }, (_, i) => f(i));

describe('intervals without pattern', () => {
  const random = createRandom(4);
  const lawless = () => 0.7 * Math.exp(0.25 * random.normal());

  it('are found, and only where they are', async () => {
    const spans = await irregular([...many(200, () => 0.8), ...many(200, lawless), ...many(200, () => 0.8)]);
    expect(spans).toHaveLength(1);
    // 200 intervals of 0.8 s, then some 140 s: the edges are known to half a window, 16 beats.
    expect(Math.abs(spans[0].from / FS - 160)).toBeLessThan(16);
    expect(Math.abs(spans[0].to / FS - 160 - 144)).toBeLessThan(22);
  });
  it('reach to both ends of a recording that holds nothing else', async () => {
    const [span, more] = await irregular(many(300, lawless));
    expect(more).toBeUndefined();
    expect(span.from / FS).toBeLessThan(2);
    expect(span.to / FS).toBeGreaterThan(190);
  });
  it('are not breathing, bigeminy, trigeminy or a change of rate', async () => {
    expect(await irregular(many(300, (i) => 0.9 + 0.1 * Math.sin(i / 2)))).toEqual([]);
    expect(await irregular(many(300, (i) => (i % 2 === 0 ? 0.5 : 1.1)))).toEqual([]);
    expect(await irregular(many(300, (i) => [0.8, 0.5, 1.1][i % 3]))).toEqual([]);
    expect(await irregular(many(300, (i) => 1.2 - i / 500))).toEqual([]);
  });
  it('are not ventricular beats at random', async () => {
    const isV = many(400, () => (random.next() < 0.2 ? 1 : 0));
    const intervals = isV.map((v, i) => (v === 1 ? 0.5 : isV[i - 1] === 1 ? 1.1 : 0.8));
    expect(await irregular(intervals, (i) => (isV[i] === 1 ? 'V' : 'N'))).toEqual([]);
    // Negative control: taken for normal beats, the same intervals follow no pattern.
    expect((await irregular(intervals)).length).toBeGreaterThan(0);
  });
  it('are those of synthesized atrial fibrillation, not of the sinus rhythm around it', async () => {
    const segment = (rhythm: 'sinus' | 'af') => ({ rhythm, seconds: 120, heartRateBpm: 80 });
    const { annotations } = synthesize(
      { id: 'af', segments: [segment('sinus'), segment('af'), segment('sinus')] },
      { fs: FS, seed: 9, leads: ['II'] },
    );
    const samples = Float64Array.from(
      annotations.filter((a) => a.symbol === 'N'),
      (a) => a.sample,
    );
    const labels = {
      classes: new Uint8Array(samples.length),
      probabilities: new Float32Array(samples.length),
      uncertain: new Uint8Array(samples.length),
    };
    const spans = await findIrregular(samples, labels, rrIntervals(samples, FS, []));
    expect(spans).toHaveLength(1);
    expect(Math.abs(spans[0].from / FS - 120)).toBeLessThan(15);
    expect(Math.abs(spans[0].to / FS - 240)).toBeLessThan(15);
  });
});
