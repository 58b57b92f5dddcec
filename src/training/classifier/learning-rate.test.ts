import { describe, expect, it } from 'vitest';
import { TOY_CONFIG } from '../../../tests/toy-examples.js';
import { learningRate } from './learning-rate.js';
import type { Schedule } from './training-config.js';

/** Of trainings at a rate of 1 with ten steps an epoch. */
const rateOf = (schedule: Schedule, epochs: number) => {
  const rate = learningRate({ ...TOY_CONFIG, learningRate: 1, epochs, schedule }, 10, true);
  return (step: number) => rate(step, []);
};

describe('learningRate', () => {
  it('stays', () => {
    const rate = rateOf({ kind: 'constant' }, 5);
    expect([0, 49].map(rate)).toEqual([1, 1]);
  });

  it('rises for the warmup, then falls by half a cosine', () => {
    const rate = rateOf({ kind: 'cosine', warmup: 1 }, 5);
    expect(rate(0)).toBeCloseTo(0.1, 12);
    expect(rate(9)).toBeCloseTo(1, 12);
    expect(rate(10)).toBeCloseTo(1, 12);
    // A quarter, a half and three quarters of the way: (1 ± √½)/2 and ½.
    expect(rate(20)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
    expect(rate(30)).toBeCloseTo(0.5, 12);
    expect(rate(40)).toBeCloseTo((1 - Math.SQRT1_2) / 2, 12);
  });

  it('goes up and down in one cycle', () => {
    const rate = rateOf({ kind: 'one-cycle', rise: 0.3 }, 10);
    // As PyTorch's OneCycleLR: 1/25, the highest at step 0.3 · 100 − 1, 1/25/10⁴ at the last; half way between in the middle.
    expect(rate(0)).toBeCloseTo(0.04, 12);
    expect(rate(29)).toBeCloseTo(1, 12);
    expect(rate(64)).toBeCloseTo((1 + 4e-6) / 2, 12);
    expect(rate(99)).toBeCloseTo(4e-6, 12);
  });

  it('has a one-cycle without a rise, too', () => {
    for (const rise of [0, 0.05, 0.1]) {
      const rate = rateOf({ kind: 'one-cycle', rise }, 1);
      expect(rate(0)).toBeGreaterThan(0.9);
      expect(rate(9)).toBeCloseTo(4e-6, 12);
    }
  });

  it('falls in steps of some epochs', () => {
    const rate = rateOf({ kind: 'step', every: 2, factor: 0.1 }, 6);
    const expected = [1, 1, 0.1, 0.1, 0.01, 0.01];
    expected.forEach((x, epoch) => {
      expect(rate(10 * epoch)).toBeCloseTo(x, 12);
      expect(rate(10 * epoch + 9)).toBeCloseTo(x, 12);
    });
  });

  it('falls when the validation loss does not', () => {
    const schedule: Schedule = { kind: 'plateau', patience: 1, factor: 0.5 };
    const rate = learningRate({ ...TOY_CONFIG, learningRate: 1, schedule }, 10, true);
    const done = [1, 0.9, 0.9, 0.9, 0.9, 0.8, 0.85, 0.85].map((loss, i) => ({
      epoch: i + 1,
      loss: 1,
      validation: { loss },
    }));
    // By hand: one epoch without a better loss is endured; the second one halves the rate.
    const rates = done.map((_, n) => rate(10 * n, done.slice(0, n)));
    expect([...rates, rate(80, done)]).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25]);
  });
});
