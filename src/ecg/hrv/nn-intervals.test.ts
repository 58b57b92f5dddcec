import { describe, expect, it } from 'vitest';
import { nnIntervals } from './nn-intervals.js';

const fs = 1000;
const readable = { fs, unreadable: [] };

/** R peaks at 1000 Hz from intervals in ms; the first at 0. */
function peaks(intervals: readonly number[]): Float64Array {
  const samples = new Float64Array(intervals.length + 1);
  intervals.forEach((ms, i) => {
    samples[i + 1] = samples[i]! + ms;
  });
  return samples;
}

describe('nnIntervals', () => {
  it('takes intervals between two normal beats only, and knows which share a beat', async () => {
    const samples = peaks([800, 810, 500, 1100, 820, 790]);
    // The fourth beat is ectopic: neither the interval before it nor its compensatory pause counts.
    const normal = [1, 1, 1, 0, 1, 1, 1];
    const { ms, at, follows, of } = await nnIntervals({ samples, normal, ...readable });
    expect([...ms]).toEqual([800, 810, 820, 790]);
    expect([...at]).toEqual([0.8, 1.61, 4.03, 4.82]);
    expect([...follows]).toEqual([0, 1, 0, 1]);
    expect(of).toBe(6);
  });

  it('takes none over what cannot be read', async () => {
    const samples = peaks([800, 800, 800]);
    const unreadable = [{ from: 900, to: 1000 }];
    const { ms, follows, of } = await nnIntervals({ samples, normal: [1, 1, 1, 1], fs, unreadable });
    expect([[...ms], [...follows], of]).toEqual([[800, 800], [0, 0], 2]);
  });

  it('takes none that a missed or a doubled beat makes, but leaves sinus arrhythmia', async () => {
    const even = [800, 800, 800, 800, 800];
    const among = async (...intervals: number[]) => {
      const all = [...even, ...intervals, ...even];
      const { ms } = await nnIntervals({ samples: peaks(all), normal: all.concat(0).fill(1), ...readable });
      return [...ms].slice(even.length, ms.length - even.length);
    };
    expect(await among(1600)).toEqual([]);
    expect(await among(390, 410)).toEqual([]);
    expect(await among(2100)).toEqual([]);
    expect(await among(1100, 560, 1100)).toEqual([1100, 560, 1100]);
  });

  it('is empty without beats', async () => {
    const { ms, of } = await nnIntervals({ samples: new Float64Array(0), normal: [], ...readable });
    expect([ms.length, of]).toEqual([0, 0]);
  });
});
