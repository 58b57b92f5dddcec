import { EcgError, type Recording, type RecordingInfo } from '../../src/core/index.js';
import { memorySource, open } from '../../src/formats/index.js';
import type { FuzzInput } from './inputs.js';

/** What one input came to. */
export interface Verdict {
  readonly outcome: 'recording' | 'error';
  readonly ms: number;
  /** MiB that the input left allocated. */
  readonly megabytes: number;
  /** What must not happen; undefined when all is well. */
  readonly violation: string | undefined;
}

/** ms and MiB that an input may take; the files are some kilobytes. */
const LONGEST_MS = 2000;
const MOST_MEGABYTES = 300;
/** Samples of all signals that are read at once; of longer recordings, pieces. */
const WHOLE = 2_000_000;
const PIECE = 5000;

/** Opens and reads an input: a sound recording or an `EcgError`, in bounded time and memory, is well. */
export async function judge(input: FuzzInput): Promise<Verdict> {
  const before = held();
  const start = performance.now();
  let outcome: Verdict['outcome'] = 'recording';
  let violation: string | undefined;
  try {
    const bytes = input.files.get(input.open) ?? new Uint8Array(0);
    const reader = await open(memorySource(input.open, bytes, input.files), input.options);
    violation = faultOfInfo(reader.info);
    for (const [from, to] of violation === undefined ? pieces(reader.info) : []) {
      violation ??= faultOfSlice(reader.info, await reader.read({ from, to }), from, to);
    }
    await reader.close();
  } catch (error) {
    outcome = 'error';
    if (!(error instanceof EcgError)) violation = `${(error as Error)?.stack ?? error}`;
    else if (error.message.length > 1600) violation = `a message of ${error.message.length} characters`;
  }
  const ms = performance.now() - start;
  const megabytes = (held() - before) / 2 ** 20;
  if (ms > LONGEST_MS) violation ??= `took ${Math.round(ms)} ms`;
  if (megabytes > MOST_MEGABYTES) violation ??= `took ${Math.round(megabytes)} MiB`;
  return { outcome, ms, megabytes, violation };
}

function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function pieces(info: RecordingInfo): [number, number][] {
  const rate = info.signals.reduce((sum, { fs }) => sum + fs / info.fs, 0);
  if (info.length * Math.max(1, rate) <= WHOLE) return [[0, info.length]];
  const piece = Math.max(1, Math.floor(Math.min(PIECE, WHOLE / Math.max(1, rate))));
  const middle = Math.floor(info.length / 2);
  return [
    [0, piece],
    [middle, Math.min(info.length, middle + piece)],
    [info.length - piece, info.length],
  ];
}

/** What a recording's description must be, whatever the file said. */
function faultOfInfo(info: RecordingInfo): string | undefined {
  if (!(info.fs > 0 && Number.isFinite(info.fs))) return `fs is ${info.fs}`;
  if (!Number.isSafeInteger(info.length) || info.length < 0) return `length is ${info.length}`;
  for (const { fs, lead, unit } of info.signals) {
    if (!(fs > 0 && Number.isFinite(fs))) return `fs of ${lead} is ${fs}`;
    if (typeof lead !== 'string' || typeof unit !== 'string') return 'a lead or unit is no text';
  }
  let last = Number.NEGATIVE_INFINITY;
  for (const { sample, symbol } of info.annotations) {
    if (!Number.isSafeInteger(sample) || sample < last)
      return `annotation ${symbol} at ${sample} after ${last}`;
    last = sample;
  }
  let end = 0;
  for (const gap of info.gaps) {
    if (!(gap.from >= end && gap.to > gap.from && gap.to <= info.length)) return `gap ${gap.from}…${gap.to}`;
    end = gap.to;
  }
  if (info.warnings.length > 1000 || info.warnings.some((warning) => warning.length > 2000))
    return 'endless warnings';
  return undefined;
}

function faultOfSlice(info: RecordingInfo, slice: Recording, from: number, to: number): string | undefined {
  if (slice.offset !== from || slice.length !== to - from) return `slice ${slice.offset}+${slice.length}`;
  for (const [i, { samples, fs }] of slice.signals.entries()) {
    const expected = ((to - from) * fs) / info.fs;
    if (Math.abs(samples.length - expected) > 1)
      return `signal ${i}: ${samples.length} samples for ${expected}`;
    for (const value of samples)
      if (value === Infinity || value === -Infinity) return `signal ${i} holds ${value}`;
  }
  return undefined;
}
