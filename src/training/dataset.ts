import { BEAT_CLASSES, EcgError } from '../core/index.js';
import type { PreparedRecord } from '../models/index.js';

/** One recording, prepared and labelled. */
export interface TrainingRecord {
  /** `mitdb/100` */
  readonly id: string;
  readonly patient: string;
  readonly prepared: PreparedRecord;
  /** Index into `BEAT_CLASSES` of each beat; −1 for a beat that is seen but neither trained on nor scored. */
  readonly labels: Int8Array;
}

/** The labelled beats of some records, in the records' order. */
export interface BeatSet {
  readonly records: readonly TrainingRecord[];
  /** Index into `records`. */
  readonly record: Int32Array;
  /** Index of the beat in its record. */
  readonly beat: Int32Array;
  readonly label: Int8Array;
}

/**
 * The labelled beats of the records.
 *
 * @param every  takes every n-th beat of each record
 * @throws EcgError `too-short` when no beat has a label
 */
export function collectBeats(records: readonly TrainingRecord[], every: number): BeatSet {
  const record: number[] = [];
  const beat: number[] = [];
  const label: number[] = [];
  records.forEach((r, index) => {
    let seen = 0;
    r.labels.forEach((c, i) => {
      if (c < 0 || seen++ % every !== 0) return;
      record.push(index);
      beat.push(i);
      label.push(c);
    });
  });
  if (label.length === 0) {
    throw new EcgError(
      'too-short',
      `training: no labelled beat in ${records.length} records, give recordings with beat annotations`,
    );
  }
  return {
    records,
    record: Int32Array.from(record),
    beat: Int32Array.from(beat),
    label: Int8Array.from(label),
  };
}

/** Beats of each class N S V F Q. */
export function classCounts(labels: Int8Array): number[] {
  const counts = new Array<number>(BEAT_CLASSES.length).fill(0);
  for (const label of labels) if (label >= 0) counts[label]++;
  return counts;
}
