import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EcgError } from '../../core/index.js';
import { conv } from '../ops/convolution.js';
import { leakyRelu } from '../ops/elementwise.js';
import { reshape } from '../ops/layout.js';
import { constant, input } from '../ops/leaf.js';
import { nativeLstm } from '../ops/recurrent.js';
import { encodeModel } from './protobuf.js';
import { decodeModel } from './read.js';
import { writeModel } from './write.js';

function file(): Uint8Array {
  const x = input('x', [2, 3, 1, 8], [0]);
  const h = leakyRelu(
    conv(x, constant(Float32Array.from({ length: 24 }, Math.sin), [2, 3, 1, 4], 'w'), undefined),
  );
  const tokens = reshape(h, [5, -1, 2]);
  const weights = [8, 4, 2].map((n) => new Float32Array(n * 2).map((_, i) => i));
  const { last } = nativeLstm(
    tokens,
    constant(weights[0], [1, 8, 2]),
    constant(weights[0], [1, 8, 2]),
    constant(new Float32Array(16), [1, 16]),
  );
  return writeModel({ last }, { metadata: { card: 'ä', other: '' } });
}

describe('decodeModel', () => {
  it('reads what encodeModel wrote, to the byte', () => {
    const bytes = file();
    const model = decodeModel(bytes);
    expect(model.nodes.map((node) => node.type)).toEqual(['Conv', 'LeakyRelu', 'Reshape', 'LSTM']);
    expect(model.inputs).toEqual([{ name: 'x', type: 1, shape: ['batch', 3, 1, 8] }]);
    expect(model.metadata).toEqual({ card: 'ä', other: '' });
    expect(encodeModel(model)).toEqual(bytes);
  });

  it('gives a model or an EcgError for any bytes', () => {
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
        return decodeModel(any).outputs.length > 0;
      } catch (error) {
        return error instanceof EcgError;
      }
    });
    fc.assert(property, { seed: 1, numRuns: 2000 });
  });

  it('refuses an operator set it does not write', () => {
    const bytes = file();
    // The last field before the metadata: operator set 17 (0x10 0x11).
    const at = bytes.findLastIndex((byte, i) => byte === 0x10 && bytes[i + 1] === 17);
    const other = bytes.slice();
    other[at + 1] = 18;
    expect(() => decodeModel(other)).toThrow(/operator set 18 is not read/);
  });
});
