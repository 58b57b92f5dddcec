import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EcgError, type Recording } from '../../core/index.js';
import { open } from '../open.js';
import { memorySource, type OpenOptions } from '../source.js';
import { writeJson } from './write.js';

const openText = (text: string, options?: OpenOptions) =>
  open(memorySource('rec.json', new TextEncoder().encode(text)), options);
const openValue = (value: unknown, options?: OpenOptions) => openText(JSON.stringify(value), options);

async function faultOf(value: unknown, options?: OpenOptions): Promise<string> {
  const error = await openValue(value, options).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

const one = { lead: 'I', unit: 'uV', samples: [1000, null, -500] };

describe('JSON', () => {
  it('reads signals with units, null as NaN', async () => {
    const recording = await (
      await openValue({ fs: 250, signals: [one], annotations: [{ sample: 1, symbol: 'V' }], extra: 1 })
    ).read();
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual([1, Number.NaN, -0.5]);
    expect(recording).toMatchObject({ id: 'rec', format: 'json', fs: 250, length: 3 });
    expect(recording.annotations).toEqual([{ sample: 1, symbol: 'V' }]);
    expect(recording.warnings).toEqual([
      'Keys that nobody knows are left out: extra.',
      '1 null samples are NaN.',
    ]);
  });

  it('reads the short form, and pads a lead that ends early', async () => {
    const recording = await (
      await openValue({ fs: 100, unit: 'mV', leads: { I: [1, 2, 3], V2: [4] } })
    ).read();
    expect(recording.signals.map(({ lead }) => lead)).toEqual(['I', 'V2']);
    expect([...(recording.signals[1]?.samples ?? [])]).toEqual([4, Number.NaN, Number.NaN]);
    expect(recording.warnings).toEqual(['Signal V2 ends 2 samples early; they are NaN.']);
  });

  it('lists all faults at once', async () => {
    const fault = await faultOf({
      fs: -1,
      startTime: 'today',
      signals: [{ lead: 'I', samples: [1, 'x'] }, { samples: 7 }],
      annotations: [{ sample: 0.5 }],
    });
    expect(fault).toMatch(/^bad-format: json: rec.json is no recording/);
    for (const path of [
      'fs:',
      'startTime:',
      'signals.0.samples: ',
      'signals.1.lead is missing',
      'signals.1.samples:',
    ]) {
      expect(fault).toContain(path);
    }
    expect(fault).toContain('received "x" at index 1');
    expect(fault).toContain('annotations.0.sample');
    expect(fault).toContain('annotations.0.symbol');
  });

  it('asks for what is missing and refuses what is no recording', async () => {
    expect(await faultOf({ signals: [one] })).toMatch(/^bad-option: .*pass fs/);
    expect(await faultOf({ fs: 100, leads: { I: [900, 1200] } })).toMatch(/^bad-option: .*pass unit/);
    expect(await faultOf({ fs: 100 })).toMatch(/^bad-format: .*has no signals/);
    expect(await faultOf([[1, 2]])).toMatch(/^bad-format: .*is a list/);
    await expect(openText('{"fs": 100,')).rejects.toThrow('is no valid JSON');
    expect(
      (await openValue({ leads: { I: [900, 1200] } }, { fs: 100, unit: 'adc', gain: 200 })).info.fs,
    ).toBe(100);
  });
});

const LARGEST = Math.fround(9e29);

const recordings = fc
  .record({
    fs: fc.constantFrom(100, 360, 512.508),
    rates: fc.array(fc.constantFrom(1, 0.5, 0.25), { minLength: 1, maxLength: 3 }),
    frames: fc.integer({ min: 1, max: 20 }),
    values: fc.array(
      fc.option(fc.float({ noNaN: true, min: -LARGEST, max: LARGEST }), { nil: Number.NaN, freq: 10 }),
      {
        minLength: 97,
        maxLength: 97,
      },
    ),
    annotations: fc.array(
      fc.record(
        {
          sample: fc.nat(79),
          symbol: fc.constantFrom('N', 'V', '+', '"'),
          subtype: fc.integer({ min: -128, max: 127 }),
          channel: fc.nat(2),
          num: fc.nat(9),
          aux: fc.string(),
        },
        { requiredKeys: ['sample', 'symbol'] },
      ),
      { maxLength: 5 },
    ),
    gap: fc.boolean(),
    notes: fc.array(fc.string(), { maxLength: 3 }),
    id: fc.string({ minLength: 1 }),
  })
  .map(
    ({ fs, rates, frames, values, annotations, gap, notes, id }): Recording => ({
      id,
      format: 'json',
      fs,
      length: frames * 4,
      offset: 0,
      signals: rates.map((rate, signal) => ({
        lead: `V${signal + 1}`,
        unit: 'mV',
        fs: fs * rate,
        ...(rate === 1 ? { adc: { gain: 200, baseline: -1.5, zero: 1024, bits: 11 } } : {}),
        samples: Float32Array.from(
          { length: frames * 4 * rate },
          (_, i) => (values[(i * 5 + signal) % values.length] as number) + 0,
        ),
      })),
      annotations: annotations.toSorted((a, b) => a.sample - b.sample),
      gaps: gap ? [{ from: 0, to: 4 }] : [],
      startTime: '2020-05-18T15:48:11.25',
      notes,
      warnings: [],
    }),
  );

describe('writeJson', () => {
  it('is read back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (recording) => {
        const back = await (await openText([...writeJson(recording)].join(''))).read();
        expect({ ...back, warnings: [] }).toEqual(recording);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
