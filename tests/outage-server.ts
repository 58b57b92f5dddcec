import { createDevice, type Device } from '../benchmarks/streams/device.js';
import { synthesize } from '../src/ecg/index.js';
import { writeWfdb } from '../src/formats/index.js';
import { parseConfig, type RunningServer, startServer } from '../src/server/index.js';

/** A whole server in this process, with what its clients ask for. */
export interface OutageServer extends RunningServer {
  /** A JSON request. */
  ask(path: string, options?: RequestInit): Promise<Asked>;
  /** Uploads files as one recording. */
  upload(files: ReadonlyMap<string, Uint8Array>, query?: string): Promise<Asked>;
  /** The recording once none of its jobs is open any more. */
  settled(id: string, ms?: number): Promise<Recording>;
}

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  // Tests say themselves what they expect of it.
  readonly body: Record<string, unknown> & { readonly id: string; readonly code?: string };
}

interface Recording {
  readonly id: string;
  readonly status: string;
  readonly analysis: unknown;
  readonly length: number;
  readonly files: readonly { readonly name: string; readonly position: number }[];
}

/** Starts one with any of its options, by their dotted names. */
export async function startOutageServer(flags: Readonly<Record<string, unknown>>): Promise<OutageServer> {
  const server = await startServer(parseConfig({ flags: { port: 0, log: 'silent', ...flags } }));
  return { ...clientOf(server.url), ...server };
}

/** What clients ask a server for, wherever it runs. */
export function clientOf(url: string): Pick<OutageServer, 'ask' | 'upload' | 'settled'> {
  const ask: OutageServer['ask'] = async (path, options) => {
    const answer = await fetch(url + path, options);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      body: (isJson ? JSON.parse(text) : { text }) as Asked['body'],
    };
  };
  return {
    ask,
    upload(files, query = '') {
      const form = new FormData();
      for (const [name, bytes] of files)
        form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
      return ask(`/v1/recordings${query}`, { method: 'POST', body: form });
    },
    async settled(id, ms = 30_000) {
      for (const end = performance.now() + ms; ; ) {
        const { status, body } = await ask(`/v1/recordings/${id}`);
        const view = body as unknown as Recording;
        if (
          status === 200 &&
          (view.status === 'failed' || (view.status === 'ready' && view.analysis !== null))
        )
          return view;
        if (performance.now() > end)
          throw new Error(`not settled within ${ms} ms: ${status} ${JSON.stringify(body)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** JSON as the body of a request. */
export const asJson = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** A correction of the first beat of a recording. */
export async function correctBeat({ ask }: Pick<OutageServer, 'ask'>, id: string): Promise<Asked> {
  const page = await ask(`/v1/recordings/${id}/beats?limit=1`);
  const [beat] = (page.body['beats'] ?? []) as { sample: number; class: string }[];
  if (beat === undefined) return page;
  const changes = [{ kind: 'relabel', sample: beat.sample, class: beat.class === 'V' ? 'N' : 'V' }];
  const headers = { 'if-match': page.headers.get('etag') ?? '' };
  return ask(`/v1/recordings/${id}/beats`, asJson('PATCH', { changes }, headers));
}

const FS = 250;
const TUS = { 'tus-resumable': '1.0.0' };

/** Begins a resumable upload; its address is in `location`. */
export function beginUpload({ ask }: Pick<OutageServer, 'ask'>, name: string, bytes: number): Promise<Asked> {
  const headers = {
    ...TUS,
    'upload-length': String(bytes),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
  };
  return ask('/v1/uploads', { method: 'POST', headers });
}

/** Sends the next bytes of a resumable upload, from where the server says it stands. */
export async function goOnUploading(
  { ask }: Pick<OutageServer, 'ask'>,
  address: string,
  bytes: Uint8Array,
  to = bytes.length,
): Promise<Asked> {
  const head = await ask(address, { method: 'HEAD', headers: TUS });
  const offset = Number(head.headers.get('upload-offset'));
  const headers = {
    ...TUS,
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
  };
  return ask(address, { method: 'PATCH', headers, body: bytes.slice(offset, to) });
}

/** A synthetic heart of two leads as the files of a WFDB record. */
export function recordOf(seconds: number, seed = 1): Map<string, Uint8Array> {
  return writeWfdb(heart(seconds, seed), { format: 16 });
}

function heart(seconds: number, seed: number) {
  const events = [{ at: Math.min(10, seconds / 2), beats: 'VVV' }];
  const segment = { rhythm: 'sinus', seconds, heartRateBpm: 70, events } as const;
  return synthesize({ id: `heart${seed}`, segments: [segment] }, { fs: FS, seed, leads: ['MLII', 'V1'] });
}

/** A device that has so many seconds of a synthetic heart, and what it was told. */
export function deviceOf(
  url: () => string,
  seconds: number,
): {
  readonly device: Device;
  readonly faults: string[];
  readonly wrong: number[];
  readonly length: number;
} {
  const { signals } = heart(seconds, 7);
  const length = signals[0]?.samples.length ?? 0;
  const stored = new Int16Array(2 * length);
  signals.forEach(({ samples }, lead) => {
    for (let i = 0; i < length; i++) stored[2 * i + lead] = Math.round(200 * (samples[i] ?? 0));
  });
  const faults: string[] = [];
  const wrong: number[] = [];
  const device = createDevice({
    url: () => `${url().replace('http', 'ws')}/v1/streams/bed-1`,
    format: { fs: FS, leads: ['MLII', 'V1'], format: 'int16', gain: 200, baseline: 0 },
    read: (first, count) => new Uint8Array(stored.slice(2 * first, 2 * (first + count)).buffer),
    listener: {
      message: (message) => {
        if (message.type === 'error') faults.push(message.code);
      },
      wrongEvent: ({ seq }) => wrong.push(seq),
    },
  });
  return { device, faults, wrong, length };
}
