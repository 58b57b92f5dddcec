import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Annotation, EcgError } from '../../core/index.js';
import { readAnnotationFile, readAnnotations } from './annotation-reader.js';
import { writeAnnotations } from './annotation-writer.js';

/** 16-bit words, low byte first, then bytes as they are. */
const words = (...values: number[]) => Uint8Array.from(values.flatMap((word) => [word & 255, word >> 8]));
const word = (code: number, data: number) => (code << 10) | data;
const text = (value: string) => [...value].map((c) => c.charCodeAt(0));

describe('readAnnotations', () => {
  // Hand derivation from annot(5): code in the high six bits, interval or datum in the low ten.
  it('reads intervals, codes and fields', () => {
    const file = words(
      word(28, 18),
      word(63, 2),
      0x4e28, // "(N"
      word(1, 59),
      word(5, 1023),
      word(61, 0x3ff), // SUB −1
      word(62, 3), // CHN 3, kept by what follows
      word(60, 0x3fe), // NUM −2, kept too
      word(8, 0),
      word(62, 0),
      0,
    );
    expect(readAnnotations(file)).toEqual([
      { sample: 18, symbol: '+', aux: '(N' },
      { sample: 77, symbol: 'N' },
      { sample: 1100, symbol: 'V', subtype: -1, channel: 3, num: -2 },
      { sample: 1100, symbol: 'A', num: -2 },
    ]);
  });

  it('reads skips, whose high word stands first, forwards and back', () => {
    const file = words(word(59, 0), 0x0001, 0x86a0, word(1, 0), word(59, 0), 0xffff, 0xfff6, word(5, 3), 0);
    // 0x000186a0 = 100000; −10 + 3.
    expect(readAnnotations(file)).toEqual([
      { sample: 100000, symbol: 'N' },
      { sample: 99993, symbol: 'V' },
    ]);
  });

  it('takes out the tables that a file carries for itself', () => {
    const note = (value: string) => {
      const padded = value.length % 2 === 1 ? `${value}\0` : value;
      return [...words(word(22, 0), word(63, value.length)), ...text(padded)];
    };
    const file = Uint8Array.from([
      ...note('## time resolution: 2000'),
      ...note('## annotation type definitions'),
      ...note('42 xy two letters'),
      ...note('## end of definitions'),
      // The library's null annotation: a skip of −1 and an interval of 1.
      ...words(word(59, 0), 0xffff, 0xffff, word(0, 1)),
      ...words(word(42, 5), word(43, 5), 0),
    ]);
    expect(readAnnotationFile(file)).toEqual({
      fs: 2000,
      definitions: [{ code: 42, symbol: 'xy', description: 'two letters' }],
      annotations: [
        { sample: 5, symbol: 'xy' },
        { sample: 10, symbol: '[43]' },
      ],
      nulTerminatedAux: false,
      warnings: [],
    });
  });

  it('keeps a comment at sample 0 that is no table', () => {
    const file = Uint8Array.from([...words(word(22, 0), word(63, 2)), ...text('hi'), ...words(0)]);
    expect(readAnnotations(file)).toEqual([{ sample: 0, symbol: '"', aux: 'hi' }]);
  });

  it('warns of a file without its end', () => {
    expect(readAnnotationFile(words(word(1, 5), word(63, 200))).warnings).toHaveLength(1);
    expect(readAnnotationFile(words(word(1, 5), 0)).warnings).toEqual([]);
  });

  it('reads Latin-1 text of old files', () => {
    const file = Uint8Array.from([...words(word(22, 1), word(63, 2)), 0xb5, 0x56, 0, 0]);
    expect(readAnnotations(file)[0].aux).toBe('µV');
  });

  it('refuses an AHA tape file', () => {
    const file = new Uint8Array(1024).fill(0xff);
    file.set([0, 'N'.charCodeAt(0)]);
    expect(() => readAnnotations(file)).toThrow(EcgError);
  });
});

const SYMBOLS = [...'NLRaVFJASEj/Q~|sT*D"=pB^t+u?![]en@xf()r '];

const annotation: fc.Arbitrary<Annotation> = fc
  .record({
    gap: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2 ** 33 })),
    symbol: fc.constantFrom(...SYMBOLS, '[42]', '[57]'),
    subtype: fc.oneof(fc.constant(0), fc.integer({ min: -128, max: 127 })),
    channel: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })),
    num: fc.oneof(fc.constant(0), fc.integer({ min: -128, max: 127 })),
    aux: fc.oneof(fc.constant(''), fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' })),
  })
  .filter(
    ({ aux }) => !aux.endsWith('\0') && !aux.startsWith('##') && new TextEncoder().encode(aux).length < 255,
  )
  .map(({ gap, symbol, subtype, channel, num, aux }) => ({
    sample: gap,
    symbol,
    ...(subtype !== 0 && { subtype }),
    ...(channel !== 0 && { channel }),
    ...(num !== 0 && { num }),
    ...(aux !== '' && { aux }),
  }));

/** Ascending samples from 1, so that no comment stands where a file's tables do. */
const annotations = fc.array(annotation, { maxLength: 60 }).map((gaps) => {
  let sample = 1;
  return gaps.map((each) => {
    sample += each.sample;
    return { ...each, sample };
  });
});

describe('writeAnnotations', () => {
  it('is undone by reading', () => {
    fc.assert(
      fc.property(
        annotations,
        fc.boolean(),
        fc.option(fc.constantFrom(250, 360, 512.508)),
        (all, nul, fs) => {
          const options = { nulTerminatedAux: nul, ...(fs !== null && { fs }) };
          const file = readAnnotationFile(writeAnnotations(all, options));
          expect(file.annotations).toEqual(all);
          expect(file.fs).toBe(fs ?? undefined);
          expect(file.warnings).toEqual([]);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it('writes the bytes of the WFDB library', () => {
    // Origin: putann of the WFDB library 10.7, followed by hand.
    const bytes = writeAnnotations([
      { sample: 1023, symbol: 'N' },
      { sample: 2047, symbol: 'V', subtype: -1, channel: 1, num: 2, aux: '(VT' },
    ]);
    expect([...bytes]).toEqual([
      ...words(word(1, 1023), word(59, 0), 0, 1024, word(5, 0)),
      ...words(word(61, 0x3ff), word(62, 1), word(60, 2), word(63, 3)),
      ...text('(VT'),
      0,
      0,
      0,
    ]);
  });

  it('writes in time order whatever the order given', () => {
    const all = readAnnotations(
      writeAnnotations([
        { sample: 9, symbol: 'V' },
        { sample: 3, symbol: 'N' },
        { sample: 3, symbol: '+' },
      ]),
    );
    expect(all.map(({ sample, symbol }) => `${sample}${symbol}`)).toEqual(['3N', '3+', '9V']);
  });

  it.each([
    [{ sample: 1, symbol: 'Z' }, 'no code'],
    [{ sample: 1.5, symbol: 'N' }, 'no integer'],
    [{ sample: 1, symbol: 'N', subtype: 128 }, 'subtype 128'],
    [{ sample: 1, symbol: 'N', channel: -1 }, 'channel -1'],
    [{ sample: 1, symbol: 'N', num: 200 }, 'num 200'],
    [{ sample: 1, symbol: 'N', aux: 'x'.repeat(256) }, '256 bytes'],
  ])('refuses %j', (bad, part) => {
    expect(() => writeAnnotations([bad])).toThrow(part);
  });
});
