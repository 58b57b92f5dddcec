import { describe, expect, it } from 'vitest';
import { endsOf, standardise, unstandardise } from './standard-signals.js';

describe('standardise', () => {
  it('leaves the padding out of mean and deviation, by hand', () => {
    // 1 3 | 0 0 0 and 1 3 1 3 1: mean 13/7, mean square 31/7, deviation √(31/7 − 169/49) = √48 / 7.
    const signals = standardise(Float32Array.of(1, 3, 0, 0, 0, 1, 3, 1, 3, 1), [1, 5]);
    expect([...signals.lengths]).toEqual([2, 5]);
    expect(signals.scale.mean).toBeCloseTo(13 / 7, 6);
    expect(signals.scale.deviation).toBeCloseTo(Math.sqrt(48) / 7, 6);
    expect(signals.scale).toMatchObject({ low: 0, high: 3 });
    expect(signals.form.level).toBeCloseTo(-13 / Math.sqrt(48), 5);
    expect(signals.data[1]).toBeCloseTo((3 - 13 / 7) / (Math.sqrt(48) / 7), 5);
  });

  it('knows padding that differs between examples: z-scored ones', () => {
    const signals = standardise(Float32Array.of(1, 3, -1, -1, 1, 3, -2, -2), [1, 4]);
    expect([...signals.lengths]).toEqual([2, 2]);
    expect(signals.form.level).toBeNull();
  });

  it('ends a signal only where all channels do', () => {
    expect([...standardise(Float32Array.of(1, 2, 0, 0, 1, 2, 3, 3), [2, 4]).lengths]).toEqual([2]);
    expect([...standardise(Float32Array.of(1, 2, 0, 0, 1, 2, 3, 4), [2, 4]).lengths]).toEqual([4]);
  });

  it('is undone, within the range of the examples', () => {
    const given = Float32Array.of(1, 3, 2, 5, 4, 4.5);
    const { data, scale } = standardise(given, [1, 3]);
    const back = unstandardise(data.slice(), scale);
    for (const [i, x] of given.entries()) expect(back[i]).toBeCloseTo(x, 5);
    expect([...unstandardise(Float32Array.of(-100, 100), scale)]).toEqual([1, 5]);
  });

  it('takes examples that never change', () => {
    const { data, lengths } = standardise(new Float32Array(8).fill(2), [1, 4]);
    expect(data.every(Number.isFinite)).toBe(true);
    expect([...lengths]).toEqual([0, 0]);
  });

  it('refuses what is no set of signals', () => {
    expect(() => standardise(new Float32Array(7), [1, 4])).toThrowError(
      expect.objectContaining({ code: 'bad-shape' }),
    );
    expect(() => standardise(new Float32Array(8), [1, 2, 4])).toThrowError(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});

describe('endsOf', () => {
  it('is 1 up to the length, and stretches the grid to it, by hand', () => {
    const { inside, stretch } = endsOf(Uint16Array.of(8, 4), 8);
    expect([...inside]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
    // Two places, at samples 2 and 6. A signal of 8 has them there; one of 4 is halfway between them at sample 2
    // and past its end at 6.
    expect([...stretch]).toEqual([1, 0, 0, 1, 0.5, 0, 0.5, 1]);
  });
});
