import { describe, expect, it } from 'vitest';
import { add } from '../ops/elementwise.js';
import { constant, input } from '../ops/leaf.js';
import { readModelSignature } from './signature.js';
import { writeModel } from './write.js';

describe('the signature of a network', () => {
  it('names inputs, types and sizes, with −1 for the axis that takes any', () => {
    const bytes = writeModel({ y: add(input('a', [1, 3], [0]), constant([1, 2, 3], [3])) });
    const { inputs, outputs } = readModelSignature(bytes);
    expect(inputs).toEqual([{ name: 'a', type: 'float32', shape: [-1, 3] }]);
    expect(outputs.map(({ name, type, shape }) => [name, type, shape?.length])).toEqual([
      ['y', 'float32', 2],
    ]);
  });

  it('is refused where there is no network', () => {
    expect(() => readModelSignature(Uint8Array.of(1, 2, 3))).toThrow(
      expect.objectContaining({ code: 'bad-format' }),
    );
  });
});
