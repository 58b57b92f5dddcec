import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../core/index.js';
import { open } from '../open.js';
import { memorySource } from '../source.js';
import { writeCsv } from './write.js';

const text = (recording: Recording) => [...writeCsv(recording)].join('');

const LARGEST = Math.fround(9e29);

/** Recordings whose samples are any 32-bit floats or NaN, with a gap somewhere inside. */
const recordings = fc
  .record({
    fs: fc.constantFrom(125, 360, 512.508, 1000 / 3),
    before: fc.integer({ min: 2, max: 40 }),
    gap: fc.nat(30),
    after: fc.integer({ min: 1, max: 40 }),
    leads: fc.uniqueArray(fc.constantFrom('I', 'II', 'V1', 'MLII', 'ABP'), { minLength: 1, maxLength: 3 }),
    values: fc.array(
      fc.option(fc.float({ noNaN: true, min: -LARGEST, max: LARGEST }), { nil: Number.NaN, freq: 20 }),
      {
        minLength: 200,
        maxLength: 200,
      },
    ),
    notes: fc.array(fc.constantFrom('Sample Rate: 77 Hz', '63 M', 'Unit: µV, or so', 'x = y'), {
      maxLength: 3,
    }),
    startTime: fc.constantFrom(undefined, '2020-05-18T15:48:11', '1999-12-31T23:59:59.125'),
  })
  .map(({ fs, before, gap, after, leads, values, notes, startTime }): Recording => {
    const length = before + gap + after;
    const inGap = (i: number) => i >= before && i < before + gap;
    const at = (signal: number, i: number) => (values[(i * 7 + signal * 31) % values.length] as number) + 0;
    return {
      id: 'rec',
      format: 'csv',
      fs,
      length,
      offset: 0,
      signals: leads.map((lead, signal) => ({
        lead,
        unit: lead === 'ABP' ? 'mmHg' : 'mV',
        fs,
        // The first row has to hold a number, so that a table of NaN alone is no case.
        samples: Float32Array.from({ length }, (_, i) => (i < 2 ? i : inGap(i) ? Number.NaN : at(signal, i))),
      })),
      annotations: [],
      gaps: gap > 0 ? [{ from: before, to: before + gap }] : [],
      ...(startTime === undefined ? {} : { startTime }),
      notes,
      warnings: [],
    };
  });

describe('writeCsv', () => {
  it('is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (recording) => {
        const source = memorySource('rec.csv', new TextEncoder().encode(text(recording)));
        const back = await (await open(source)).read();
        expect({ ...back, warnings: [] }).toEqual(recording);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('refuses signals of different rates', () => {
    const signal = { lead: 'I', unit: 'mV', samples: new Float32Array(2) };
    const recording: Recording = {
      ...{
        id: 'r',
        format: 'edf',
        fs: 100,
        length: 2,
        offset: 0,
        annotations: [],
        gaps: [],
        notes: [],
        warnings: [],
      },
      signals: [
        { ...signal, fs: 100 },
        { ...signal, fs: 50 },
      ],
    };
    expect(() => text(recording)).toThrow('a table has one rate');
  });
});
