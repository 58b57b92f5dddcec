import {
  type Annotation,
  EcgError,
  firstWhere,
  type Gap,
  type ReadRange,
  type Recording,
  type RecordingInfo,
  type Signal,
} from '../core/index.js';

/** Samples of all signals together that one read may hold: 1 GiB of 32-bit floats. */
const LARGEST_READ = 2 ** 28;

/** A read range with everything filled in. */
export interface ResolvedRange {
  /** Samples at the recording's `fs`. */
  readonly from: number;
  readonly to: number;
  readonly signals: readonly number[];
}

/**
 * The range to read, complete and inside the recording.
 *
 * @throws EcgError `bad-option` when it begins before 0 or after the end, ends before it begins, names a signal that
 *   is not there, or asks for more than 1 GiB at once
 */
export function resolveRange(info: RecordingInfo, range: ReadRange | undefined): ResolvedRange {
  const where = `${info.format}: ${info.id}`;
  const from = range?.from ?? 0;
  const to = Math.min(range?.to ?? info.length, info.length);
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to) {
    throw new EcgError(
      'bad-option',
      `${where}: samples ${from}…${range?.to ?? ''} are no range within 0…${info.length}`,
    );
  }
  const signals = range?.signals ?? info.signals.map((_, index) => index);
  for (const index of signals) {
    if (info.signals[index] === undefined) {
      throw new EcgError(
        'bad-option',
        `${where}: there is no signal ${index}, it has ${info.signals.length} (0…${info.signals.length - 1})`,
      );
    }
  }
  const samples = signals.reduce(
    (sum, index) => sum + (to - from) * Math.max(1, (info.signals[index]?.fs ?? 0) / info.fs),
    0,
  );
  if (samples > LARGEST_READ) {
    throw new EcgError(
      'bad-option',
      `${where}: ${samples} samples are too many for one read, ask for at most ${LARGEST_READ} at a time`,
    );
  }
  return { from, to, signals };
}

/** Where sample `position` of the recording's time base lies in a signal of another rate. */
export function sampleAtRate(position: number, signalFs: number, recordingFs: number): number {
  return signalFs === recordingFs ? position : Math.round((position * signalFs) / recordingFs);
}

/** A slice with its samples; annotations and gaps of the range, counted from its first sample. */
export function sliceOf(info: RecordingInfo, range: ResolvedRange, signals: readonly Signal[]): Recording {
  return {
    ...info,
    signals,
    offset: range.from,
    length: range.to - range.from,
    annotations: annotationsWithin(info.annotations, range.from, range.to, info.length),
    gaps: gapsWithin(info.gaps, range.from, range.to),
  };
}

/** Marks at or past the end of the recording belong to the slice that reaches its end, those before 0 to the first. */
function annotationsWithin(
  all: readonly Annotation[],
  from: number,
  to: number,
  length: number,
): readonly Annotation[] {
  const begin = from === 0 ? 0 : firstAt(all, from);
  const end = to === length ? all.length : firstAt(all, to);
  const kept = all.slice(begin, end);
  return from === 0 ? kept : kept.map((mark) => ({ ...mark, sample: mark.sample - from }));
}

const firstAt = (all: readonly Annotation[], sample: number): number =>
  firstWhere(all.length, (i) => (all[i] as Annotation).sample >= sample);

function gapsWithin(all: readonly Gap[], from: number, to: number): readonly Gap[] {
  return all
    .filter((gap) => gap.to > from && gap.from < to)
    .map((gap) => ({ from: Math.max(gap.from, from) - from, to: Math.min(gap.to, to) - from }));
}
