import type { BeatClass } from '../../core/index.js';
import type { UncertainReason } from '../label-beats.js';

/** A class as it was told. */
export interface ToldClass {
  readonly beatClass: BeatClass | null;
  readonly probability: number | null;
  readonly uncertain: UncertainReason | null;
}

/** A beat of the last minutes. */
export interface BeatRecord {
  readonly sample: number;
  /** s, NaN where unknown or broken. */
  readonly rr: number;
  readonly first: ToldClass;
  /** Null until it is told; `finalAt` samples had been heard when it was asked for. */
  final: ToldClass | null;
  finalAt: number;
}

/** The class of a beat as it was known when `at` samples had been heard. */
export function classAt(record: BeatRecord, at: number): ToldClass {
  return record.final !== null && record.finalAt <= at ? record.final : record.first;
}

/** The part of a list from its first item that passes; the rest is forgotten once that is worth the move. */
export function forgetBefore<T>(items: T[], keep: (item: T) => boolean): void {
  if (items.length < 64 || keep(items[items.length >> 2])) return;
  let n = 0;
  while (n < items.length && !keep(items[n])) n++;
  items.splice(0, n);
}
