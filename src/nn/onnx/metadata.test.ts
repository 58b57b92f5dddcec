import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EcgError } from '../../core/index.js';
import { relu } from '../ops/elementwise.js';
import { input } from '../ops/leaf.js';
import { addModelMetadata, readModelMetadata } from './metadata.js';
import { writeModel } from './write.js';

const file = () => writeModel({ y: relu(input('x', [2])) }, { metadata: { card: '{"name":"ä µV"}' } });

describe('metadata of an .onnx file', () => {
  it('comes back as it was written, and more can be added', () => {
    const more = addModelMetadata(file(), { golden: '[1, 2]', empty: '' });
    expect(readModelMetadata(more)).toEqual({ card: '{"name":"ä µV"}', golden: '[1, 2]', empty: '' });
    expect(readModelMetadata(file())).toEqual({ card: '{"name":"ä µV"}' });
  });

  it('is not overwritten', () => {
    expect(() => addModelMetadata(file(), { card: 'other' })).toThrow(/card is already there/);
  });

  it('gives entries or an EcgError for any bytes', () => {
    const bytes = file();
    const damaged = fc
      .tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length))
      .map(([at, value, length]) => {
        const copy = bytes.slice(0, length);
        if (at < length) copy[at] = value;
        return copy;
      });
    const property = fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (any) => {
      try {
        return typeof readModelMetadata(any) === 'object';
      } catch (error) {
        return error instanceof EcgError;
      }
    });
    fc.assert(property, { seed: 1, numRuns: 3000 });
  });
});
