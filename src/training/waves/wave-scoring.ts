import { type ComparedLead, type MarkReport, reportMarks } from '../../evaluation/index.js';
import type { WaveDecoding } from '../../models/index.js';
import { type BeatSource, type PredictedLead, scoreRecord } from './score-record.js';
import type { WaveRecipe } from './wave-recipe.js';
import type { WaveRecord } from './wave-records.js';

/** Of the bootstrap. */
const SEED = 1;

/** What is compared with what. */
const VIEWS = {
  single: 'each lead alone, beside its own reference',
  joint: 'twelve leads together, beside each lead’s reference',
  median: 'twelve leads together, beside the median of the leads’ references',
} as const;

/** What is compared with what: a key of the table above. */
export type WaveView = keyof typeof VIEWS;

/** Collects the comparisons of records that their networks have not seen. */
export interface WaveScoring {
  add(record: WaveRecord, leads: readonly PredictedLead[], decoding: WaveDecoding): void;
  /** @throws EcgError `too-short` below two patients */
  reports(source: BeatSource, view: WaveView): MarkReport[];
  /** What every figure says of where it comes from. */
  title(source: BeatSource, view: WaveView): string;
}

/** A scoring of the recipe's folds, empty. */
export function createWaveScoring({ folds, input }: WaveRecipe): WaveScoring {
  const all: Record<BeatSource, Record<WaveView, ComparedLead[]>> = {
    detected: { single: [], joint: [], median: [] },
    given: { single: [], joint: [], median: [] },
  };
  let records = 0;
  return {
    add: (record, leads, decoding) => {
      records++;
      for (const source of ['detected', 'given'] as const) {
        const { single, joint, median } = scoreRecord(record, leads, input, decoding, source);
        all[source].single.push(...single);
        all[source].joint.push(...joint);
        all[source].median.push(median);
      }
    },
    reports: (source, view) => reportMarks(all[source][view], SEED),
    title: (source, view) =>
      `ludb · ${records} patients in ${folds.count} folds · R peaks ${source === 'given' ? 'given' : 'found'} · ${VIEWS[view]} · within 150 ms`,
  };
}
