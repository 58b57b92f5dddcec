import { describe, expect, it } from 'vitest';
import { bestEpochOf, validationFigures } from './epoch-figures.js';

describe('validationFigures', () => {
  it('is what is counted by hand', () => {
    // Two of three classes occur: 0 0 0 1, called 0 0 1 1. F1 of class 0 is 4/5, of class 1 2/3; class 2 is left out.
    const logits = Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0);
    const figures = validationFigures(logits, [0, 0, 0, 1], 3);
    expect(figures['macro-F1']).toBeCloseTo((4 / 5 + 2 / 3) / 2, 12);
    expect(figures['accuracy']).toBe(0.75);
    const p = Math.E / (Math.E + 2);
    expect(figures['loss']).toBeCloseTo(-(3 * Math.log(p) + Math.log(1 / (Math.E + 2))) / 4, 12);
  });

  it('leaves a class out that is only ever predicted, as the tables do', () => {
    // 0 0 1 called 0 2 1: F1 of class 0 is 2/3, of class 1 it is 1; class 2 would bring a 0 into the mean.
    const logits = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 1, 0);
    expect(validationFigures(logits, [0, 0, 1], 3)['macro-F1']).toBeCloseTo((2 / 3 + 1) / 2, 12);
    expect(validationFigures(logits, [0, 2, 1], 3)['macro-F1']).toBe(1);
  });

  it('refuses a loss that is no number', () => {
    expect(() => validationFigures(Float32Array.of(Number.NaN, 0), [0], 2)).toThrow(
      /validation: the loss is NaN/,
    );
  });
});

describe('bestEpochOf', () => {
  it('is the first of equals', () => {
    const epochs = [0.2, 0.7, 0.7, 0.5].map((x, i) => ({
      epoch: i + 1,
      loss: 1,
      validation: { 'macro-F1': x },
    }));
    expect(bestEpochOf(epochs)).toBe(2);
    expect(bestEpochOf([])).toBe(0);
  });
});
