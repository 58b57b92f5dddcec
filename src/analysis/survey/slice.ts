import { firstAtOrAfter } from '../../core/index.js';
import type { SignalWindow } from '../../models/index.js';

/** A part of a recording with what lies around it. */
export interface Slice {
  /** Samples of the recording for which this slice answers; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Sample of the recording at which `leads` begin, at or before `from`. */
  readonly offset: number;
  /** mV, NaN where invalid; they reach beyond `from` and `to` where the recording does. */
  readonly leads: readonly Float32Array[];
  readonly names: readonly string[];
  /** Leads, the first ones, in which beats were found. */
  readonly listened: number;
  /** Hz. */
  readonly fs: number;
  /** R peaks of the whole recording. */
  readonly beats: Float64Array;
}

/** What looks at one slice after the other, ascending. */
export type Look = (slice: Slice) => Promise<void>;

/** Samples `from` … `to − 1` of the recording as networks are given them: the leads in which beats were found. */
export function windowOf(slice: Slice, from: number, to: number): SignalWindow {
  const { leads, names, listened, offset, fs, beats } = slice;
  const first = firstAtOrAfter(beats, from);
  const end = firstAtOrAfter(beats, to);
  return {
    leads: leads.slice(0, listened).map((x) => x.subarray(from - offset, to - offset)),
    names: names.slice(0, listened),
    fs,
    beats: beats.slice(first, end).map((sample) => sample - from),
  };
}
