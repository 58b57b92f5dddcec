import { describe, expect, it } from 'vitest';
import { challengeConfusion, challengeIntervals, challengeScore } from './challenge-score.js';

// By hand. Rows N A O ~, columns answers N A O ~.
const CONFUSION = [
  [8, 0, 1, 1],
  [0, 3, 1, 0],
  [2, 1, 4, 1],
  [0, 0, 0, 2],
];

describe('challengeScore', () => {
  it('is the mean F1 of N, A and O; noise costs them and has no part in the mean', () => {
    const { score, f1 } = challengeScore(CONFUSION);
    // N: 2·8 / (10 + 10); A: 2·3 / (4 + 4); O: 2·4 / (8 + 6); ~: 2·2 / (2 + 4)
    expect(f1.N).toBeCloseTo(16 / 20, 12);
    expect(f1.A).toBeCloseTo(6 / 8, 12);
    expect(f1.O).toBeCloseTo(8 / 14, 12);
    expect(f1['~']).toBeCloseTo(4 / 6, 12);
    expect(score).toBeCloseTo((0.8 + 0.75 + 4 / 7) / 3, 12);
    // A noisy recording called N costs N's F1 (16/21), and ~'s, of which the score is no mean.
    const worse = CONFUSION.map((row, r) => (r === 3 ? [1, 0, 0, 1] : row));
    expect(challengeScore(worse).score).toBeCloseTo((16 / 21 + 0.75 + 4 / 7) / 3, 12);
  });

  it('refuses a matrix of another size', () => {
    expect(() => challengeScore(CONFUSION.slice(0, 3))).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});

describe('challengeConfusion', () => {
  it('counts the reference in rows and the answers in columns', () => {
    const confusion = challengeConfusion([0, 0, 1, 3], [0, 2, 1, 0]);
    expect(confusion).toEqual([
      [1, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 0],
    ]);
  });
});

describe('challengeIntervals', () => {
  const reference = CONFUSION.flatMap((row, r) => row.flatMap((n) => Array<number>(n).fill(r)));
  const answers = CONFUSION.flatMap((row) => row.flatMap((n, c) => Array<number>(n).fill(c)));

  it('hold the score, and are narrower with a hundred times the recordings', () => {
    const { score } = challengeIntervals(reference, answers, { seed: 1, resamples: 300 });
    const own = challengeScore(CONFUSION).score;
    expect(score.low).toBeLessThan(own);
    expect(score.high).toBeGreaterThan(own);
    const many = (x: number[]) => Array.from({ length: 100 * x.length }, (_, i) => x[i % x.length]);
    const narrow = challengeIntervals(many(reference), many(answers), { seed: 1, resamples: 300 });
    // The width goes with the root of the number: a tenth, of 300 resamples within a third.
    const ratio = (narrow.score.high - narrow.score.low) / (score.high - score.low);
    expect(ratio).toBeGreaterThan(0.1 / 1.5);
    expect(ratio).toBeLessThan(0.1 * 1.5);
  });
});
