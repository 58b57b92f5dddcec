import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberInText, parseNumber } from './number.js';

const parse = (text: string, decimal: '.' | ',' = '.') => {
  const bytes = new TextEncoder().encode(text);
  return parseNumber(bytes, 0, bytes.length, decimal);
};

describe('parseNumber', () => {
  it('rounds as the language does, in any notation', () => {
    const notations = [
      (x: number) => String(x),
      (x: number) => x.toExponential(),
      (x: number) => x.toFixed(7),
      (x: number) => `  ${x}\t`,
    ];
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e20, min: -1e20 }), fc.integer()),
        fc.constantFrom(...notations),
        (x, write) => {
          const text = write(x);
          // Origin: ECMAScript's own correctly rounded reading of a decimal.
          expect(parse(text)).toBe(Number(text));
          expect(parse(text.replace('.', ','), ',')).toBe(Number(text));
        },
      ),
      { seed: 5, numRuns: 3000 },
    );
  });

  it.each([
    ['1,234.5', '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['-1,234,567', '.', -1234567],
    ['12,34', '.', Number.NaN],
    ['1 234,5', ',', 1234.5],
    ['\u22120.5', '.', -0.5],
    ['+5', '.', 5],
    ['5.', '.', 5],
    ['.', '.', Number.NaN],
    ['-', '.', Number.NaN],
    ['1.2.3', '.', Number.NaN],
    ['0x10', '.', Number.NaN],
    ['1e', '.', Number.NaN],
    ['Infinity', '.', Number.NaN],
  ] as const)('%s with %s is %d', (text, decimal, value) => {
    expect(parse(text, decimal)).toBe(value);
  });

  it('does not dwell on long runs', () => {
    const start = performance.now();
    for (const run of ['0', '0.', ' ', '-', '1,', '1e']) {
      expect(numberInText(`${run.repeat(100_000)}N`, '.')).toBeNaN();
    }
    expect(performance.now() - start).toBeLessThan(200);
  });
});
