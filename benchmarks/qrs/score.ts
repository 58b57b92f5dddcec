import { readdirSync } from 'node:fs';
import type { Annotation } from '../../src/core/index.js';
import { detectBeats, EC57_MAP } from '../../src/ecg/index.js';
import type { BeatComparison } from '../../src/evaluation/index.js';
import {
  addMatrices,
  beatStatistics,
  compareBeats,
  EC57_START,
  EC57_WINDOW,
  fraction,
} from '../../src/evaluation/index.js';
import { openFile } from '../../src/formats/node.js';

/** One record's beats, found and true. */
export interface FoundRecord {
  readonly record: string;
  readonly fs: number;
  readonly reference: readonly Annotation[];
  /** R peaks as annotations: every beat found is an `N`. */
  readonly found: readonly Annotation[];
}

/** The records of a folder that have annotations, sorted. */
export function recordNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.atr'))
    .map((file) => file.slice(0, -4))
    .sort();
}

/** Reads a record and finds its beats. */
export async function findRecord(folder: string, record: string): Promise<FoundRecord> {
  const reader = await openFile(`${folder}/${record}`);
  try {
    const { signals, fs, annotations } = await reader.read();
    const found = detectBeats(
      signals.map((signal) => signal.samples),
      fs,
    );
    return {
      record,
      fs,
      reference: annotations,
      found: Array.from(found, (sample) => ({ sample, symbol: 'N' })),
    };
  } finally {
    await reader.close();
  }
}

/** What `bxb` says of each record from 5:00, at a match window in s. */
export function scoreRecords(records: readonly FoundRecord[], matchWindow = EC57_WINDOW): BeatComparison[] {
  return records.map(({ record, fs, reference, found }) =>
    compareBeats(reference, found, { record, fs, from: EC57_START, matchWindow, map: EC57_MAP }),
  );
}

/** Percent. */
export interface QrsFigures {
  readonly sensitivity: number;
  readonly positivePredictivity: number;
}

/** Gross sensitivity and positive predictivity of all beats, of one comparison or several. */
export function qrsFigures(...comparisons: readonly BeatComparison[]): QrsFigures {
  const { qrs } = beatStatistics(addMatrices(comparisons.map((c) => c.matrix)), true);
  return {
    sensitivity: 100 * fraction(qrs.sensitivity),
    positivePredictivity: 100 * fraction(qrs.positivePredictivity),
  };
}

/** Test minus reference over all pairs of all records, mean size in ms. */
export function meanTimingErrorMs(comparisons: readonly BeatComparison[]): number {
  const pairs = comparisons.reduce((sum, c) => sum + c.pairs.length, 0);
  return comparisons.reduce((sum, c) => sum + c.pairs.length * c.timing.meanAbsoluteMs, 0) / pairs;
}
