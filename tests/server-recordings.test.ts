import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { parse } from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correct } from '../src/analysis/index.js';
import { type Analysis, AnalysisSchema, type Recording } from '../src/core/index.js';
import { synthesizeReader } from '../src/ecg/index.js';
import { readAnnotations, writeCsv, writeWfdb } from '../src/formats/index.js';
import { openFile } from '../src/formats/node.js';
import { createAuditLog } from '../src/server/access/audit-log.js';
import { ANALYZE_ROUTES } from '../src/server/contract/analyze.js';
import { BEATS_ROUTES, type BeatsPage } from '../src/server/contract/beats.js';
import { JOBS_ROUTES } from '../src/server/contract/jobs.js';
import { RECORDINGS_ROUTES, RecordingSchema, type RecordingView } from '../src/server/contract/recordings.js';
import { SIGNAL_ROUTES, SignalSchema, type SignalView } from '../src/server/contract/signal.js';
import { UPLOADS_ROUTES } from '../src/server/contract/uploads.js';
import { buildApp } from '../src/server/http/app.js';
import { resource } from '../src/server/http/resources.js';
import { createJobs } from '../src/server/jobs/create-jobs.js';
import { createLogger } from '../src/server/observe/logger.js';
import { analyzeHandlers } from '../src/server/routes/analyze.js';
import { beatsHandlers } from '../src/server/routes/beats.js';
import { jobsHandlers } from '../src/server/routes/jobs.js';
import { recordingsHandlers } from '../src/server/routes/recordings.js';
import { signalHandlers } from '../src/server/routes/signal.js';
import { uploadsHandlers } from '../src/server/routes/uploads.js';
import { openStorage, type Storage } from '../src/server/storage/open-storage.js';
import { edfBytes } from './edf-bytes.js';
import { contextOf } from './server-context.js';
import { describeWithShared, sharedDir } from './shared-data.js';

const RESOURCES = [
  resource(ANALYZE_ROUTES, analyzeHandlers),
  resource(BEATS_ROUTES, beatsHandlers),
  resource(JOBS_ROUTES, jobsHandlers),
  resource(RECORDINGS_ROUTES, recordingsHandlers),
  resource(SIGNAL_ROUTES, signalHandlers),
  resource(UPLOADS_ROUTES, uploadsHandlers),
];
const LARGEST = 3_000_000;

/** A server over a folder of data; another one over the same folder goes on where it was. */
async function startServer(data: string) {
  const storage: Storage = await openStorage({ data, database: 'sqlite:' });
  const parts = { database: storage.database, blobs: storage.blobs, log: createLogger('silent') };
  const changed = { data, limits: { upload: LARGEST, files: 8 } };
  const { config } = contextOf({}, changed);
  const jobs = createJobs({ ...parts, config });
  const audit = createAuditLog(storage.database, Date.now);
  const app: FastifyInstance = await buildApp(contextOf({ ...parts, jobs, audit }, changed), RESOURCES);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    base,
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
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'ectopy-recordings-'));
  server = await startServer(data);
});
afterAll(async () => {
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const call = (path: string, options?: RequestInit) => fetch(`${server.base}${path}`, options);
const json = async <T>(path: string, options?: RequestInit): Promise<T> => {
  const answer = await call(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};
const asJson = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer> | string>;
function form(files: Files, fields: Record<string, string> = {}): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const [name, bytes] of files) body.append('file', new Blob([bytes]), name);
  return { method: 'POST', body };
}

/** Adds a recording and waits until all its jobs are over. */
async function add(path: string, options: RequestInit): Promise<RecordingView> {
  const answer = await call(path, options);
  expect(answer.status, await answer.clone().text()).toBe(202);
  const { id } = parse(RecordingSchema, await answer.json());
  expect(answer.headers.get('location')).toBe(`/v1/recordings/${id}`);
  for (;;) {
    const { jobs } = await json<{ jobs: { id: string; status: string }[] }>(`/v1/recordings/${id}/jobs`);
    const open = jobs.find(({ status }) => status === 'queued' || status === 'running');
    if (open === undefined) return json<RecordingView>(`/v1/recordings/${id}`);
    await call(`/v1/jobs/${open.id}?wait=20`);
  }
}

/** A minute of a synthetic heart with some ectopic beats. */
async function minute(id: string, seed = 1): Promise<Recording> {
  const events = [
    { at: 12, beats: 'V' },
    { at: 24, beats: 'VVVV' },
    { at: 40, beats: 'A' },
  ];
  const script = {
    id,
    segments: [{ rhythm: 'sinus' as const, seconds: 60, heartRateBpm: 70, events }],
  };
  return synthesizeReader(script, { fs: 250, seed, leads: ['II', 'V1'] }).read();
}
const csvOf = (recording: Recording): string => [...writeCsv(recording)].join('');

describeWithShared('a real record', () => {
  it('goes in as its files and comes out as signal, beats and annotations', async () => {
    const whole = await openFile(`${sharedDir}/data/mitdb/100.hea`);
    const minutes = await whole.read({ from: 0, to: 90 * 360 });
    await whole.close();
    const files = writeWfdb(minutes, { format: 212, record: '100' });
    const recording = await add('/v1/recordings', form(files, { name: 'MIT 100' }));
    expect(recording).toMatchObject({
      name: 'MIT 100',
      status: 'ready',
      format: 'wfdb',
      fs: 360,
      length: 90 * 360,
      durationS: 90,
      revision: 0,
      job: { kind: 'analyze', status: 'done', progress: 1 },
    });
    expect(recording.leads?.map(({ lead }) => lead)).toEqual(['MLII', 'V5']);
    expect(recording.files.map(({ name }) => name)).toEqual([...files.keys()]);

    // What was uploaded comes back byte for byte.
    for (const { position, name } of recording.files) {
      const answer = await call(`/v1/recordings/${recording.id}/files/${position}`);
      expect(answer.headers.get('content-disposition')).toContain(`filename="${name}"`);
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(files.get(name));
    }

    // The experts' annotations as the file has them.
    const { annotations } = await json<{ annotations: { sample: number; symbol: string }[] }>(
      `/v1/recordings/${recording.id}/annotations`,
    );
    expect(annotations).toEqual(JSON.parse(JSON.stringify(readAnnotations(files.get('100.atr')!))));

    // Ours find the same beats: within 150 ms, as EC57 counts.
    const answer = await call(`/v1/recordings/${recording.id}/annotations.atr`);
    const ours = readAnnotations(new Uint8Array(await answer.arrayBuffer())).filter(
      ({ symbol }) => symbol !== '+',
    );
    const experts = annotations.filter(({ symbol }) => symbol !== '+');
    const missed = experts.filter(({ sample }) => !ours.some((beat) => Math.abs(beat.sample - sample) < 54));
    expect(missed.length).toBeLessThanOrEqual(1);
    expect(Math.abs(ours.length - experts.length)).toBeLessThanOrEqual(1);

    // Every sample, as JSON and as bytes.
    const lead = minutes.signals[1]!.samples.subarray(5000, 7000);
    const stretch = `/v1/recordings/${recording.id}/signal?lead=V5&from=5000&to=7000`;
    const signal = parse(SignalSchema, await json(stretch));
    expect(signal.leads[0]).toMatchObject({ lead: 'V5', unit: 'mV', kind: 'samples', start: 5000 });
    expect(Float32Array.from(signal.leads[0]!.samples as number[])).toEqual(lead);
    const raw = await call(stretch, { headers: { accept: 'application/octet-stream' } });
    expect(raw.headers.get('signal-counts')).toBe('2000');
    expect(raw.headers.get('signal-leads')).toBe('V5');
    expect(new Float32Array(await raw.arrayBuffer())).toEqual(lead);
  });
});

describe('a recording', () => {
  let recording: RecordingView;
  let samples: Recording;
  beforeAll(async () => {
    samples = await minute('minute');
    recording = await add('/v1/recordings', form(new Map([['minute.csv', csvOf(samples)]])));
  });
  const path = (rest: string) => `/v1/recordings/${recording.id}${rest}`;

  it('answers with its analysis as soon as it is there, or says that it is not', async () => {
    const files = new Map([['again.csv', csvOf(samples)]]);
    const { id } = (await (await call('/v1/recordings', form(files))).json()) as RecordingView;
    const early = await call(`/v1/recordings/${id}/analysis?wait=0`);
    expect([early.status, early.headers.has('retry-after')]).toEqual([404, true]);
    const analysis = await json<Analysis>(`/v1/recordings/${id}/analysis?wait=50`);
    expect(analysis.beats.count).toBeGreaterThan(30);
    expect((await call(`/v1/recordings/${id}/analysis?wait=51`)).status).toBe(400);
  });

  it('may break off at any moment of its upload: the server goes on and keeps nothing of it', async () => {
    const before = (await json<{ recordings: unknown[] }>('/v1/recordings')).recordings.length;
    const { hostname, port } = new URL(server.base);
    for (const path of [
      '/v1/recordings?name=b',
      '/v1/recordings?name=%2F',
      '/v1/analyze?name=b',
      '/v1/uploads',
    ])
      for (let ms = 0; ms < 12; ms++)
        await new Promise<void>((resolve) => {
          const headers = { 'content-type': 'application/octet-stream', 'content-length': 1_000_000 };
          const request = httpRequest({ hostname, port, path, method: 'POST', headers });
          request.on('error', () => undefined).on('close', resolve);
          request.write(new Uint8Array(1000));
          setTimeout(() => request.destroy(), 3 * ms);
        });
    const after = (await json<{ recordings: unknown[] }>('/v1/recordings')).recordings.length;
    expect(after).toBe(before);
  });

  it('is called as its file, and as somebody renames it', async () => {
    expect(recording).toMatchObject({ name: 'minute', status: 'ready', format: 'csv' });
    const renamed = await json<RecordingView>(path(''), { method: 'PATCH', ...asJson({ name: 'A minute' }) });
    expect(renamed.name).toBe('A minute');
    const refused = await call(path(''), { method: 'PATCH', ...asJson({ name: '  ' }) });
    expect(refused.status).toBe(400);
  });

  it('shows the least and most of each point, as a slow search through its samples finds them', async () => {
    const { leads } = parse(
      SignalSchema,
      await json<SignalView>(path('/signal?from=1000&to=13000&points=100')),
    );
    expect(leads).toHaveLength(2);
    for (const [i, { edges, min, max, kind }] of leads.entries()) {
      expect(kind).toBe('min-max');
      expect(edges).toHaveLength(101);
      const { samples: all } = samples.signals[i]!;
      for (let k = 0; k < 100; k++) {
        // Edges lie at most half a point beside the equal ones.
        expect(Math.abs(edges![k]! - (1000 + k * 120))).toBeLessThanOrEqual(60);
        const part = [...all.subarray(edges![k], edges![k + 1])];
        expect([min![k], max![k]].map((value) => Math.fround(value!))).toEqual([
          Math.min(...part),
          Math.max(...part),
        ]);
      }
    }
    // Negative control: a point too far right has other extremes somewhere.
    const shifted = leads[0]!.edges!.slice(0, 100).filter((edge, k) => {
      const part = [...samples.signals[0]!.samples.subarray(edge + 30, leads[0]!.edges![k + 1]! + 30)];
      return Math.max(...part) !== Math.fround(leads[0]!.max![k]!);
    });
    expect(shifted.length).toBeGreaterThan(10);
    const bytes = await call(path('/signal?lead=1&from=1000&to=13000&points=100'), {
      headers: { accept: 'application/octet-stream' },
    });
    expect(bytes.headers.get('signal-kinds')).toBe('min-max');
    const floats = new Float32Array(await bytes.arrayBuffer());
    expect([...floats]).toEqual([...leads[1]!.min!, ...leads[1]!.max!].map((value) => Math.fround(value!)));
  });

  it('refuses leads, stretches and amounts that are not there, with what there is', async () => {
    for (const [query, message] of [
      ['lead=V6', /no lead V6, there are II, V1/],
      ['from=200&to=100', /no stretch of a recording of 15000 samples/],
      ['points=0', /points/],
      ['points=20001', /points/],
      ['from=-1', /from/],
      ['colour=red', /colour/],
    ] as const) {
      const answer = await call(path(`/signal?${query}`));
      expect(answer.status, query).toBe(400);
      expect(((await answer.json()) as { detail: string }).detail).toMatch(message);
    }
  });

  it('has an analysis that fits its schema, is kept by its tag and follows from corrections', async () => {
    const first = await call(path('/analysis'));
    const tag = first.headers.get('etag')!;
    const found = parse(AnalysisSchema, await first.json()) as Analysis;
    expect((await call(path('/analysis'), { headers: { 'if-none-match': tag } })).status).toBe(304);
    const run = found.beats.sample.filter((_, i) => found.beats.class![i] === 'V').slice(1, 3);
    const changes = [
      { kind: 'relabel', sample: run[0]!, class: 'N' },
      { kind: 'remove', sample: run[1]! },
      { kind: 'add', sample: 1, class: 'S' },
    ] as const;

    const patch = (body: unknown, match?: string) =>
      call(path('/beats'), {
        method: 'PATCH',
        ...asJson(body, match === undefined ? {} : { 'if-match': match }),
      });
    expect((await patch({ changes })).status).toBe(428);
    expect((await patch({ changes }, '"old.0"')).status).toBe(412);
    // Nothing is half done: the first of these fits, the second does not.
    const misfit = { changes: [changes[0], { kind: 'remove', sample: run[0]! + 1 }] };
    const refused = await patch(misfit, tag);
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/there is no beat/);

    // Two at once: one of them is first.
    const both = await Promise.all([patch({ changes, comment: 'seen' }, tag), patch({ changes }, tag)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = both.find(({ status }) => status === 200)!;
    const next = winner.headers.get('etag')!;
    expect(next).not.toBe(tag);

    const { corrections } = await json<{ corrections: Analysis['corrections'] }>(path('/corrections'));
    expect(corrections).toMatchObject([{ revision: 1, by: 'local', changes }]);
    const second = await call(path('/analysis'));
    expect(second.headers.get('etag')).toBe(next);
    const expected = await correct(found, corrections!);
    const read = await second.json();
    expect(read).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(read).not.toEqual(found);

    const beats = await json<BeatsPage>(path(`/beats?from=${run[0]!}&to=${run[1]! + 1}`));
    expect(
      beats.beats.map(({ sample, class: beatClass, probability }) => [sample, beatClass, probability]),
    ).toEqual([[run[0], 'N', 1]]);
    const marks = readAnnotations(new Uint8Array(await (await call(path('/annotations.atr'))).arrayBuffer()));
    expect(marks.find(({ sample, symbol }) => sample === 1 && symbol === 'S')).toBeDefined();
    expect(marks.find(({ sample }) => sample === run[1])).toBeUndefined();

    // What a later correction rests on cannot be undone before it; then everything is as it was found.
    const more = await patch({ changes: [{ kind: 'relabel', sample: 1, class: 'V' }] }, next);
    expect(more.status).toBe(200);
    const undo = (revision: number) => call(path(`/corrections/${revision}/undo`), { method: 'POST' });
    expect((await undo(1)).status).toBe(409);
    expect((await undo(9)).status).toBe(404);
    expect((await undo(2)).status).toBe(200);
    expect((await undo(1)).status).toBe(200);
    expect((await undo(1)).status).toBe(409);
    const { corrections: list, ...figures } = await json<Analysis>(path('/analysis'));
    expect(list).toHaveLength(4);
    expect(figures).toEqual(found);
    expect((await json<RecordingView>(path(''))).revision).toBe(4);
  });

  it('lists beats by class and doubt, a page at a time', async () => {
    const { beats: all, total } = await json<BeatsPage>(path('/beats?limit=10000'));
    expect(all).toHaveLength(total);
    const ventricular = await json<BeatsPage>(path('/beats?class=V,F'));
    expect(ventricular.beats).toEqual(all.filter(({ class: c }) => c === 'V' || c === 'F'));
    const certain = await json<BeatsPage>(path('/beats?uncertain=false'));
    expect(certain.matching).toBe(all.filter(({ uncertain }) => uncertain === null).length);
    const pages: number[] = [];
    for (let from: number | null = 0; from !== null; ) {
      const page: BeatsPage = await json(path(`/beats?limit=7&from=${from}`));
      pages.push(...page.beats.map(({ index }) => index));
      from = page.next;
    }
    expect(pages).toEqual(all.map(({ index }) => index));
    expect((await call(path('/beats?class=X'))).status).toBe(400);
    const { episodes } = await json<{ episodes: unknown[] }>(path('/episodes'));
    expect(episodes).toEqual((await json<Analysis>(path('/analysis'))).episodes);
  });

  it('is analysed again with other options, one at a time', async () => {
    const options = { method: 'POST', ...asJson({ pauseS: 0.7 }) };
    const answers = [await call(path('/analyses'), options), await call(path('/analyses'), options)];
    expect(answers[0]!.status).toBe(202);
    const { id } = (await answers[0]!.json()) as { id: string };
    if (answers[1]!.status !== 202) expect(answers[1]!.status).toBe(409);
    const done = await json<{ status: string }>(`/v1/jobs/${id}?wait=20`);
    expect(done.status).toBe('done');
    const analysis = await json<Analysis>(path('/analysis'));
    expect(analysis.options.pauseS).toBe(0.7);
    // Corrections stay, and what they found to correct is there again.
    expect(analysis.corrections).toHaveLength(4);
    expect((await call(path('/analyses'), { method: 'POST', ...asJson({ pauseS: 0 }) })).status).toBe(400);
  });
});

describe('formats and faults', () => {
  it('reads EDF sent as a body, and a table with what was said of it', async () => {
    const { signals, fs } = await minute('edf', 2);
    const stored = Array.from(signals[0]!.samples, (mv) => Math.round(mv * 1000));
    const edf = edfBytes({
      records: 60,
      duration: '1',
      signals: [
        {
          label: 'ECG II',
          unit: 'uV',
          physical: ['-32768', '32767'],
          digital: ['-32768', '32767'],
          perRecord: fs,
          stored,
        },
      ],
    });
    const body = { method: 'POST', body: edf as Uint8Array<ArrayBuffer> };
    const fromEdf = await add('/v1/recordings?name=holter.edf&analyze=false', body);
    expect(fromEdf).toMatchObject({
      name: 'holter',
      format: 'edf',
      fs: 250,
      length: 15000,
      analysis: null,
    });
    const missing = await call(`/v1/recordings/${fromEdf.id}/analysis`);
    expect(missing.status).toBe(404);
    expect(((await missing.json()) as { detail: string }).detail).toMatch(/was not analysed/);

    const table = `time,other,ecg\n${stored.map((uv) => `x,1,${uv}`).join('\n')}\n`;
    const fields = { fs: '250', unit: 'uV', columns: 'ecg', analyze: 'false' };
    const fromTable = await add('/v1/recordings', form(new Map([['table.csv', table]]), fields));
    const [one, two] = await Promise.all(
      [fromEdf, fromTable].map(({ id }) => json<SignalView>(`/v1/recordings/${id}/signal?from=100&to=400`)),
    );
    expect(fromTable.leads?.map(({ lead }) => lead)).toEqual(['ecg']);
    expect(two!.leads[0]!.samples).toEqual(one!.leads[0]!.samples);
  });

  it('says what is wrong with a file, at once or in its job', async () => {
    const refusals: readonly [RequestInit, number, RegExp][] = [
      [form(new Map([['empty.edf', '']])), 422, /empty\.edf is empty \(0 bytes\)/],
      [form(new Map()), 400, /no file/],
      [form(new Map([['..', 'x']])), 400, /has no name/],
      [form(new Map([['a.csv', 'x']]), { colour: 'red' }), 400, /colour/],
      [form(new Map([['a.csv', 'x']]), { fs: 'fast' }), 400, /fs/],
      [form(new Map([['a.csv', 'x'.repeat(LARGEST + 1)]])), 413, /at most|larger/],
      [{ method: 'POST', ...asJson({ uploads: ['0'.repeat(32)] }) }, 404, /none with the id/],
      [{ method: 'POST', ...asJson({ uploads: 'all' }) }, 400, /uploads/],
    ];
    for (const [request, status, message] of refusals) {
      const answer = await call('/v1/recordings', request);
      const problem = (await answer.json()) as { detail: string };
      expect([answer.status, problem.detail]).toEqual([status, expect.stringMatching(message)]);
    }
    const twice = form(new Map([['a.csv', 'x']]));
    (twice.body as FormData).append('file', new Blob(['y']), 'folder/a.csv');
    expect((await call('/v1/recordings', twice)).status).toBe(400);

    const jobs: readonly [Files, string, RegExp][] = [
      [new Map([['notes.txt', 'Dear colleague,\nno ECG here.\n']]), 'unsupported', /notes\.txt|format/],
      [new Map([['100.hea', '100 1 360 1000\n100.dat 16 200 16 0 0 0 0 MLII\n']]), 'not-found', /100\.dat/],
    ];
    for (const [files, code, message] of jobs) {
      const recording = await add('/v1/recordings', form(files));
      expect(recording.status).toBe('failed');
      expect(recording.error).toMatchObject({ code, message: expect.stringMatching(message) });
      const signal = await call(`/v1/recordings/${recording.id}/signal`);
      expect(signal.status).toBe(404);
      expect(((await signal.json()) as { detail: string }).detail).toMatch(/could not be read/);
    }
    for (const path of ['', '/signal', '/analysis', '/beats', '/jobs', '/files/0'])
      expect((await call(`/v1/recordings/nobody${path}`)).status, path).toBe(404);
  });

  it('adds a recording once under one key, also when asked twice at the same time', async () => {
    const files = new Map([['once.csv', csvOf(await minute('once', 3))]]);
    const once = () =>
      call('/v1/recordings?analyze=false', { ...form(files), headers: { 'idempotency-key': 'k1' } });
    const answers = await Promise.all([once(), once()]);
    answers.push(await once());
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as RecordingView).id));
    expect(new Set(ids).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
  });

  it('removes names when asked: of the recording, its files and what they hold', async () => {
    const files = new Map([
      ['Jane Roe.csv', csvOf({ ...(await minute('Jane Roe', 4)), notes: ['Jane Roe, 1950'] })],
    ]);
    const recording = await add('/v1/recordings?analyze=false', form(files, { pseudonymise: 'true' }));
    expect(recording.pseudonymised).toBe(true);
    expect(JSON.stringify(recording)).not.toMatch(/Jane|Roe/);
    // Once it is read, nobody needs the files any more, which hold the names.
    expect((await call(`/v1/recordings/${recording.id}/files/0`)).status).toBe(404);
  });
});

describe('lists', () => {
  it('are searched by name, lead, state and time, and paged without a gap', async () => {
    const ids: string[] = [];
    const body = csvOf(await minute('page', 5));
    for (let i = 0; i < 5; i++) {
      const answer = await call(`/v1/recordings?analyze=false&name=Page_${i} 100%25.csv`, {
        method: 'POST',
        body,
      });
      ids.unshift(((await answer.json()) as RecordingView).id);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `search=page_&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`;
      const page = await json<{ recordings: { id: string }[]; next: string | null }>(
        `/v1/recordings?${query}`,
      );
      expect(page.recordings.length).toBeLessThanOrEqual(2);
      seen.push(...page.recordings.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect([...seen].sort()).toEqual([...ids].sort());
    const count = async (query: string) =>
      (await json<{ recordings: unknown[] }>(`/v1/recordings?${query}`)).recordings.length;
    expect(await count('search=page_3')).toBe(1);
    expect(await count('search=100%25')).toBe(5);
    expect(await count('search=pageX')).toBe(0);
    expect(await count('search=page_&from=2000-01-01&to=2000-02-01')).toBe(0);
    expect(await count('search=page_&from=2000-01-01')).toBe(5);
    expect(await count('status=failed&search=page_')).toBe(0);
    expect(await count('lead=V99')).toBe(0);
    expect(await count('lead=v1')).toBeGreaterThan(0);
    expect((await call('/v1/recordings?from=2000-13-01')).status).toBe(400);
    expect((await call('/v1/recordings?cursor=nonsense')).status).toBe(400);
  });
});

describe('resumable uploads', () => {
  const TUS = { 'tus-resumable': '1.0.0' };
  const begin = async (name: string, length: number) => {
    const answer = await call('/v1/uploads', {
      method: 'POST',
      headers: {
        ...TUS,
        'upload-length': String(length),
        'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      },
    });
    expect(answer.status, await answer.text()).toBe(201);
    return answer.headers.get('location')!;
  };
  const send = (path: string, offset: number, bytes: Uint8Array<ArrayBuffer>) =>
    call(path, {
      method: 'PATCH',
      headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: bytes,
    });
  const offsetOf = async (path: string) =>
    Number((await call(path, { method: 'HEAD', headers: TUS })).headers.get('upload-offset'));

  it('go on after a broken connection and another start of the server, to the last sample', async () => {
    const recording = await minute('resumed', 6);
    const bytes = new TextEncoder().encode(csvOf(recording));
    const path = await begin('../../Resumed.csv', bytes.length);
    expect(path).toMatch(/^\/v1\/uploads\/[0-9a-f]{32}$/);
    expect((await send(path, 0, bytes.slice(0, 1000))).headers.get('upload-offset')).toBe('1000');

    // The connection breaks in the middle of the next part.
    const { hostname, port } = new URL(server.base);
    await new Promise<void>((resolve) => {
      const broken = httpRequest({
        hostname,
        port,
        path,
        method: 'PATCH',
        headers: {
          ...TUS,
          'upload-offset': '1000',
          'content-type': 'application/offset+octet-stream',
          'content-length': String(bytes.length - 1000),
        },
      });
      broken.on('error', () => resolve());
      broken.write(bytes.slice(1000, 61_000), () => setTimeout(() => broken.destroy(), 50));
      broken.on('close', () => resolve());
    });
    expect((await send(path, 5, bytes.slice(5))).status).toBe(409);
    await server.close();
    server = await startServer(data);

    const offset = await offsetOf(path);
    expect(offset).toBeGreaterThanOrEqual(1000);
    expect(offset).toBeLessThanOrEqual(61_000);
    const id = path.split('/').at(-1)!;
    const early = await call('/v1/recordings', { method: 'POST', ...asJson({ uploads: [id] }) });
    expect(early.status).toBe(409);
    expect((await send(path, offset, bytes.slice(offset))).status).toBe(204);
    const added = await add('/v1/recordings?analyze=false', { method: 'POST', ...asJson({ uploads: [id] }) });
    expect(added.name).toBe('Resumed');
    expect(added.files[0]!.name).toBe('Resumed.csv');
    const signal = await json<SignalView>(`/v1/recordings/${added.id}/signal`);
    signal.leads.forEach(({ samples }, i) => {
      expect(Float32Array.from(samples as number[])).toEqual(recording.signals[i]!.samples);
    });
    // It is used up.
    expect((await call(path, { method: 'HEAD', headers: TUS })).status).toBe(404);
  });

  it('refuse strangers, sizes, and paths for names; end when told', async () => {
    const answer = await call('/v1/uploads', {
      method: 'POST',
      headers: { ...TUS, 'upload-length': String(LARGEST + 1) },
    });
    expect(answer.status).toBe(413);
    for (const id of ['0'.repeat(32), '..%2f..%2fetc%2fpasswd', 'a']) {
      const head = await call(`/v1/uploads/${id}`, { method: 'HEAD', headers: TUS });
      expect([400, 404]).toContain(head.status);
    }
    const path = await begin('gone.csv', 10);
    expect((await call(path, { method: 'DELETE', headers: TUS })).status).toBe(204);
    expect((await call(path, { method: 'HEAD', headers: TUS })).status).toBe(404);
    const options = await call('/v1/uploads', { method: 'OPTIONS' });
    expect(options.headers.get('tus-version')).toBe('1.0.0');
    expect(options.headers.get('tus-extension')).toContain('expiration');
    expect(
      (await readdir(join(data, 'uploads'))).filter((name) => !/^[0-9a-f]{32}(\.json)?$/.test(name)),
    ).toEqual([]);
  });
});

describe('one-shot use', () => {
  it('analyses and stores nothing, as JSON or as a report', async () => {
    const count = async () => {
      const names: string[] = [];
      for await (const name of server.storage.blobs.list()) names.push(name);
      return [names.length, (await readdir(server.storage.blobs.making)).length];
    };
    const before = await count();
    const recording = await minute('once-only', 7);
    const files = writeWfdb(recording, { format: 16, record: 'once' });
    const analysis = parse(AnalysisSchema, await json('/v1/analyze?pauseS=1.5', form(files)));
    expect(analysis.recording.id).toBe('once');
    expect(analysis.options.pauseS).toBe(1.5);
    expect(analysis.corrections).toBeUndefined();
    const report = await call('/v1/analyze?report=html&name=once.csv', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: csvOf(recording),
    });
    expect(report.headers.get('content-type')).toMatch(/^text\/html/);
    const html = await report.text();
    expect(html).toContain('Research use only');
    expect(html).toContain('<figure');
    expect((await call('/v1/analyze', form(new Map([['a.txt', 'hello']])))).status).toBe(415);
    expect(await count()).toEqual(before);
  });
});

describe('deleting', () => {
  it('leaves nothing of a recording, and everything others need', async () => {
    const body = csvOf(await minute('twins', 8));
    const path = '/v1/recordings?analyze=false&name=twin.csv';
    const twins = [await add(path, { method: 'POST', body }), await add(path, { method: 'POST', body })];
    const [{ id, files }, other] = twins as [RecordingView, RecordingView];
    expect((await call(`/v1/recordings/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`/v1/recordings/${id}`)).status).toBe(404);
    expect((await call(`/v1/recordings/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await call(`/v1/recordings/${other.id}/files/0`)).status).toBe(200);
    expect((await call(`/v1/recordings/${other.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await server.storage.blobs.has(files[0]!.sha256)).toBe(false);
    const rows = await server.storage.database
      .selectFrom('audit')
      .selectAll()
      .where('target', '=', id)
      .execute();
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['recording.create', 'recording.read', 'recording.delete']),
    );
    expect(JSON.stringify(rows)).not.toContain('twin');
  });
});
