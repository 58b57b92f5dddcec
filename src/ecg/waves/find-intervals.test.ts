import { describe, expect, it } from 'vitest';
import { findIntervals } from './find-intervals.js';

const rule = { certainty: 0.7, shortest: 0.02, gap: 0.01 };
const find = (probability: number[], more: Partial<typeof rule> = {}) =>
  findIntervals(probability, 100, { ...rule, ...more });

describe('findIntervals', () => {
  it('puts the edges where the line between two samples meets one half', () => {
    // By hand: from 0.2 to 0.6 the half is 3/4 of the way; from 0.9 to 0.1 half of it.
    expect(find([0, 0.2, 0.6, 0.9, 0.9, 0.1, 0])).toEqual([{ onset: 1.75, offset: 4.5, certainty: 0.9 }]);
    // Not where the samples are: the edges move with the probabilities.
    expect(find([0, 0.4, 0.6, 0.9, 0.9, 0.1, 0])[0].onset).toBe(1.5);
  });

  it('leaves out what is uncertain or short', () => {
    expect(find([0, 0.6, 0.69, 0.6, 0])).toEqual([]);
    expect(find([0, 0.6, 0.71, 0.6, 0])).toHaveLength(1);
    // 0.5 … 1.5 is one sample long, 10 ms.
    expect(find([0, 1, 0, 0])).toEqual([]);
    expect(find([0, 1, 0, 0], { shortest: 0.01 })).toHaveLength(1);
  });

  it('joins stretches that nearly touch', () => {
    const broken = [0, 1, 1, 1, 0.4, 1, 1, 1, 0];
    // The gap is from 3 + 0.5/0.6 to 4 + 0.1/0.6: a third of a sample.
    expect(find(broken)).toEqual([{ onset: 0.5, offset: 7.5, certainty: 1 }]);
    expect(find(broken, { gap: 0.003 })).toHaveLength(2);
  });

  it('ends waves that are cut off with the signal', () => {
    expect(find([1, 1, 1, 0, 0, 1, 1, 1])).toEqual([
      { onset: 0, offset: 2.5, certainty: 1 },
      { onset: 4.5, offset: 7, certainty: 1 },
    ]);
    expect(find([])).toEqual([]);
  });
});
