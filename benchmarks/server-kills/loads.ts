import { randomUUID } from 'node:crypto';
import type { Random } from '../../src/core/index.js';
import type { Ledger, SentRecording, SentUpload } from './ledger.js';
import { makeRecording } from './make-recording.js';
import { request } from './request.js';

/** What a load works with. It ends soon after `alive` fires; the server may be gone at any moment. */
export interface LoadOptions {
  readonly url: string;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly alive: AbortSignal;
}

const fault = (ledger: Ledger, what: string): void => {
  ledger.lost.push(what);
};

/** Unacknowledged requests are sent again with their key; new ones are made while the server lives. */
export async function sendRecordings({ url, ledger, random, alive }: LoadOptions): Promise<void> {
  while (!alive.aborted) {
    const sent = ledger.recordings.find(({ id }) => id === undefined) ?? newRecording(ledger, random);
    const form = new FormData();
    for (const [name, bytes] of sent.files)
      form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    const answer = await request(`${url}/v1/recordings`, {
      method: 'POST',
      body: form,
      headers: { 'idempotency-key': sent.key },
    });
    if (answer === undefined) return;
    if (answer.status !== 202 && answer.status !== 200)
      fault(ledger, `a recording was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    else sent.id = (answer.body as { id: string }).id;
    await pause(50 + 200 * random.next());
  }
}

function newRecording(ledger: Ledger, random: Random): SentRecording {
  const made: SentRecording = { key: randomUUID(), files: makeRecording(Math.floor(1e6 * random.next())) };
  ledger.recordings.push(made);
  return made;
}

const TUS = { 'tus-resumable': '1.0.0' };

/** One resumable upload after the other, in pieces, each going on where the server says it stands. */
export async function sendUploads({ url, ledger, random, alive }: LoadOptions): Promise<void> {
  while (!alive.aborted) {
    const uploads = openUploads(ledger, random);
    const [{ recording }] = uploads as [SentUpload];
    if (recording.asked !== true)
      for (const upload of uploads) if (!(await continueUpload(url, ledger, upload, random, alive))) return;
    recording.asked = true;
    const ids = uploads.map(({ address = '' }) => address.split('/').at(-1));
    const answer = await request(`${url}/v1/recordings`, {
      method: 'POST',
      body: JSON.stringify({ uploads: ids }),
      headers: { 'content-type': 'application/json', 'idempotency-key': recording.key },
    });
    if (answer === undefined) return;
    if (answer.status !== 202 && answer.status !== 200)
      fault(ledger, `finished uploads were answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    // A fault is told once, not for ever.
    recording.id = (answer.body as { id?: string }).id ?? 'refused';
  }
}

/** The files of the recording that is not yet made of its uploads, or of a new one. */
function openUploads(ledger: Ledger, random: Random): SentUpload[] {
  const open = ledger.uploads.filter(({ recording }) => recording.id === undefined);
  if (open.length > 0) return open;
  const recording: SentRecording = {
    key: randomUUID(),
    files: makeRecording(Math.floor(1e6 * random.next())),
  };
  const made = Array.from(recording.files, ([name, bytes]) => ({ name, bytes, acknowledged: 0, recording }));
  ledger.uploads.push(...made);
  return made;
}

/** False when the server went away. */
async function continueUpload(
  url: string,
  ledger: Ledger,
  upload: SentUpload,
  random: Random,
  alive: AbortSignal,
): Promise<boolean> {
  if (upload.address === undefined) {
    const answer = await request(`${url}/v1/uploads`, {
      method: 'POST',
      headers: {
        ...TUS,
        'upload-length': String(upload.bytes.length),
        'upload-metadata': `filename ${Buffer.from(upload.name).toString('base64')}`,
      },
    });
    if (answer === undefined) return false;
    const location = answer.headers.get('location');
    if (answer.status !== 201 || location === null) {
      fault(ledger, `a new upload was answered with ${answer.status}`);
      return false;
    }
    upload.address = new URL(location, url).pathname;
  }
  const head = await request(`${url}${upload.address}`, { method: 'HEAD', headers: TUS });
  if (head === undefined) return false;
  let offset = Number(head.headers.get('upload-offset') ?? Number.NaN);
  if (head.status !== 200 || !(offset >= upload.acknowledged)) {
    fault(ledger, `an upload stood at ${upload.acknowledged} bytes, and now at ${offset} (${head.status})`);
    return false;
  }
  while (offset < upload.bytes.length) {
    if (alive.aborted) return false;
    const end = Math.min(upload.bytes.length, offset + 1 + Math.floor(8000 * random.next()));
    const answer = await request(`${url}${upload.address}`, {
      method: 'PATCH',
      headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: upload.bytes.slice(offset, end),
    });
    if (answer === undefined) return false;
    if (answer.status !== 204) {
      fault(ledger, `bytes ${offset}–${end} were answered with ${answer.status}`);
      return false;
    }
    offset = end;
    upload.acknowledged = end;
    await pause(5 * random.next());
  }
  return true;
}

/** Corrects beats of recordings that have an analysis. */
export async function sendCorrections({ url, ledger, random, alive }: LoadOptions): Promise<void> {
  while (!alive.aborted) {
    await pause(30 + 100 * random.next());
    const known = ledger.recordings.filter(({ id }) => id !== undefined);
    const analysed = known.filter((sent) => sent.analysed);
    // Most others have no beats yet.
    const among = analysed.length === 0 || random.next() < 0.2 ? known : analysed;
    const sent = among[Math.floor(among.length * random.next())];
    if (sent?.id === undefined) continue;
    const { id } = sent;
    const page = await request(`${url}/v1/recordings/${id}/beats?limit=100`);
    if (page === undefined) return;
    if (page.status !== 200) {
      if (sent.analysed) fault(ledger, `the beats of ${id} were shown, and are answered with ${page.status}`);
      continue;
    }
    sent.analysed = true;
    const { beats } = page.body as { beats: { sample: number; class: string }[] };
    const beat = beats[Math.floor(beats.length * random.next())];
    if (beat === undefined) continue;
    const changes = [{ kind: 'relabel', sample: beat.sample, class: beat.class === 'V' ? 'N' : 'V' }];
    const answer = await request(`${url}/v1/recordings/${id}/beats`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': page.headers.get('etag') ?? '' },
      body: JSON.stringify({ changes }),
    });
    if (answer === undefined) return;
    if (answer.status === 200) {
      const { revision } = answer.body as { revision: number };
      ledger.corrections.push({ recording: id, revision, changes: JSON.stringify(changes) });
    } else fault(ledger, `a correction was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
