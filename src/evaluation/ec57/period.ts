import { EcgError } from '../../core/index.js';

/** Which part of a recording is compared, and how close in time two beats must be. */
export interface ComparisonPeriod {
  /** Hz: the time base of both annotation lists. */
  readonly fs: number;
  /** s; `EC57_START` is what the standard asks for. */
  readonly from: number;
  /** s; the end of the recording when omitted. */
  readonly to?: number;
  /** s; `EC57_WINDOW` when omitted. */
  readonly matchWindow?: number;
}

/** s: the learning period that EC57 leaves out. */
export const EC57_START = 300;
/** s: how far a test beat may lie from its reference beat. */
export const EC57_WINDOW = 0.15;

/** The period in samples. */
export interface SamplePeriod {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly window: number;
}

/** @throws EcgError `bad-option` for an fs, start, end or window that makes no sense */
export function samplePeriod({
  fs,
  from,
  to = Infinity,
  matchWindow = EC57_WINDOW,
}: ComparisonPeriod): SamplePeriod {
  const wrong = (what: string, got: number) =>
    new EcgError('bad-option', `evaluation: ${what}, got ${got}; give seconds and Hz`);
  if (!(fs > 0 && fs < Infinity)) throw wrong('fs must be positive', fs);
  if (!(from >= 0 && from < Infinity)) throw wrong('from must be 0 or later', from);
  if (!(to > from)) throw wrong(`to must lie after from (${from})`, to);
  if (!(matchWindow >= 0 && matchWindow < Infinity))
    throw wrong('matchWindow must be 0 or more', matchWindow);
  return { from: Math.round(from * fs), to: Math.round(to * fs), window: Math.round(matchWindow * fs) };
}
