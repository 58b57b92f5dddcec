import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { augmentStretch, type StretchAugmentation } from './augment-stretch.js';

const none: StretchAugmentation = {
  kind: 'stretch',
  roll: false,
  gain: 0,
  noise: 0,
  flip: 0,
  hide: 0,
  figures: 0,
};
const shape = [3, 50];
const scratch = new Float32Array(150);
/** A lead of 1…50, the same times 100, and three figures with zeros behind. */
const example = () =>
  Float32Array.from({ length: 150 }, (_, i) => (i < 50 ? i + 1 : i < 100 ? 100 * (i - 49) : i < 103 ? 7 : 0));
const changed = (options: Partial<StretchAugmentation>, seed = 1) => {
  const own = example();
  augmentStretch(own, shape, { ...none, ...options }, createRandom(seed), scratch);
  return own;
};

describe('augmentStretch', () => {
  it('changes nothing when asked for nothing', () => {
    expect(changed({})).toEqual(example());
  });

  it('turns signals round together and leaves the figures', () => {
    const turned = [1, 2, 3].map((seed) => changed({ roll: true }, seed));
    expect(turned.some((own) => own[0] !== 1)).toBe(true);
    for (const own of turned) {
      const by = own[0] - 1;
      expect([...own.subarray(0, 50)]).toEqual(Array.from({ length: 50 }, (_, k) => ((k + by) % 50) + 1));
      expect([...own.subarray(50, 100)]).toEqual([...own.subarray(0, 50)].map((x) => 100 * x));
      expect(own.subarray(100)).toEqual(example().subarray(100));
    }
  });

  it('scales, turns over and hides the lead alone', () => {
    const louder = changed({ gain: 0.5 });
    const gain = louder[0];
    expect(Math.abs(gain - 1)).toBeLessThanOrEqual(0.5);
    expect(gain).not.toBe(1);
    expect(louder[49]).toBeCloseTo(50 * gain, 3);
    expect(louder.subarray(50)).toEqual(example().subarray(50));
    expect(changed({ flip: 1 })[9]).toBe(-10);
    const hidden = [1, 2, 3, 4].map((seed) => changed({ hide: 0.5 }, seed));
    const zeros = hidden.map((own) => own.subarray(0, 50).filter((x) => x === 0).length);
    expect(Math.max(...zeros)).toBeGreaterThan(0);
    expect(Math.max(...zeros)).toBeLessThanOrEqual(25);
    for (const own of hidden) expect(own.subarray(50)).toEqual(example().subarray(50));
  });

  it('adds noise to the lead, and to the figures that are there', () => {
    const noisy = changed({ noise: 1 });
    expect(noisy.subarray(0, 50)).not.toEqual(example().subarray(0, 50));
    expect(noisy.subarray(50)).toEqual(example().subarray(50));
    const figures = changed({ figures: 0.1 });
    expect(figures.subarray(0, 100)).toEqual(example().subarray(0, 100));
    expect([...figures.subarray(100, 103)].every((x) => x !== 7 && Math.abs(x - 7) < 1)).toBe(true);
    expect(figures.subarray(103).every((x) => x === 0)).toBe(true);
  });
});
