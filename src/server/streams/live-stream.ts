import type { Logger } from 'pino';
import type { SampleChunk } from '../contract/stream-chunk.js';
import type { NumberedEvent } from '../contract/stream-messages.js';
import type { AnalysisPool, HeardStream, StreamListener } from './analysis/analysis-pool.js';
import { openEventLog } from './log/event-log.js';
import { openSampleLog } from './log/sample-log.js';
import type { StreamIdentity } from './stream-identity.js';

/** What somebody who follows a stream is told. */
export interface StreamWatcher {
  /** Events were stored: they are given, and can be read. */
  events?(fresh: readonly NumberedEvent[]): void;
  /** Samples were stored. */
  samples?(chunk: SampleChunk): void;
  /** The analysis has caught up a little. */
  heard?(): void;
  /** The stream is a recording now. */
  ended?(): void;
}

/** A stream whose log is open. */
export interface LiveStream {
  readonly identity: StreamIdentity;
  readonly folder: string;
  /** Samples that are stored. */
  readonly held: number;
  /** The sample that is wanted next: those before it are stored or being written. */
  readonly expected: number;
  readonly lastEvent: number;
  /** Samples that are stored and not heard yet. */
  readonly lag: number;
  /** ms since 1970 of the last sample that came. */
  readonly lastHeardOf: number;
  /** Stores samples that begin at `expected`; they outlive this process then. */
  write(chunk: SampleChunk): Promise<void>;
  /** Stores that nothing was recorded from `expected` to one before `to`. */
  gap(to: number): Promise<void>;
  /** When nothing is being written: `expected` is `held` then. */
  settled(): Promise<void>;
  events(after: number, count: number): Promise<NumberedEvent[]>;
  /** Tells what comes until the function that it returns is called. */
  watch(watcher: StreamWatcher): () => void;
  /** Lets the analysis tell its last events. */
  finishAnalysis(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What a stream works with. */
export interface StreamSurroundings {
  readonly pool: AnalysisPool;
  readonly log: Logger;
  readonly now: () => number;
}

/** A thread that dies as often without getting any further in this stream is not tried again. */
const MOST_LOSSES = 5;
/** ms until events that could not be stored, as the disk is full, are told and stored again. */
const STORE_AGAIN_MS = 2000;

/** Opens a stream: repairs its log and lets the analysis go on where it was. */
export async function openLiveStream(
  identity: StreamIdentity,
  folder: string,
  { pool, log, now }: StreamSurroundings,
): Promise<LiveStream> {
  const samples = await openSampleLog(folder);
  const events = await openEventLog(folder);
  const { format } = identity;
  const watchers = new Set<StreamWatcher>();
  let heard = samples.next;
  let pending = 0;
  let pendingEnd = 0;
  let idle: (() => void)[] = [];
  let lastHeardOf = now();
  let stored: Promise<unknown> = Promise.resolve();
  /** Samples before this one are read from the log by the analysis, later ones are pushed to it. */
  let fed = 0;
  let analysis: HeardStream | null = null;
  let losses = 0;
  /** Whether the analysis has been dropped and begins again. */
  let interrupted = false;
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  let ending: { resolve(): void } | null = null;
  /** Where in its turns a stream looks at windows: spread evenly over streams, the same after a restart. */
  const phase = (Number.parseInt(identity.id.slice(-6), 16) % 1000) / 1000;

  const hear = (): void => {
    // A thread that is gone has told nothing after this, so that what it told is stored before the next one begins.
    let current: HeardStream | null = null;
    const mine = () => !closed && analysis === current;
    const listener: StreamListener = {
      told(fresh, resume) {
        if (!mine()) return;
        stored = stored
          .then(() => events.append(fresh, resume))
          .then(
            (numbered) => {
              losses = 0;
              if (numbered.length === 0) return;
              for (const watcher of watchers) watcher.events?.(numbered);
            },
            (error: unknown) => {
              log.error({ stream: identity.id, err: error }, 'events of a stream cannot be stored');
              // What could not be stored is told again by an analysis that begins where the stored events end.
              if (!mine()) return;
              drop();
              again = setTimeout(goOn, STORE_AGAIN_MS);
              again.unref();
            },
          );
      },
      heard(count) {
        if (!mine()) return;
        heard = count;
        for (const watcher of watchers) watcher.heard?.();
      },
      ended: () => {
        void stored.then(() => ending?.resolve());
      },
      lost: () => {
        if (!mine()) return;
        drop();
        losses++;
        if (losses <= MOST_LOSSES) {
          void stored.then(goOn);
          return;
        }
        interrupted = false;
        log.error(
          { stream: identity.id },
          'a stream is not analysed any more: its analysis failed too often',
        );
        void stored.then(() => ending?.resolve());
      },
      failed(message) {
        log.error({ stream: identity.id, fault: message }, 'a stream is not analysed any more');
        analysis = null;
        heard = samples.next;
        for (const watcher of watchers) watcher.heard?.();
        void stored.then(() => ending?.resolve());
      },
    };
    fed = samples.next;
    current = pool.hear({ format, folder, held: fed, resume: events.resume, phase }, listener);
    analysis = current;
  };
  const drop = (): void => {
    analysis?.forget();
    analysis = null;
    interrupted = true;
  };
  const goOn = (): void => {
    if (closed) return;
    interrupted = false;
    hear();
    if (ending !== null) analysis?.end();
  };
  hear();

  /** Writes, hands on what is written, and only then counts it as done: who waits for that may end the stream. */
  const put = async (count: number, write: () => Promise<void>, pass: () => void): Promise<void> => {
    pendingEnd = stream.expected + count;
    pending++;
    try {
      await write();
      pass();
    } finally {
      pending--;
      if (pending === 0) {
        const settled = idle;
        idle = [];
        for (const resolve of settled) resolve();
      }
    }
    lastHeardOf = now();
  };
  const stream: LiveStream = {
    identity,
    folder,
    get held() {
      return samples.next;
    },
    get expected() {
      return pending > 0 ? pendingEnd : samples.next;
    },
    get lastEvent() {
      return events.last;
    },
    get lag() {
      return analysis === null ? 0 : Math.max(0, samples.next - heard);
    },
    get lastHeardOf() {
      return lastHeardOf;
    },
    write: (chunk) =>
      put(
        chunk.count,
        () => samples.append(chunk),
        () => {
          for (const watcher of watchers) watcher.samples?.(chunk);
          if (chunk.first >= fed) analysis?.push(chunk.count, chunk.bytes);
        },
      ),
    gap(to) {
      const first = stream.expected;
      return put(
        to - first,
        () => samples.appendGap(first, to - first),
        () => {
          if (first >= fed) analysis?.push(to - first, null);
        },
      );
    },
    settled: () => (pending === 0 ? Promise.resolve() : new Promise<void>((resolve) => idle.push(resolve))),
    events: (after, count) => events.read(after, count),
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async finishAnalysis() {
      await stream.settled();
      if (analysis === null && !interrupted) return;
      await new Promise<void>((resolve) => {
        ending = { resolve };
        analysis?.end();
      });
      analysis = null;
    },
    async sync() {
      await samples.sync();
      await events.sync();
    },
    async close() {
      if (closed) return;
      closed = true;
      clearTimeout(again);
      analysis?.forget();
      analysis = null;
      await stream.settled();
      await stored;
      await samples.close();
      await events.close();
    },
  };
  return stream;
}
