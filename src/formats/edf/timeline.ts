import type { Gap } from '../../core/index.js';

/** Data records that follow each other without a gap. */
interface Stretch {
  /** The first data record. */
  readonly record: number;
  readonly records: number;
  /** Where it begins, in samples of the recording's `fs`. */
  readonly position: number;
}

/** Where the data records of a file lie in time. */
export interface Timeline {
  readonly stretches: readonly Stretch[];
  /** Samples at `fs`, gaps included. */
  readonly length: number;
  readonly gaps: readonly Gap[];
  /** Records that say they begin before the one before them ends; they are put right after it. */
  readonly overlaps: number;
}

/**
 * The records of a file on one time axis: a record more than half a sample late begins a new stretch, after a gap.
 *
 * @param onsets   s, one a record; NaN follows on from the record before
 * @param duration s of one record, > 0
 * @param fs       Hz, the recording's
 */
export function timeline(onsets: Float64Array, duration: number, fs: number): Timeline {
  const stretches: Stretch[] = [];
  const gaps: Gap[] = [];
  let overlaps = 0;
  const origin = onsets.find((onset) => !Number.isNaN(onset)) ?? 0;
  const lengthOf = (records: number) => Math.round(records * duration * fs);
  let first = 0;
  let position = 0;
  let base = Number.isNaN(onsets[0]) ? origin : (onsets[0] ?? 0);
  const end = (record: number) => position + lengthOf(record - first);
  for (let record = 1; record < onsets.length; record++) {
    const onset = onsets[record] as number;
    const late = (onset - (base + (record - first) * duration)) * fs;
    // A rounding error of the sum, not of the file.
    if (Number.isNaN(onset) || Math.abs(late) <= 0.5 + 1e-6) continue;
    const before = end(record);
    const after = late > 0 ? Math.max(before, Math.round((onset - origin) * fs)) : before;
    if (late < 0) overlaps++;
    stretches.push({ record: first, records: record - first, position });
    if (after > before) gaps.push({ from: before, to: after });
    first = record;
    position = after;
    base = onset;
  }
  if (onsets.length > first) stretches.push({ record: first, records: onsets.length - first, position });
  return { stretches, length: end(onsets.length), gaps, overlaps };
}
