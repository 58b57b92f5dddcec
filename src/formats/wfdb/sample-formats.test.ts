import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfSamples, SAMPLE_FORMATS, samplesInBytes } from './sample-formats.js';

/** The bits of a file from its first byte on, the lowest bit of each byte first. */
const bitsOf = (bytes: Uint8Array) =>
  [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, k) => (byte >> k) & 1));

const unsigned = (bits: readonly number[]) => bits.reduce((sum, bit, k) => sum + bit * 2 ** k, 0);
const signed = (bits: readonly number[]) => unsigned(bits) - (bits.at(-1) === 1 ? 2 ** bits.length : 0);

/**
 * A slow oracle: for each format the bit positions of one block's samples, lowest bit first, as signal(5)
 * of the WFDB Applications Guide describes them.
 */
const range = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);
const LAYOUTS = new Map<number, number[][]>([
  [8, [range(0, 8)]],
  [16, [range(0, 16)]],
  [24, [range(0, 24)]],
  [32, [range(0, 32)]],
  [61, [[...range(8, 8), ...range(0, 8)]]],
  [80, [range(0, 8)]],
  [160, [range(0, 16)]],
  // First sample: byte 0 and the low half of byte 1; second: byte 2 and the high half of byte 1.
  [212, [range(0, 12), [...range(16, 8), ...range(12, 4)]]],
  // Two 16-bit words; bits 1–10 of each are samples, the third has bits 11–15 of both.
  [310, [range(1, 10), range(17, 10), [...range(11, 5), ...range(27, 5)]]],
  [311, [range(0, 10), range(10, 10), range(20, 10)]],
]);

/** Subtracted from the unsigned value in the offset binary formats. */
const OFFSETS = new Map([
  [80, 128],
  [160, 32768],
]);

describe('sample formats', () => {
  it.each([...LAYOUTS.keys()])('decode format %i as its bits are laid out', (number) => {
    const format = SAMPLE_FORMATS.get(number)!;
    const layout = LAYOUTS.get(number)!;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 60 }), (bytes) => {
        const whole = Math.floor(bytes.length / format.blockBytes);
        const bits = bitsOf(bytes);
        const expected = range(0, whole).flatMap((block) =>
          layout.map((places) => {
            const own = places.map((place) => bits[block * format.blockBytes * 8 + place]);
            const offset = OFFSETS.get(number);
            return offset === undefined ? signed(own) : unsigned(own) - offset;
          }),
        );
        const out = new Int32Array(expected.length);
        format.decode!(bytes, out, expected.length);
        expect([...out]).toEqual(expected);
        expect(samplesInBytes(format, whole * format.blockBytes)).toBe(expected.length);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it.each([
    // The last block of 499 samples in the files of wfdb-python, which the WFDB library wrote.
    [212, 749],
    [310, 666],
    [311, 666],
    [16, 998],
    [24, 1497],
  ])('format %i holds 499 samples in %i bytes', (number, bytes) => {
    const format = SAMPLE_FORMATS.get(number)!;
    expect(samplesInBytes(format, bytes)).toBe(499);
    expect(samplesInBytes(format, bytes - 1)).toBeLessThan(499);
    expect(bytesOfSamples(format, 499)).toBeGreaterThanOrEqual(bytes);
  });

  it('has the invalid code of each format at its lowest value', () => {
    for (const number of [16, 61, 80, 160, 212, 310, 311]) {
      const { invalid, storedBits } = SAMPLE_FORMATS.get(number)!;
      expect(invalid).toBe(-(2 ** (storedBits! - 1)));
    }
  });
});
