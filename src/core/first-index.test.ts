import { describe, expect, it } from 'vitest';
import { firstAtOrAfter, firstWhere } from './first-index.js';
import { createRandom } from './random.js';

describe('firstAtOrAfter', () => {
  it('is what looking at one after the other finds, equal values and ends included', () => {
    const random = createRandom(3);
    for (let n = 0; n < 40; n++) {
      const values = Array.from({ length: n }, () => random.integer(20)).sort((a, b) => a - b);
      for (let value = -1; value <= 20; value++) {
        const plain = values.findIndex((x) => x >= value);
        expect(firstAtOrAfter(values, value)).toBe(plain < 0 ? n : plain);
      }
    }
  });
});

describe('firstWhere', () => {
  it('looks at the logarithm of a length', () => {
    let looks = 0;
    const found = firstWhere(1_000_000, (i) => {
      looks++;
      return i >= 123_456;
    });
    expect(found).toBe(123_456);
    expect(looks).toBeLessThanOrEqual(20);
  });
});
