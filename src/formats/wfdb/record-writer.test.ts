import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EcgError, type Recording, type Signal } from '../../core/index.js';
import { memorySource } from '../source.js';
import { openWfdb } from './record.js';
import { writeWfdb } from './record-writer.js';

function recording(signals: readonly Signal[], change: Partial<Recording> = {}): Recording {
  return {
    id: 'r',
    format: 'synthetic',
    fs: 250,
    length: signals[0]?.samples.length ?? 0,
    signals,
    annotations: [],
    gaps: [],
    notes: [],
    warnings: [],
    offset: 0,
    ...change,
  };
}

const signal = (samples: Float32Array, change: Partial<Signal> = {}): Signal => ({
  lead: 'II',
  unit: 'mV',
  fs: 250,
  samples,
  ...change,
});

async function reread(files: Map<string, Uint8Array>) {
  const name = [...files.keys()][0];
  const reader = await openWfdb(memorySource(name, files.get(name)!, files));
  return reader.read();
}

/** Signals of integers with an ADC scale, some invalid, as a file of the format could hold them. */
const stored = (format: 16 | 212) =>
  fc
    .record({
      columns: fc.integer({ min: 1, max: 4 }),
      rows: fc.integer({ min: 1, max: 40 }),
      gain: fc.constantFrom(1, 200, 1000, 2.5, 37.25),
      baseline: fc.integer({ min: -500, max: 1500 }),
      seed: fc.array(
        fc.integer({ min: -(format === 16 ? 32768 : 2048), max: format === 16 ? 32767 : 2047 }),
        {
          minLength: 160,
          maxLength: 160,
        },
      ),
    })
    .map(({ columns, rows, gain, baseline, seed }) =>
      recording(
        Array.from({ length: columns }, (_, c) => {
          const samples = Float32Array.from({ length: rows }, (_, i) => {
            const adcUnits = seed[(i * columns + c) % seed.length];
            return adcUnits === (format === 16 ? -32768 : -2048) ? Number.NaN : (adcUnits - baseline) / gain;
          });
          return signal(samples, { lead: `lead ${c}`, adc: { gain, baseline, zero: 0, bits: 12 } });
        }),
        { notes: ['a note', 'µ and a second'], startTime: '2020-05-18T15:48:11.5' },
      ),
    );

describe('writeWfdb', () => {
  it.each([16, 212] as const)('is undone by reading, in format %i', async (format) => {
    await fc.assert(
      fc.asyncProperty(stored(format), async (original) => {
        const read = await reread(writeWfdb(original, { format }));
        expect(read.signals).toEqual(original.signals);
        expect(read).toMatchObject({
          id: 'r',
          fs: 250,
          notes: original.notes,
          startTime: original.startTime,
          warnings: [],
        });
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it.each([
    // Values, format, and the largest error that the gain in brackets allows: half an ADC unit.
    [[0, 1.23456, -3.21], 212, 0.5 / 200],
    [[0, 1.23456, -3.21], 16, 0.5 / 1000],
    [[100, 101.5, 99.2], 212, 0.5 / 200],
    [[-4000, 4000, 1], 212, 0.5 / 0.25],
    [[1e6, 1e6 + 3], 16, 0.5 / 1000 + 0.07],
    [[7, 7, 7], 212, 0.5 / 200],
  ] as const)('keeps %j in format %i within %f', async (values, format, error) => {
    const samples = Float32Array.from(values);
    const read = await reread(writeWfdb(recording([signal(samples)]), { format }));
    read.signals[0].samples.forEach((value, i) => {
      expect(Math.abs(value - samples[i])).toBeLessThanOrEqual(error * 1.0001);
    });
    expect(read.warnings).toEqual([]);
  });

  it('loses what the wanted gain loses', async () => {
    const read = await reread(
      writeWfdb(recording([signal(Float32Array.of(1.4, -1.4))]), { format: 16, gain: 1 }),
    );
    expect([...read.signals[0].samples]).toEqual([1, -1]);
  });

  it('writes infinities as invalid', async () => {
    const samples = Float32Array.of(1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2);
    const read = await reread(writeWfdb(recording([signal(samples)]), { format: 16 }));
    expect([...read.signals[0].samples]).toEqual([1, Number.NaN, Number.NaN, 2]);
  });

  it('writes signals of several rates and annotations at the finest', async () => {
    const original = recording(
      [
        signal(Float32Array.of(1, 2, 3, 4, 5, 6), { fs: 500 }),
        signal(Float32Array.of(1, 2, 3), { fs: 250, unit: 'mm Hg', lead: 'ABP' }),
      ],
      { fs: 500, length: 6, annotations: [{ sample: 5, symbol: 'V', aux: 'x' }] },
    );
    const files = writeWfdb(original, { format: 16, record: 'x_1', annotator: 'qrs' });
    expect([...files.keys()]).toEqual(['x_1.hea', 'x_1.dat', 'x_1.qrs']);
    const reader = await openWfdb(memorySource('x_1.hea', files.get('x_1.hea')!, files), {
      annotators: ['qrs'],
    });
    const read = await reader.read();
    expect(read).toMatchObject({ fs: 500, length: 6, annotations: original.annotations });
    expect(read.signals.map(({ samples }) => [...samples])).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3],
    ]);
    expect(read.signals[1]).toMatchObject({ unit: 'mm_Hg', fs: 250 });
  });

  it('writes the header and the bytes of format 212 by the book', () => {
    // 0x123 and −1 (0xfff) in three bytes: low byte, high halves, low byte; an odd last sample takes two.
    const adc = { gain: 200, baseline: 0, zero: 0, bits: 12 };
    const samples = Float32Array.of(0x123 / 200, -1 / 200, 5 / 200);
    const files = writeWfdb(recording([signal(samples, { adc })]), { format: 212 });
    expect([...files.get('r.dat')!]).toEqual([0x23, 0xf1, 0xff, 0x05, 0x00]);
    // Checksum: 291 − 1 + 5.
    expect(new TextDecoder().decode(files.get('r.hea'))).toBe(
      'r 1 250 3\nr.dat 212 200(0)/mV 12 0 291 295 0 II\n',
    );
  });

  it.each([
    [{ format: 8 as 16 }, 'format 8'],
    [{ format: 16 as const, record: 'a b' }, 'record name'],
    [{ format: 16 as const, annotator: '../x' }, 'annotator'],
    [{ format: 16 as const, gain: 0 }, 'gain'],
  ])('refuses %j', (options, part) => {
    const make = () => writeWfdb(recording([signal(Float32Array.of(1))]), options);
    expect(make).toThrow(EcgError);
    expect(make).toThrow(part);
  });

  it('refuses signals that do not fit each other', () => {
    const short = recording([signal(new Float32Array(10)), signal(new Float32Array(5))]);
    expect(() => writeWfdb(short, { format: 16 })).toThrow('signal 1 has 5 samples');
    const odd = recording([signal(new Float32Array(10)), signal(new Float32Array(10), { fs: 256.7 })]);
    expect(() => writeWfdb(odd, { format: 16 })).toThrow('no common frame');
  });
});
