import { describe, expect, it } from 'vitest';
import { EcgError } from '../../core/index.js';
import { open, recognise } from '../open.js';
import { memorySource, type OpenOptions } from '../source.js';

const sourceOf = (value: unknown) =>
  memorySource(
    'ecg.json',
    new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
  );
const read = async (value: unknown, options?: OpenOptions) => (await open(sourceOf(value), options)).read();
const formatOf = async (value: unknown) => (await recognise(sourceOf(value)))?.id;

async function faultOf(value: unknown, options?: OpenOptions): Promise<string> {
  const error = await read(value, options).then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

const mV = { system: 'http://unitsofmeasure.org', code: 'mV' };
const part = (lead: string, sampled: object) => ({
  code: { coding: [{ system: 'urn:iso:std:iso:11073:10101', code: lead }] },
  valueSampledData: { origin: { value: 0, ...mV }, period: 4, dimensions: 1, ...sampled },
});
const observation = (...component: object[]) => ({
  resourceType: 'Observation',
  id: 'x1',
  status: 'final',
  effectiveDateTime: '2024-02-29T23:59:58.5+01:00',
  subject: { reference: 'Patient/7' },
  component,
});

describe('FHIR', () => {
  it('reads origin + factor × number in the unit of the origin, whole numbers as those of a converter', async () => {
    const recording = await read(
      observation(part('131329', { origin: { value: -100, code: 'uV' }, factor: 5, data: '20 40 0 -20' })),
    );
    // By hand: −100 + 5 × 20 = 0 µV, 100, −100, −200 µV; 5 µV a step is 200 steps a mV, and 0 mV is step 20.
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual([0, 0.1, -0.1, -0.2].map(Math.fround));
    expect(recording).toMatchObject({ id: 'x1', format: 'fhir', fs: 250, length: 4 });
    expect(recording.signals[0]).toMatchObject({
      lead: 'I',
      unit: 'mV',
      adc: { gain: expect.closeTo(200, 9), baseline: expect.closeTo(20, 9) },
    });
    expect(recording.startTime).toBe('2024-02-29T23:59:58.5');
    expect(recording.notes).toEqual(['Subject: Patient/7', 'Time zone: +01:00']);
  });

  it('takes errors as NaN, limits as their value, and says so', async () => {
    const recording = await read(
      observation(
        part('131074', { lowerLimit: -3, upperLimit: 3.5, data: '1 E L\n U -0.5' }),
        part('131331', { data: 'U 1' }),
      ),
    );
    expect([...(recording.signals[0]?.samples ?? [])]).toEqual([1, Number.NaN, -3, 3.5, -0.5]);
    expect([...(recording.signals[1]?.samples ?? [])]).toEqual([
      Number.NaN,
      1,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(recording.signals.map(({ lead }) => lead)).toEqual(['II', 'V1']);
    expect(recording.warnings).toEqual([
      '1 values are marked as errors (E); they are NaN.',
      '2 values lie beyond a limit (L, U); they are at the limit.',
      '1 values lie beyond a limit that nobody states (L, U); they are NaN.',
      'Signal V1 ends 3 samples early; they are NaN.',
    ]);
  });

  it('reads several rates, dimensions and the interval of R5 and R6', async () => {
    const recording = await read(
      observation(
        part('131329', { data: '1 2 3 4' }),
        part('131330', { period: undefined, interval: 0.008, intervalUnit: 's', data: '5 6' }),
        {
          code: { text: 'Holter' },
          valueSampledData: {
            origin: { value: 0, ...mV },
            period: 4,
            dimensions: 2,
            data: '1 10 2 20 3 30 4 40',
          },
        },
      ),
    );
    expect(recording.signals.map(({ lead, fs, samples }) => [lead, fs, [...samples]])).toEqual([
      ['I', 250, [1, 2, 3, 4]],
      ['II', 125, [5, 6]],
      ['Holter 1', 250, [1, 2, 3, 4]],
      ['Holter 2', 250, [10, 20, 30, 40]],
    ]);
  });

  it('finds the observations of one time in a bundle, and tells of others', async () => {
    const later = {
      ...observation(part('131330', { data: '7' })),
      effectiveDateTime: '2024-03-01T00:00:00Z',
    };
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { resource: { resourceType: 'Patient', name: [{ family: 'X' }] } },
        { resource: observation(part('131329', { data: '1 2' })) },
        {
          resource: {
            ...observation(),
            component: undefined,
            valueSampledData: part('', { data: '3 4' }).valueSampledData,
            code: { text: 'II' },
          },
        },
        { resource: later },
      ],
    };
    expect(await formatOf(bundle)).toBe('fhir');
    const recording = await read(bundle);
    expect(recording.signals.map(({ lead }) => lead)).toEqual(['I', 'II']);
    expect(recording.warnings).toEqual([
      'It holds 1 more observations with samples, of another time or subject, which are left out.',
    ]);
  });

  it("reads coded annotations as the continuous build's example has them: a code a sample", async () => {
    const coded = {
      ...observation(),
      component: undefined,
      valueSampledData: {
        origin: { value: 0 },
        ...{ interval: 4, intervalUnit: 'ms', dimensions: 1, codeMap: '#map' },
        data: '426783006 426783006 5370000 RHYTHM-AFIB RHYTHM-AFIB PVC',
      },
    };
    const bundle = {
      resourceType: 'Bundle',
      entry: [{ resource: coded }, { resource: observation(part('131329', { data: '1 2 3 4 5 6' })) }],
    };
    expect((await read(bundle)).annotations).toEqual([
      { sample: 0, symbol: '"', aux: '426783006' },
      { sample: 2, symbol: '"', aux: '5370000' },
      { sample: 3, symbol: '+', aux: '(AFIB' },
      { sample: 5, symbol: 'V' },
    ]);
  });

  it('is told from our own JSON whatever stands in either', async () => {
    const own = {
      fs: 250,
      unit: 'mV',
      leads: { resourceType: [1] },
      notes: ['{"resourceType": "Observation"}'],
    };
    expect(await formatOf(own)).toBe('json');
    expect(await formatOf({ extra: { resourceType: 'Observation' }, fs: 1 })).toBe('json');
    expect(await formatOf({ notes: ['"resourceType":"Observation"'] })).toBe('json');
    // Keys in the order of their length, as some stores return them: the type stands after the signal.
    const { resourceType, ...rest } = observation(part('131329', { data: '1 2 '.repeat(40_000) }));
    expect(await formatOf({ ...rest, resourceType })).toBe('fhir');
    expect((await read({ ...rest, resourceType })).length).toBe(80_000);
  });

  it('says what is missing or wrong', async () => {
    const ecg = part('131329', { data: '1 2' });
    expect(await faultOf({ resourceType: 'Patient', id: '1' })).toMatch(
      /^unsupported: .* is a FHIR Patient, give/,
    );
    expect(await faultOf({ resourceType: 'Bundle', entry: [] })).toMatch(
      /^bad-format: .*holds no FHIR Observation/,
    );
    expect(await faultOf(observation(part('131329', { data: '1 x' })))).toMatch(
      /^bad-format: .*value 1, "x"/,
    );
    expect(await faultOf(observation(part('131329', { data: '1 0x10' })))).toMatch(/"0x10"/);
    expect(await faultOf(observation(part('131329', { data: '1 2 3', dimensions: 2 })))).toMatch(
      /no multiple/,
    );
    expect(await faultOf(observation(part('131329', { period: 0, data: '1' })))).toMatch(
      /^bad-format: .*impossible/,
    );
    expect(await faultOf(observation(part('131329', { period: undefined, data: '1 2' })))).toMatch(
      /^bad-option: .*pass fs/,
    );
    expect(await faultOf(observation(part('131329', { offsets: '0 4', data: '1 2' })))).toMatch(
      /^unsupported: .*offsets/,
    );
    expect(await faultOf(observation(part('131329', { data: 7 })))).toMatch(
      /^bad-format: .*component.0.valueSampledData.data/,
    );
    expect(
      await faultOf(observation(part('131329', { origin: { value: 0 }, factor: 9, data: '1000 9000' }))),
    ).toMatch(/^bad-option: .*pass unit/);
    expect(await faultOf(`{"resourceType":"Observation","component":[${JSON.stringify(ecg)}`)).toMatch(
      /^bad-format: .*no valid JSON/,
    );
  });
});
