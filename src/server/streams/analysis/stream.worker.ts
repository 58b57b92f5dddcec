/** One thread of analysers: hears streams, and asks the networks for all of them together. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  createStreamAnalyzer,
  createStreamBatcher,
  type StreamAnalyzer,
  type StreamModels,
} from '../../../analysis/index.js';
import { breatheWhenDue, type StreamEvent } from '../../../core/index.js';
import { loadModelSet } from '../../../models/node.js';
import { leadsOf, type StreamFormat } from '../../contract/stream-chunk.js';
import { readSampleLog } from '../log/sample-log.js';
import { writeRecord } from '../record/write-record.js';
import type { AnalysisReport, AnalysisRequest, AnalysisSettings, StreamToHear } from './messages.js';

/** s before the last events that are heard again, so that levels and rhythms are known where a stream goes on. */
const WARM_UP_S = 120;
/** s of samples after which the place to go on from is reported although nothing was told. */
const QUIET_S = 60;
/** Requests of one stream that may wait while it is heard again. */
const MOST_WAITING = 64;
/** ms between the begins of two rounds at least: what comes meanwhile goes through the networks together. */
const ROUND_MS = 25;

interface Heard {
  readonly number: number;
  readonly format: StreamFormat;
  readonly analyzer: StreamAnalyzer;
  /** Whether no more comes. */
  ended: boolean;
  /** Samples heard when the place to go on from was last reported. */
  reported: number;
}

const port = parentPort;
if (port === null) throw new Error('stream.worker is the entry of a thread');
const settings = workerData as AnalysisSettings;
const models: StreamModels = settings.networks
  ? await loadModelSet({ threads: 1, models: ['beats', 'rhythm', 'ventricular'] })
  : {};
const batcher = createStreamBatcher(models);

const streams = new Map<number, Heard>();
const byAnalyzer = new Map<StreamAnalyzer, Heard>();
const waiting = new Set<Heard>();
/** Requests of a stream that is still read again from its log. */
const held = new Map<number, AnalysisRequest[]>();
/** The round that is under way. */
let round: Promise<void> | null = null;

const report = (message: AnalysisReport): void => port.postMessage(message);
const fail = (stream: number, error: unknown): void => {
  forget(stream);
  report({ kind: 'failed', stream, message: error instanceof Error ? error.message : String(error) });
};

port.on('message', (request: AnalysisRequest) => {
  const queue = held.get(request.stream);
  if (queue !== undefined) queue.push(request);
  else take(request);
});

function take(request: AnalysisRequest): void {
  const { stream } = request;
  switch (request.kind) {
    case 'hear':
      void hear(stream, request.what).catch((error: unknown) => fail(stream, error));
      return;
    case 'write':
      void writeRecord(request.record).then(
        () => report({ kind: 'written', stream }),
        (error: unknown) => fail(stream, error),
      );
      return;
    case 'forget':
      forget(stream);
      return;
    case 'close':
      for (const number of [...streams.keys()]) forget(number);
      void close();
      return;
    case 'samples':
    case 'end': {
      const heard = streams.get(stream);
      if (heard === undefined) return;
      try {
        if (request.kind === 'end') {
          heard.ended = true;
          heard.analyzer.end();
        } else push(heard, request.count, request.bytes);
      } catch (error) {
        fail(stream, error);
        return;
      }
      waiting.add(heard);
      run();
    }
  }
}

function push({ analyzer, format }: Heard, count: number, bytes: Uint8Array | null): void {
  if (bytes === null) analyzer.gap(count);
  else analyzer.push(leadsOf({ count, bytes }, format));
}

/** Begins to hear a stream; what its log holds is heard first. */
async function hear(number: number, what: StreamToHear): Promise<void> {
  const { format, resume, phase } = what;
  const start = resume === null ? 0 : Math.max(0, resume.heard - Math.round(WARM_UP_S * format.fs));
  const analyzer = createStreamAnalyzer({
    fs: format.fs,
    leads: format.leads,
    models,
    start,
    phase,
    ...(resume === null ? {} : { resume }),
  });
  const heard: Heard = { number, format, analyzer, ended: false, reported: what.held };
  streams.set(number, heard);
  byAnalyzer.set(analyzer, heard);
  if (what.held > start) {
    held.set(number, []);
    for await (const { count, bytes } of readSampleLog(what.folder, format, start, what.held)) {
      if (!streams.has(number)) break;
      push(heard, count, bytes);
      waiting.add(heard);
      // The networks keep up with what is heard again, so that requests do not pile up.
      while (analyzer.waiting > MOST_WAITING) {
        run();
        await round;
      }
      await breatheWhenDue();
    }
    const late = held.get(number) ?? [];
    held.delete(number);
    for (const request of late) take(request);
    run();
  }
}

function forget(number: number): void {
  const heard = streams.get(number);
  held.delete(number);
  if (heard === undefined) return;
  streams.delete(number);
  byAnalyzer.delete(heard.analyzer);
  waiting.delete(heard);
}

/** Ends this thread once no network computes. */
async function close(): Promise<never> {
  while (round !== null) await round;
  process.exit(0);
}

function tell(heard: Heard, events: readonly StreamEvent[]): void {
  const { number, analyzer } = heard;
  heard.reported = analyzer.heard;
  report({ kind: 'told', stream: number, events, resume: analyzer.resumePoint() });
}

/** Begins a round when none is under way. */
function run(): void {
  round ??= rounds().finally(() => {
    round = null;
    if (waiting.size > 0) run();
  });
}

async function rounds(): Promise<void> {
  while (waiting.size > 0) {
    const began = performance.now();
    const asked = [...waiting];
    waiting.clear();
    try {
      await batcher.run(
        asked.map(({ analyzer }) => analyzer),
        (analyzer, events) => {
          const heard = byAnalyzer.get(analyzer);
          if (heard !== undefined) tell(heard, events);
        },
      );
    } catch (error) {
      for (const { number } of asked) fail(number, error);
      continue;
    }
    const heard: [number, number][] = [];
    for (const one of asked) {
      const { number, analyzer, ended } = one;
      if (!streams.has(number)) continue;
      heard.push([number, analyzer.heard]);
      // Where nothing happens for long, the place to go on from moves all the same.
      if (analyzer.heard - one.reported > QUIET_S * analyzer.fs) tell(one, []);
      if (analyzer.waiting > 0) waiting.add(one);
      else if (ended) {
        forget(number);
        report({ kind: 'ended', stream: number });
      }
    }
    report({ kind: 'heard', heard });
    const left = ROUND_MS - (performance.now() - began);
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  }
}
