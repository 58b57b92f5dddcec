import { describe, expect, it } from 'vitest';
import { analyze } from '../src/analysis/index.js';
import type { Analysis } from '../src/core/index.js';
import { RHYTHM_CODES, sampleReader } from '../src/ecg/index.js';
import { writeFhirReport } from '../src/report/index.js';
import { faultsOfR4 } from './fhir/r4-schema.js';

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [key: string]: unknown;
}
interface Bundle extends Resource {
  readonly type: string;
  readonly entry: readonly {
    fullUrl: string;
    resource: Resource;
    request?: { method: string; url: string };
  }[];
}

const shared = analyze(sampleReader(), {});
const bundleOf = (...of: Parameters<typeof writeFhirReport>) => JSON.parse(writeFhirReport(...of)) as Bundle;

/** The analysis of the sample with what networks would add, so that every branch is written. */
async function full(): Promise<Analysis> {
  const found = await shared;
  const { length } = found.recording;
  const spread = { median: 150.2, p5: 120, p95: 190, beats: 100 };
  const n = found.beats.count;
  const groups = { beats: 4, share: 0.002, singles: 2, couplets: 1, runs: 0, runBeats: 0 };
  const ectopy = {
    ...groups,
    longestRun: null,
    fastestRun: null,
    bigeminy: 0,
    trigeminy: 0,
    certain: { ...groups, beats: 3, singles: 1 },
  };
  const stretch = (
    from: number,
    to: number,
    rhythm: 'sinus' | 'atrial-fibrillation' | 'other' | 'unreadable',
    uncertain = false,
  ) => ({
    ...{ from, to, rhythm, uncertain, probability: rhythm === 'unreadable' ? null : 0.9 },
    ...{
      reason: uncertain ? 'two rhythms fit' : null,
      beats: 10,
      bpm: rhythm === 'unreadable' ? null : 70.5,
    },
  });
  return {
    ...found,
    models: [{ role: 'beats', id: 'beats-product', version: '2.1.0', sha256: 'a'.repeat(64) }],
    classes: { N: n - 8, S: 4, V: 4, F: 0, Q: 0 },
    uncertain: { beats: 2, share: 2 / n, reasons: [{ reason: 'noise', beats: 2 }] },
    ectopy: { ventricular: ectopy, supraventricular: ectopy },
    rhythms: [
      stretch(0, 1000, 'sinus'),
      stretch(1000, 2000, 'atrial-fibrillation', true),
      stretch(2000, 3000, 'other'),
      stretch(3000, length, 'unreadable'),
    ],
    rhythmBurden: (['sinus', 'atrial-fibrillation', 'other', 'unreadable'] as const).map((rhythm) => ({
      ...{ rhythm, episodes: 1, seconds: 4, share: 0.1, longestS: 4, meanBpm: 70, certainSeconds: 4 },
    })),
    intervals: {
      summary: {
        pr: spread,
        qrs: spread,
        qt: null,
        qtc: { bazett: spread, fridericia: spread, framingham: null, hodges: null },
      },
      ...{ st: [], axis: null, pr: [], qrs: [], qt: [], p: '' },
    },
  };
}

/** Every `reference` in a resource. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) =>
    key === 'reference' && typeof of === 'string' ? [of] : referencesIn(of),
  );
}

/** Faults against bindings and rules that a JSON schema does not know. */
function faultsOfRules(bundle: Bundle): string[] {
  const urls = new Set(bundle.entry.map(({ fullUrl }) => fullUrl));
  const faults: string[] = [];
  if (urls.size !== bundle.entry.length) faults.push('two entries of one address (bdl-7)');
  for (const { resource, request, fullUrl } of bundle.entry) {
    const at = `${resource.resourceType}/${resource.id}`;
    if (!/^[A-Za-z0-9.-]{1,64}$/.test(resource.id)) faults.push(`${at}: id`);
    if (!/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(fullUrl))
      faults.push(`${at}: ${fullUrl}`);
    if ((request !== undefined) !== (bundle.type === 'transaction')) faults.push(`${at}: request (bdl-3)`);
    for (const reference of referencesIn(resource))
      if (!urls.has(reference) && reference !== 'Patient/1') faults.push(`${at}: ${reference}`);
    if (resource.resourceType !== 'Observation') continue;
    const valued = Object.keys(resource).some((key) => key.startsWith('value'));
    if (valued === (resource['dataAbsentReason'] !== undefined))
      faults.push(`${at}: value or reason (obs-6)`);
  }
  return faults;
}

const observationsOf = ({ entry }: Bundle) =>
  entry
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === 'Observation') as (Resource & {
    code: { text?: string; coding?: { code: string }[] };
    valueQuantity?: { value: number; code: string };
    valueCodeableConcept?: { coding?: { code: string }[] };
    effectivePeriod?: { start: string; end: string };
    interpretation?: { coding: { code: string }[]; text: string }[];
    dataAbsentReason?: { coding: { code: string }[] };
  })[];

describe('the report as FHIR R4', () => {
  it.each(['collection', 'transaction'] as const)(
    'fits the published schema and its rules, as a %s',
    async (bundle) => {
      for (const analysis of [await shared, await full()]) {
        const written = bundleOf(analysis, { bundle, subject: 'Patient/1' });
        expect(faultsOfR4(written)).toEqual([]);
        for (const { resource } of written.entry) expect(faultsOfR4(resource)).toEqual([]);
        expect(faultsOfRules(written)).toEqual([]);
        expect(written.entry[0]?.resource).toMatchObject({
          resourceType: 'DiagnosticReport',
          status: 'preliminary',
        });
      }
    },
  );

  it('would not fit with a wrong code, a lost reference or a value twice', async () => {
    const good = bundleOf(await full());
    const changed = (i: number, change: object) => ({
      ...good,
      entry: good.entry.map((entry, k) =>
        k === i ? { ...entry, resource: { ...entry.resource, ...change } } : entry,
      ),
    });
    expect(faultsOfR4(changed(1, { status: 'done' }).entry[1]?.resource)).not.toEqual([]);
    expect(faultsOfR4(changed(1, { valueRate: 7 }).entry[1]?.resource)).not.toEqual([]);
    expect(faultsOfRules(changed(1, { dataAbsentReason: {} }))).toHaveLength(1);
    expect(faultsOfRules(changed(1, { device: { reference: 'urn:uuid:0' } }))).toHaveLength(1);
  });

  it('is the same text every time, and other ids for another recording', async () => {
    const analysis = await full();
    expect(writeFhirReport(analysis)).toBe(writeFhirReport(structuredClone(analysis)));
    const other = { ...analysis, recording: { ...analysis.recording, id: 'other' } };
    const ids = (of: Analysis) => bundleOf(of).entry.map(({ resource }) => resource.id);
    expect(ids(analysis).filter((id) => ids(other).includes(id))).toEqual([]);
  });

  it('carries the figures of the analysis at their places, and says what is uncertain or missing', async () => {
    const analysis = await full();
    const all = observationsOf(bundleOf(analysis, { zone: '+01:00' }));
    const by = (text: string) => all.find(({ code }) => code.text === text);
    expect(by('Mean heart rate')?.valueQuantity).toMatchObject({
      value: Number(analysis.heartRate.meanBpm?.toPrecision(6)),
      code: '/min',
    });
    expect(by('Beats')?.valueQuantity?.value).toBe(analysis.beats.count);
    expect(by('PR interval, median')).toMatchObject({
      valueQuantity: { value: 150.2, code: 'ms' },
      code: { coding: [{ code: '8625-6' }] },
    });
    expect(by('QT interval, median')?.dataAbsentReason?.coding[0]?.code).toBe('unknown');
    expect(by('Ventricular ectopic beats')?.interpretation?.[0]?.text).toBe('1 of 4 beats are uncertain');
    const rhythms = all.filter(({ code }) => code.coding?.[0]?.code === '76281-5');
    expect(rhythms.map(({ valueCodeableConcept: of }) => of?.coding?.[0]?.code)).toEqual([
      RHYTHM_CODES.sinus.snomedCt?.code,
      RHYTHM_CODES['atrial-fibrillation'].snomedCt?.code,
      undefined,
      undefined,
    ]);
    expect(rhythms[1]?.interpretation?.[0]).toMatchObject({
      coding: [{ code: 'IND' }],
      text: 'two rhythms fit',
    });
    // The sample begins 2026-01-12T21:40:00 at 250 Hz: its sample 1000 is 4 s later.
    expect(rhythms[1]?.effectivePeriod).toEqual({
      start: '2026-01-12T21:40:04+01:00',
      end: '2026-01-12T21:40:08+01:00',
    });
  });

  it('says of an analysis without networks that nothing was classified', async () => {
    const all = observationsOf(bundleOf(await shared));
    const missing = all
      .filter(({ dataAbsentReason }) => dataAbsentReason !== undefined)
      .map(({ code }) => code.text);
    expect(missing).toContain('Ventricular ectopic beats');
    expect(missing).toContain('QRS duration, median');
  });
});

describe('the report as FHIR R6', () => {
  it('has the elements that its ballots list', async () => {
    const written = bundleOf(await full(), { version: 'R6', bundle: 'transaction', subject: 'Patient/1' });
    expect(faultsOfRules(written)).toEqual([]);
    // Elements of 6.0.0-ballot4, ballot5 and the continuous build ("Dependency graph" pages), and those of every resource.
    const base = 'resourceType id meta text';
    const allowed: Record<string, string> = {
      DiagnosticReport: `${base} status code subject effectivePeriod result note conclusion conclusionCode`,
      Observation: `${base} status category code subject effectivePeriod valueQuantity valueCodeableConcept valueString dataAbsentReason interpretation note method device component`,
      Device: `${base} name deviceVersion type note`,
    };
    for (const { resource } of written.entry)
      expect(
        Object.keys(resource).filter((key) => !allowed[resource.resourceType]?.split(' ').includes(key)),
      ).toEqual([]);
    const report = written.entry[0]?.resource as Resource & { conclusionCode: { concept?: unknown }[] };
    // A code of every draft; the continuous build has dropped `preliminary`.
    expect(report['status']).toBe('partial');
    expect(report.conclusionCode.every(({ concept }) => concept !== undefined)).toBe(true);
    const device = written.entry.at(-1)?.resource as Resource & {
      name: { value: string; type: object }[];
      deviceVersion: { value: string }[];
      type: unknown;
    };
    expect(device.name[0]?.value).toBe('ectopy');
    expect(Array.isArray(device.type)).toBe(true);
    expect(device.deviceVersion[1]?.value).toBe(`2.1.0, SHA-256 ${'a'.repeat(64)}`);
  });
});
