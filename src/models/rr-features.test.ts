import { describe, expect, it } from 'vitest';
import { meanIntervals, writeRatios } from './rr-features.js';
import { RR_STATISTICS, writeStatistics } from './rr-statistics.js';

const limits = { shortest: 0.2, longest: 3, meanReach: 1800 };

/** Differences, unknown before the first. */
const intervals = (...times: number[]): Float64Array =>
  Float64Array.from(times, (time, i) => (i === 0 ? Number.NaN : time - times[i - 1]));

describe('meanIntervals', () => {
  it('is the mean of the intervals within the limits', () => {
    // By hand: 1, 0.5 and 1.5 count; 4 is a pause beyond `longest`.
    const times = Float64Array.of(0, 1, 1.5, 3, 7);
    const mean = meanIntervals(times, intervals(...times), limits);
    expect([...mean]).toEqual([1, 1, 1, 1, 1]);
  });

  it('forgets what is further away than its reach', () => {
    // By hand: the beat at 101 s sees only the 1 s interval that ends there; the one at 1 s its own of 1 s.
    const times = Float64Array.of(0, 1, 100, 102, 104);
    const mean = meanIntervals(times, intervals(...times), { ...limits, meanReach: 10 });
    expect([...mean]).toEqual([1, 1, 2, 2, 2]);
  });

  it('is 1 s where nothing is known', () => {
    expect([...meanIntervals(Float64Array.of(5), Float64Array.of(Number.NaN), limits)]).toEqual([1]);
  });
});

describe('writeRatios', () => {
  it('gives interval / mean, clipped, and 1 where unknown', () => {
    const times = Float64Array.of(0, 1, 1.5, 3);
    const before = intervals(...times);
    const out = new Float32Array(5);
    writeRatios(before, meanIntervals(times, before, limits), 1, { reach: 2, clip: [0.6, 3] }, out, 0);
    // By hand: beat −1 and beat 0 have no interval; then 1/1, 0.5/1 clipped to 0.6, 1.5/1.
    expect([...out]).toEqual([1, 1, 1, Math.fround(0.6), 1.5]);
  });
});

describe('RR_STATISTICS', () => {
  it('follows the definitions on a hand-made sequence', () => {
    // Ratios around a beat c = 2: a premature beat with a full compensatory pause.
    const s = [1, 1.2, 0.5, 1.5, 0.8];
    const names = Object.keys(RR_STATISTICS) as (keyof typeof RR_STATISTICS)[];
    const out = new Float32Array(names.length);
    writeStatistics(s, names, out, 0);
    const value = Object.fromEntries(names.map((name, i) => [name, out[i]]));
    // By hand: last = (1.2 + 0.5)/2, next = (1.5 + 0.8)/2, median of the five = 1.
    const expected = {
      pre: Math.log(0.5),
      post: Math.log(1.5),
      last: Math.log(0.85),
      next: Math.log(1.15),
      'pre/post': Math.log(1 / 3),
      'pre2/pre': Math.log(2.4),
      'pre/last': Math.log(0.5 / 0.85),
      'pre/local': Math.log(0.5),
      'post/local': Math.log(1.5),
      local: 0,
      // Steps left of the beat: |1.2 − 1|; right of the post-RR: none (one interval only).
      irregularity: 2,
      'irregularity of the calmer side': 0,
      'spread of last': 3 * 0.35,
      'spread of next': 3 * 0.35,
      pre2: Math.log(1.2),
      compensation: 0,
      // Of 1, 1.2 and 0.8, each is like itself only.
      'modal share': 4 / 3,
      'share alike': 4 / 3,
    };
    for (const [name, number] of Object.entries(expected)) expect(value[name], name).toBeCloseTo(number, 5);
  });
});
