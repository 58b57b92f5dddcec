import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../src/core/index.js';
import { sampleReader } from '../src/ecg/index.js';
import { memorySource, open, streamFhirObservation, writeFhirObservation } from '../src/formats/index.js';
import { EKG_EXAMPLE } from './fhir/ekg-example.js';
import { faultsOfR4 } from './fhir/r4-schema.js';

const openText = (text: string) => open(memorySource('ecg.json', new TextEncoder().encode(text)));

describe("HL7's example of a sampled ECG", () => {
  it('fits the published schema, and is read by its codes, times and values', async () => {
    expect(faultsOfR4(EKG_EXAMPLE)).toEqual([]);
    const reader = await open(
      memorySource('ekg.json', new TextEncoder().encode(JSON.stringify(EKG_EXAMPLE))),
      {
        unit: 'uV',
      },
    );
    const recording = await reader.read();
    expect(recording.signals.map(({ lead, fs }) => [lead, fs])).toEqual([
      ['I', 100],
      ['II', 100],
      ['III', 100],
    ]);
    expect(recording).toMatchObject({ id: 'ekg', fs: 100, length: 72, startTime: '2015-02-19T09:30:35' });
    // The specification's formula by hand, first value: 2048 + 1.612 × 2041 = 5338.092 µV.
    expect(recording.signals[0]?.samples[0]).toBeCloseTo(5.338092, 5);
    expect(recording.notes).toContain('Subject: Patient/f001, P. van de Heuvel');
  });

  it('would not fit with another status or key', () => {
    expect(faultsOfR4({ ...EKG_EXAMPLE, status: 'done' })).not.toEqual([]);
    expect(faultsOfR4({ ...EKG_EXAMPLE, lead: 'I' })).not.toEqual([]);
  });
});

const recordings = fc
  .record({
    fs: fc.constantFrom(100, 250, 360, 512.508, 1000 / 3),
    known: fc.boolean(),
    values: fc.array(fc.integer({ min: -2048, max: 2047 }), { minLength: 50, maxLength: 50 }),
    invalid: fc.nat(49),
    marks: fc.array(fc.tuple(fc.nat(49), fc.constantFrom('N', 'V', 'L', 'E', 'A')), { maxLength: 6 }),
  })
  .map(({ fs, known, values, invalid, marks }): Recording => {
    // Values of a converter of 200 steps a mV with an offset, or any values in steps of a µV.
    const samples = Float32Array.from(values, (v) => (known ? (v - 10) / 200 : v / 1000));
    samples[invalid] = Number.NaN;
    return {
      ...{ id: 'r-1', format: 'fhir', fs, length: 50, offset: 0, gaps: [], warnings: [], notes: [] },
      signals: ['I', 'V1', 'MLII'].map((lead) => ({
        ...{ lead, unit: 'mV', fs, samples },
        ...(known ? { adc: { gain: 200, baseline: 10, zero: 0, bits: 12 } } : {}),
      })),
      annotations: [
        { sample: 0, symbol: '+', aux: '(AFIB' },
        ...marks.map(([sample, symbol]) => ({ sample, symbol })).sort((a, b) => a.sample - b.sample),
      ],
      startTime: '2020-05-18T15:48:11',
    };
  });

describe.each(['R4', 'R6'] as const)('an Observation of %s', (version) => {
  it('brings every sample back within half a step, its rate, leads and start', async () => {
    await fc.assert(
      fc.asyncProperty(recordings, async (recording) => {
        const text = await writeFhirObservation(recording, { version });
        const back = await (await openText(text)).read();
        expect(back.fs).toBeCloseTo(recording.fs, 9);
        expect(back.signals.map(({ lead }) => lead)).toEqual(recording.signals.map(({ lead }) => lead));
        expect(back.startTime).toBe(recording.startTime);
        const step = recording.signals[0]?.adc === undefined ? 0.001 : 1 / 200;
        for (const [i, { samples }] of back.signals.entries()) {
          const before = recording.signals[i]?.samples ?? new Float32Array(0);
          expect(samples.length).toBe(before.length);
          for (let k = 0; k < samples.length; k++) {
            const now = samples[k] as number;
            // Values on the grid of the steps come back as they were, but for the rounding of a 32-bit float.
            if (Number.isNaN(before[k])) expect(now).toBeNaN();
            else expect(Math.abs(now - (before[k] as number))).toBeLessThan(step / 1000);
          }
        }
        expect(back.annotations).toEqual(version === 'R4' ? [] : recording.annotations);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('rounds values between two steps to the nearer one', async () => {
    const samples = Float32Array.from({ length: 200 }, (_, i) => Math.sin(i) * 1.7);
    const recording: Recording = {
      ...{ id: 'r', format: 'fhir', fs: 250, length: 200, offset: 0, gaps: [], warnings: [], notes: [] },
      ...{ signals: [{ lead: 'II', unit: 'mV', fs: 250, samples }], annotations: [] },
    };
    const worst = async (stepMv: number) => {
      const back = await (await openText(await writeFhirObservation(recording, { version, stepMv }))).read();
      return Math.max(...samples.map((x, i) => Math.abs(x - (back.signals[0]?.samples[i] as number))));
    };
    expect(await worst(0.001)).toBeLessThanOrEqual(0.0005 + 1e-6);
    // The control: a coarser step is further off than that bound.
    expect(await worst(0.01)).toBeGreaterThan(0.0005);
  });

  it('is streamed in pieces, a range of it too', async () => {
    const reader = sampleReader();
    const range = { from: 1000, to: 51_000 };
    let text = '';
    let longest = 0;
    for await (const piece of streamFhirObservation(reader, { version }, range)) {
      text += piece;
      longest = Math.max(longest, piece.length);
    }
    const back = await (await openText(text)).read();
    const before = await reader.read(range);
    expect(back.length).toBe(50_000);
    expect(longest).toBeLessThan(2 ** 18);
    let off = 0;
    for (const [i, { samples }] of back.signals.entries())
      for (let k = 0; k < samples.length; k++)
        off = Math.max(off, Math.abs((samples[k] as number) - (before.signals[i]?.samples[k] as number)));
    expect(off).toBeLessThanOrEqual(0.0026);
    if (version === 'R4') expect(faultsOfR4(JSON.parse(text))).toEqual([]);
  });
});

describe('an Observation of R6', () => {
  it('has the elements of its SampledData and no others', async () => {
    const reader = sampleReader();
    let text = '';
    for await (const piece of streamFhirObservation(reader, { version: 'R6' }, { from: 0, to: 5000 }))
      text += piece;
    const { component, contained } = JSON.parse(text) as {
      component: { code: { text: string }; valueSampledData: Record<string, unknown> }[];
      contained?: { resourceType: string; id: string; group: { element: { code: string }[] }[] }[];
    };
    // Elements and cardinalities of SampledData in 6.0.0-ballot5 and the continuous build: origin, intervalUnit and
    // dimensions 1..1; interval or offsets, not both.
    const allowed = new Set(
      'origin interval intervalUnit factor lowerLimit upperLimit dimensions codeMap offsets data'.split(' '),
    );
    for (const { valueSampledData: sampled } of component) {
      expect(Object.keys(sampled).filter((key) => !allowed.has(key))).toEqual([]);
      for (const key of ['origin', 'intervalUnit', 'dimensions']) expect(sampled[key]).toBeDefined();
      expect([sampled['interval'], sampled['offsets']].filter((x) => x !== undefined)).toHaveLength(1);
    }
    const annotated = component.find(({ valueSampledData }) => valueSampledData['codeMap'] !== undefined);
    const codes = String(annotated?.valueSampledData['data']).split(' ');
    expect(codes).toHaveLength(String(annotated?.valueSampledData['offsets']).split(' ').length);
    const mapped = contained?.[0]?.group[0]?.element.map(({ code }) => code) ?? [];
    expect([...new Set(codes)].sort()).toEqual(mapped);
    expect(annotated?.valueSampledData['codeMap']).toBe(`#${contained?.[0]?.id}`);
  });
});
