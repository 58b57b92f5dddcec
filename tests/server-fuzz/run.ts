import type { Document } from './document.js';
import { createJudge } from './judge.js';
import { type FuzzRequest, fuzzRequest, type Known } from './requests.js';
import { type Received, type Silence, send } from './send.js';

export interface FuzzRun {
  readonly host: string;
  readonly port: number;
  readonly seed: number;
  readonly from?: number;
  readonly requests: number;
  /** Requests at a time. */
  readonly atOnce: number;
  readonly files: Known['files'];
  /** ms after which an answer that has not come counts as a hang. */
  readonly hangMs: number;
  readonly onFailure: (index: number, request: FuzzRequest, what: string) => void;
  readonly onProgress?: (done: number) => void;
}

export interface FuzzTally {
  readonly requests: number;
  readonly failures: number;
  /** By status, or why there was none. */
  readonly statuses: ReadonlyMap<string, number>;
  /** Operations that answered with success at least once. */
  readonly succeeded: ReadonlySet<string>;
  readonly slowestMs: number;
  /** s for which the server's event loop stood still at most. */
  readonly stillS: number;
}

const MOST_IDS = 12;
/** Whose ids stand under which key of an answer. */
const ROOMS: Readonly<Record<string, string>> = {
  recordingId: 'recordings',
  recording: 'recordings',
  jobId: 'jobs',
  job: 'jobs',
};
const LOOP_EVERY_MS = 1000;
const LOOP_STILL_S = 1;

/** Sends requests made from the server's own description, and judges each answer by it. */
export async function runFuzz(run: FuzzRun): Promise<FuzzTally> {
  const { host, port, seed, from = 0, requests, atOnce, files } = run;
  const base = `http://${host}:${port}`;
  const document = (await (await fetch(`${base}/openapi.json`)).json()) as Document;
  const judge = createJudge(document);
  const statuses = new Map<string, number>();
  const succeeded = new Set<string>();
  const ids: Record<string, readonly string[]> = {};
  let failures = 0;
  let next = from;
  let done = 0;
  let slowestMs = 0;
  let stillS = 0;

  const fail = (index: number, request: FuzzRequest, what: string) => {
    failures++;
    run.onFailure(index, request, what);
  };
  const learn = (path: string, { headers, body }: Received) => {
    if (body.length > 200_000) return;
    const own = path.split('/')[2] ?? '';
    const told: [string, string][] = [
      ...(headers.get('location') ?? '').matchAll(/\/(\w+)\/([A-Za-z0-9_-]+)$/g),
    ].map(([, room, id]) => [room, id]);
    for (const [, key, id] of body.toString('latin1').matchAll(/"(\w+)":"([A-Za-z0-9_-]{1,64})"/g)) {
      const room = key === 'id' || (key === 'name' && own === 'models') ? own : ROOMS[key];
      if (room !== undefined) told.push([room, id]);
    }
    for (const [room, id] of told) {
      const known = ids[room] ?? [];
      if (!known.includes(id)) ids[room] = [...known, id].slice(-MOST_IDS);
    }
  };
  const one = async (index: number): Promise<void> => {
    const request = fuzzRequest(document, seed, index, { ids: { ...ids }, files });
    const received: Received | Silence = await send({ host, port }, request, run.hangMs);
    const key = 'silence' in received ? received.silence : String(received.status);
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
    slowestMs = Math.max(slowestMs, received.ms);
    if (!('silence' in received) && received.status < 300) {
      if (request.kind === 'valid' && request.place !== null)
        succeeded.add(request.place.operation.operationId);
      if (request.place !== null) learn(request.place.path, received);
    }
    const what = judge.judge(request, received);
    if (what !== undefined) fail(index, request, what);
    done++;
    run.onProgress?.(done);
  };
  const watch = async (): Promise<void> => {
    while (done < requests) {
      await new Promise((resolve) => setTimeout(resolve, LOOP_EVERY_MS));
      const text = await fetch(`${base}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      );
      stillS = Math.max(
        stillS,
        Number(/^ectopy_nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1] ?? 0),
      );
    }
  };
  const worker = async (): Promise<void> => {
    while (next < from + requests) await one(next++);
  };
  await Promise.all([watch(), ...Array.from({ length: atOnce }, worker)]);
  if (stillS > LOOP_STILL_S) {
    failures++;
    run.onFailure(
      -1,
      fuzzRequest(document, seed, from, { ids, files }),
      `the event loop stood still for ${stillS.toFixed(2)} s`,
    );
  }
  return { requests: done, failures, statuses, succeeded, slowestMs, stillS };
}
