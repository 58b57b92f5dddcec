import { EcgError } from '../../core/index.js';

/** Sets of classes of some beats with their true classes, and whose they are. */
export interface ScoredSets {
  /** A bit mask a beat: bit c for class c. */
  readonly sets: ArrayLike<number>;
  /** Index of the true class of each beat. */
  readonly labels: ArrayLike<number>;
  /** Index into `records` of each beat. */
  readonly groups: ArrayLike<number>;
  readonly records: readonly string[];
  readonly classes: number;
}

/** How often sets of classes hold the true class, over all and in each record. Shares are 0…1, NaN of none. */
export interface SetCoverage {
  readonly coverage: number;
  /** Classes in a set, mean. */
  readonly meanSize: number;
  /** Sets of one class. */
  readonly single: number;
  /** Of the beats of each class, in the order of the masks' bits. */
  readonly perClass: readonly number[];
  /** Of the beats of each class in each record that has some, records counting the same. */
  readonly perClassOfRecords: readonly number[];
  readonly perRecord: readonly {
    readonly record: string;
    readonly beats: number;
    readonly coverage: number;
    readonly meanSize: number;
  }[];
  readonly lowest: number;
  readonly median: number;
  /** Share of the records covered below 90 %. */
  readonly below90: number;
}

/**
 * How often sets of classes hold the true class: a promise for all may be broken in every tenth patient and kept on
 * average, so that each record is counted by itself.
 *
 * @throws EcgError `bad-shape` when sets, labels and records do not fit or there is none
 */
export function setCoverage({ sets, labels, groups, records, classes }: ScoredSets): SetCoverage {
  const n = labels.length;
  if (n === 0 || sets.length !== n || groups.length !== n) {
    throw new EcgError(
      'bad-shape',
      `setCoverage: ${sets.length} sets, ${n} labels and ${groups.length} records, give one each a beat and a beat at least`,
    );
  }
  const own = records.map(() => ({
    beats: 0,
    held: 0,
    size: 0,
    classBeats: new Float64Array(classes),
    classHeld: new Float64Array(classes),
  }));
  let single = 0;
  for (let i = 0; i < n; i++) {
    const record = own[groups[i]!]!;
    const held = (sets[i]! >> labels[i]!) & 1;
    const size = bits(sets[i]!);
    record.beats++;
    record.held += held;
    record.size += size;
    record.classBeats[labels[i]!]! += 1;
    record.classHeld[labels[i]!]! += held;
    if (size === 1) single++;
  }
  const total = (of: (record: (typeof own)[number]) => number) =>
    own.reduce((sum, record) => sum + of(record), 0);
  const perRecord = records
    .map((record, i) => ({
      record,
      beats: own[i]!.beats,
      coverage: own[i]!.held / own[i]!.beats,
      meanSize: own[i]!.size / own[i]!.beats,
    }))
    .filter(({ beats }) => beats > 0);
  const sorted = perRecord.map(({ coverage }) => coverage).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const each = Array.from({ length: classes }, (_, c) => c);
  return {
    coverage: total(({ held }) => held) / n,
    meanSize: total(({ size }) => size) / n,
    single: single / n,
    perClass: each.map((c) => total((r) => r.classHeld[c]!) / total((r) => r.classBeats[c]!)),
    perClassOfRecords: each.map((c) => {
      const having = own.filter((r) => r.classBeats[c]! > 0);
      return having.reduce((sum, r) => sum + r.classHeld[c]! / r.classBeats[c]!, 0) / having.length;
    }),
    perRecord,
    lowest: sorted[0]!,
    median: sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2,
    below90: sorted.filter((coverage) => coverage < 0.9).length / sorted.length,
  };
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
