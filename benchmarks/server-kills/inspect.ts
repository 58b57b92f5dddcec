import { createHash } from 'node:crypto';
import { auditRows, openStorage, verifyChain } from '../../src/server/index.js';
import type { Ledger, SentRecording } from './ledger.js';
import { pause } from './loads.js';
import { download, request } from './request.js';

/** ms that recordings may take until they are read and analysed. */
const PATIENCE = 180_000;

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
  const deadline = performance.now() + PATIENCE;
  for (const recording of sent)
    if (recording.id !== undefined) await inspectRecording(url, recording, ledger, deadline);
  for (const { recording, device, leads } of ledger.streams) {
    if (recording === undefined || recording === 'unknown') continue;
    const view = await finished(url, recording, ledger, deadline);
    const length = leads[0]?.length ?? 0;
    if (view !== undefined && (view as View & { length: number }).length !== length)
      ledger.lost.push(`${device} became a recording of another length than ${length}`);
  }
  await inspectCorrections(url, ledger);
  await inspectList(url, sent, ledger);
}

async function inspectRecording(
  url: string,
  { id = '', files }: SentRecording,
  ledger: Ledger,
  deadline: number,
) {
  const view = await finished(url, id, ledger, deadline);
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
async function finished(
  url: string,
  id: string,
  ledger: Ledger,
  deadline: number,
): Promise<View | undefined> {
  for (;;) {
    const answer = await request(`${url}/v1/recordings/${id}`);
    const view = answer?.body as View | undefined;
    if (answer?.status !== 200 || view === undefined || view.status === 'failed') {
      ledger.lost.push(`recording ${id} is answered with ${answer?.status}: ${JSON.stringify(view)}`);
      return undefined;
    }
    if (view.status === 'ready' && view.analysis !== null) return view;
    if (performance.now() > deadline) {
      ledger.lost.push(
        `recording ${id} is still ${view.status} without an analysis: ${JSON.stringify(view)}`,
      );
      return undefined;
    }
    await pause(200);
  }
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

/** What lies in the folder of a server that was stopped: every blob whole, the audit log as it was written. */
export async function inspectFolder(data: string, { lost }: Ledger): Promise<void> {
  const storage = await openStorage({ data, database: 'sqlite:' });
  try {
    for await (const name of storage.blobs.list()) {
      const bytes = await storage.blobs.read(name);
      if (createHash('sha256').update(bytes).digest('hex') !== name) lost.push(`blob ${name} is not whole`);
    }
    const { fault } = await verifyChain(auditRows(storage.database));
    if (fault !== null) lost.push(`audit row ${fault.seq}: ${fault.message}`);
  } finally {
    await storage.close();
  }
}
