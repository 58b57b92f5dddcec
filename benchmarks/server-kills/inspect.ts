import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { auditRows, openStorage, verifyChain } from '../../src/server/index.js';
import type { Ledger, SentRecording, SentStream } from './ledger.js';
import { pause } from './loads.js';
import { download, request } from './request.js';

/** ms after the one before in which each recording is read and analysed. */
const PATIENCE = 120_000;

interface View {
  readonly id: string;
  readonly status: string;
  readonly analysis: unknown;
  readonly error: unknown;
  readonly files: readonly { readonly position: number; readonly name: string; readonly sha256: string }[];
}

/** Whether a server that was killed often still holds all that it acknowledged, and shows nothing half-made. */
export async function inspectServer(url: string, ledger: Ledger): Promise<void> {
  const sent = [...ledger.recordings, ...new Set(ledger.uploads.map(({ recording }) => recording))];
  for (const recording of sent)
    if (recording.id !== undefined) await inspectRecording(url, recording, ledger);
  for (const stream of ledger.streams) await inspectStream(url, stream, ledger);
  await inspectCorrections(url, ledger);
  await inspectList(url, sent, ledger);
}

async function inspectRecording(url: string, { id = '', files }: SentRecording, ledger: Ledger) {
  const view = await finished(url, id, ledger);
  if (view === undefined) return;
  for (const [name, bytes] of files) {
    const file = view.files.find((other) => other.name === name);
    const found = file && (await download(`${url}/v1/recordings/${id}/files/${file.position}`));
    if (found === undefined || Buffer.compare(found, bytes) !== 0)
      ledger.lost.push(`${name} of ${id} is not what was sent`);
  }
  const signal = await request(`${url}/v1/recordings/${id}/signal?points=100`);
  if (signal?.status !== 200) ledger.lost.push(`the signal of ${id} is answered with ${signal?.status}`);
}

/** The recording once it is read and analysed. */
async function finished(url: string, id: string, ledger: Ledger): Promise<View | undefined> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const list = await request(`${url}/v1/recordings/${id}/jobs`);
    const jobs = (list?.body as { jobs?: { status: string }[] } | undefined)?.jobs ?? [];
    const isOver = !jobs.some(({ status }) => status === 'queued' || status === 'running');
    const answer = await request(`${url}/v1/recordings/${id}`);
    const view = answer?.body as View | undefined;
    if (answer?.status !== 200 || view === undefined || view.status === 'failed') {
      ledger.lost.push(`recording ${id} is answered with ${answer?.status}: ${JSON.stringify(view)}`);
      return undefined;
    }
    if (view.status === 'ready' && view.analysis !== null) return view;
    if (isOver || performance.now() > deadline) {
      ledger.lost.push(
        `recording ${id} is still ${view.status} without an analysis: ${JSON.stringify({ ...view, jobs })}`,
      );
      return undefined;
    }
    await pause(200);
  }
}

/** Every sample of a stream that has become a recording, every event it told, and one alert for each that is one. */
async function inspectStream(url: string, stream: SentStream, ledger: Ledger): Promise<void> {
  const { id, device, leads, events, recording } = stream;
  const fault = (what: string) => ledger.lost.push(`${device}: ${what}`);
  if (id === undefined) return;
  const held = await request(`${url}/v1/streams/${id}/events?limit=1000`);
  const stored = (held?.body as { events?: { seq: number; event: unknown }[] } | undefined)?.events ?? [];
  for (const [seq, text] of events)
    if (JSON.stringify(stored.find((event) => event.seq === seq)?.event) !== text)
      fault(`event ${seq} is not held as it was told`);
  if (recording === undefined) return;
  const list = await request(`${url}/v1/alerts?stream=${id}&limit=500`);
  const raised = ((list?.body as { alerts?: { detail: { event: number } }[] } | undefined)?.alerts ?? []).map(
    ({ detail }) => detail.event,
  );
  for (const { seq, event } of stored) {
    const { kind, state } = event as { kind: string; state?: string };
    const times = raised.filter((other) => other === seq).length;
    const due = kind === 'alert' && state !== 'end' ? 1 : 0;
    if (times !== due) fault(`event ${seq} raised ${times} alerts instead of ${due}`);
  }
  const row = await request(`${url}/v1/streams?device=${device}`);
  const shown = (row?.body as { streams?: { id: string; recordingId: string | null }[] } | undefined)
    ?.streams;
  const recordingId = shown?.find((other) => other.id === id)?.recordingId ?? null;
  if (recordingId === null || (recording !== 'unknown' && recording !== recordingId)) {
    fault(`it was told to be recording ${recording}, and is ${recordingId}`);
    return;
  }
  const view = await finished(url, recordingId, ledger);
  const data = view?.files.find(({ name }) => name.endsWith('.dat'));
  const bytes = data && (await download(`${url}/v1/recordings/${recordingId}/files/${data.position}`));
  if (bytes === undefined || Buffer.compare(bytes, samplesOf(leads)) !== 0)
    fault('the samples of its recording are not those that were sent');
}

/** Samples as the server writes them: 1/1000 mV, leads side by side, 16 bits each, the least significant first. */
function samplesOf(leads: readonly Float32Array[]): Uint8Array {
  const length = leads[0]?.length ?? 0;
  const bytes = new DataView(new ArrayBuffer(2 * length * leads.length));
  leads.forEach((samples, lead) => {
    samples.forEach((value, i) => {
      bytes.setInt16(2 * (i * leads.length + lead), Math.round(1000 * value), true);
    });
  });
  return new Uint8Array(bytes.buffer);
}

async function inspectCorrections(url: string, { corrections, lost }: Ledger): Promise<void> {
  for (const { recording, revision, changes } of corrections) {
    const answer = await request(`${url}/v1/recordings/${recording}/corrections`);
    const held =
      (answer?.body as { corrections?: { revision: number; changes: unknown }[] })?.corrections ?? [];
    const found = held.find((correction) => correction.revision === revision);
    if (JSON.stringify(found?.changes) !== changes)
      lost.push(`correction ${revision} of ${recording} is not held`);
    if (held.some((correction, i) => correction.revision !== i + 1))
      lost.push(`the corrections of ${recording} have a hole`);
  }
}

/** Nothing stands in the list that was not sent, and nothing twice: as many as keys and streams were sent. */
async function inspectList(url: string, sent: readonly SentRecording[], ledger: Ledger): Promise<void> {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await request(`${url}/v1/recordings?limit=200${cursor}`);
    if (page?.status !== 200) {
      ledger.lost.push(`the list is answered with ${page?.status}`);
      return;
    }
    const { recordings, next } = page.body as { recordings: { id: string }[]; next: string | null };
    ids.push(...recordings.map(({ id }) => id));
    if (next === null) break;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  const most = sent.length + ledger.streams.length;
  if (new Set(ids).size !== ids.length) ledger.lost.push('the list shows a recording twice');
  if (ids.length > most) ledger.lost.push(`the list shows ${ids.length} recordings, and ${most} were sent`);
}

/**
 * What lies in the folder of a server that was stopped: every blob whole and wanted by a row, every row's blob there, no
 * file half-made, the audit log as it was written.
 */
export async function inspectFolder(data: string, { lost }: Ledger): Promise<void> {
  const storage = await openStorage({ data, database: 'sqlite:' });
  try {
    const { database, blobs } = storage;
    const wanted = new Set<string>();
    for (const { sha256 } of await database.selectFrom('recording_files').select('sha256').execute())
      wanted.add(sha256);
    for (const { sha256 } of await database.selectFrom('analyses').select('sha256').execute())
      wanted.add(sha256);
    const made = await database.selectFrom('recordings').select(['info_sha256', 'pyramid_sha256']).execute();
    for (const { info_sha256, pyramid_sha256 } of made)
      for (const name of [info_sha256, pyramid_sha256]) if (name !== null) wanted.add(name);
    for await (const name of blobs.list()) {
      const bytes = await blobs.read(name);
      if (createHash('sha256').update(bytes).digest('hex') !== name) lost.push(`blob ${name} is not whole`);
      if (!wanted.delete(name)) lost.push(`blob ${name} is wanted by nobody`);
    }
    for (const name of wanted) lost.push(`blob ${name} is gone`);
    for (const folder of ['tmp', 'removing'])
      for (const name of await readdir(join(data, folder))) lost.push(`${folder}/${name} was left behind`);
    for (const name of await readdir(join(data, 'streams')))
      if (name.startsWith('new-')) lost.push(`streams/${name} was left behind`);
    const { fault } = await verifyChain(auditRows(database));
    if (fault !== null) lost.push(`audit row ${fault.seq}: ${fault.message}`);
  } finally {
    await storage.close();
  }
}
