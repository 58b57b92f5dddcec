import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { parse } from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../src/analysis/index.js';
import { synthesizeReader } from '../src/ecg/index.js';
import { memorySource, open, streamFhirObservation, writeCsv } from '../src/formats/index.js';
import { writeJson } from '../src/report/index.js';
import { createAuditLog } from '../src/server/access/audit-log.js';
import { FHIR_ROUTES } from '../src/server/contract/fhir.js';
import { RECORDINGS_ROUTES, RecordingSchema, type RecordingView } from '../src/server/contract/recordings.js';
import { REPORT_ROUTES } from '../src/server/contract/report.js';
import { buildApp } from '../src/server/http/app.js';
import { resource } from '../src/server/http/resources.js';
import { createJobs } from '../src/server/jobs/create-jobs.js';
import { createLogger } from '../src/server/observe/logger.js';
import { storedRecording } from '../src/server/reports/stored-recording.js';
import { writeReport } from '../src/server/reports/write-report.js';
import { fhirHandlers } from '../src/server/routes/fhir.js';
import { recordingsHandlers } from '../src/server/routes/recordings.js';
import { reportHandlers } from '../src/server/routes/report.js';
import { insertAnalysis } from '../src/server/storage/analyses.js';
import { appendCorrection } from '../src/server/storage/corrections.js';
import { openStorage } from '../src/server/storage/open-storage.js';
import { getRecording } from '../src/server/storage/recordings.js';
import { faultsOfR4 } from './fhir/r4-schema.js';
import { contextOf } from './server-context.js';
import { until } from './server-installation.js';

const RESOURCES = [
  resource(RECORDINGS_ROUTES, recordingsHandlers),
  resource(REPORT_ROUTES, reportHandlers),
  resource(FHIR_ROUTES, fhirHandlers),
];

const heart = () =>
  synthesizeReader(
    { id: 'one', segments: [{ rhythm: 'sinus', seconds: 60, heartRateBpm: 70 }] },
    { fs: 250, seed: 3, leads: ['II', 'V1'] },
  );

async function startServer(data: string) {
  const storage = await openStorage({ data, database: 'sqlite:' });
  const parts = { database: storage.database, blobs: storage.blobs, log: createLogger('silent') };
  const { config } = contextOf({}, { data });
  const jobs = createJobs({ ...parts, config });
  const audit = createAuditLog(storage.database, Date.now);
  const app = await buildApp(contextOf({ ...parts, jobs, audit }, { data }), RESOURCES);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    base: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    storage,
    async close() {
      await app.close();
      await jobs.close();
      await storage.close();
    },
  };
}

let data: string;
let server: Awaited<ReturnType<typeof startServer>>;
let id: string;
const call = (path: string, options?: RequestInit) => fetch(`${server.base}${path}`, options);
const stateOf = async (of: string) =>
  ((await (await call(`/v1/recordings/${of}`)).json()) as RecordingView).status;

/** The id of an uploaded recording once it is read; it is analysed by hand, without networks. */
async function add(path: string, body: string, type: string): Promise<string> {
  const answer = await call(path, { method: 'POST', headers: { 'content-type': type }, body });
  expect(answer.status).toBe(202);
  const { id: added } = parse(RecordingSchema, await answer.json());
  await until(async () => (await stateOf(added)) !== 'importing');
  expect(await stateOf(added)).toBe('ready');
  return added;
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'ectopy-reports-'));
  server = await startServer(data);
  const recording = await heart().read();
  id = await add('/v1/recordings?analyze=false&name=one.csv', [...writeCsv(recording)].join(''), 'text/csv');
});
afterAll(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

describe('reports', () => {
  it('are not there before there is an analysis', async () => {
    for (const path of ['report.html', 'report.pdf', 'fhir']) {
      const answer = await call(`/v1/recordings/${id}/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    expect((await call('/v1/recordings/nobody/report.pdf')).status).toBe(404);
  });

  it('show the analysis with its corrections, as page, on paper and as FHIR', async () => {
    const { database, blobs } = server.storage;
    const analysis = await analyze(heart(), {});
    const { sha256 } = await blobs.put(new TextEncoder().encode(writeJson(analysis)));
    const [{ id: job }] = await database
      .selectFrom('jobs')
      .select('id')
      .where('recording_id', '=', id)
      .execute();
    await insertAnalysis(database, {
      id: 'a1',
      recording_id: id,
      job_id: job,
      created_at: new Date().toISOString(),
      sha256,
    });
    const beats = analysis.beats.count;

    const page = await call(`/v1/recordings/${id}/report.html`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain('sandbox');
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    expect(html).toContain('Research use only');
    // Strips out of the stored signal.
    expect(html).toContain('class="strip"');

    const pdf = await call(`/v1/recordings/${id}/report.pdf`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');

    const bundle = await (
      await call(`/v1/recordings/${id}/fhir?bundle=transaction&subject=Patient/7`)
    ).json();
    expect(faultsOfR4(bundle)).toEqual([]);
    expect(JSON.stringify(bundle)).toContain('Patient/7');

    await appendCorrection(database, {
      ...{ recording_id: id, revision: 0, at: new Date().toISOString(), actor: 'local', comment: null },
      changes: JSON.stringify([{ kind: 'remove', sample: analysis.beats.sample[5] }]),
    });
    const after = await call(`/v1/recordings/${id}/fhir?version=R6`);
    expect(after.headers.get('content-type')).toContain('application/fhir+json');
    expect(after.headers.get('etag')).toBe('"a1.1"');
    const counts = [bundle, await after.json()].map((of) => {
      const entries = (
        of as { entry: { resource: { code?: { text?: string }; valueQuantity?: { value: number } } }[] }
      ).entry;
      return entries.find(({ resource: one }) => one.code?.text === 'Beats')?.resource.valueQuantity?.value;
    });
    expect(counts).toEqual([beats, beats - 1]);
    const seen = await database.selectFrom('audit').select('action').where('target', '=', id).execute();
    expect(seen.map(({ action }) => action)).toEqual(expect.arrayContaining(['report.read', 'fhir.read']));
  });

  it('that nobody reads keep nobody waiting', { timeout: 30_000 }, async () => {
    const { database, blobs } = server.storage;
    const stored = storedRecording({ blobs }, await getRecording(database, id));
    if ('reason' in stored) throw new Error(stored.reason);
    const analysis = new TextEncoder().encode(writeJson(await analyze(heart(), {})));
    const unread: Readable[] = [];
    // More than are written at once.
    for (let i = 0; i < 4; i++) {
      const { signal } = new AbortController();
      unread.push(await writeReport({ kind: 'html', analysis, ...stored }, signal));
    }
    const text = await Promise.all(unread.map((report) => textOf(report)));
    expect(text[0]).toContain('Research use only');
    expect(new Set(text).size).toBe(1);
  });

  it('bring the signal as an Observation, which comes back as a recording', async () => {
    const path = `/v1/recordings/${id}/fhir?part=observation`;
    const answer = await call(`${path}&from=250&to=2750&zone=%2B02:00`);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(faultsOfR4(JSON.parse(text))).toEqual([]);
    const back = await (await open(memorySource('o.json', new TextEncoder().encode(text)))).read();
    const before = await heart().read({ from: 250, to: 2750 });
    expect(back.length).toBe(2500);
    const off = Math.max(
      ...before.signals.flatMap(({ samples }, i) =>
        [...samples].map((x, k) => Math.abs(x - (back.signals[i]?.samples[k] ?? 9))),
      ),
    );
    // Half a step of 1 µV, and what the CSV it was uploaded as rounds.
    expect(off).toBeLessThan(0.0011);
    const added = await add('/v1/fhir/Observation?analyze=false', text, 'application/fhir+json');
    const view = (await (await call(`/v1/recordings/${added}`)).json()) as RecordingView;
    expect(view).toMatchObject({ format: 'fhir', fs: 250, length: 2500 });
    for (const bad of [
      `${path}&from=9&to=3`,
      `/v1/recordings/${id}/fhir?from=1`,
      `/v1/recordings/${id}/fhir?version=R9`,
    ])
      expect((await call(bad)).status).toBe(400);
  });

  it('refuse what is no FHIR', async () => {
    const post = (body: string) =>
      call('/v1/fhir/Observation', {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body,
      });
    expect((await post('{"fs":250,"leads":{"I":[1,2]}}')).status).toBe(422);
    expect((await post('hello')).status).toBe(422);
    let text = '';
    for await (const piece of streamFhirObservation(heart(), { version: 'R6' })) text += piece;
    const bundle = `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${text}}]}`;
    await add('/v1/fhir/Observation?analyze=false', bundle, 'application/fhir+json');
  });
});
