import { BEAT_CLASSES } from '../core/index.js';
import {
  bootstrapPatients,
  type ClassCounts,
  classStatistics,
  countClasses,
  type RecordCounts,
} from '../evaluation/index.js';
import type { BeatSet } from './dataset.js';

/** F1 of N, S and V and their mean, 0…1, of the most probable classes. */
export function validationFigures(logits: Float32Array, labels: Int8Array): Record<string, number> {
  return namedFigures(countClasses(labels, mostProbable(logits)));
}

/** 95 % intervals of `validationFigures` under resampling of patients; none below two patients. */
export function validationIntervals(
  logits: Float32Array,
  set: Pick<BeatSet, 'records' | 'record' | 'label'>,
): Record<string, readonly [number, number]> {
  const predicted = mostProbable(logits);
  const records = set.records.map(({ id, patient }, index): RecordCounts => {
    const own = [...set.record.keys()].filter((i) => set.record[i] === index);
    const counts = countClasses(
      own.map((i) => set.label[i]),
      own.map((i) => predicted[i]),
    );
    return { record: id, patient, counts };
  });
  if (new Set(records.map(({ patient }) => patient)).size < 2) return {};
  const intervals = bootstrapPatients(records, namedFigures, { seed: 1 });
  return Object.fromEntries(Object.entries(intervals).map(([name, { low, high }]) => [name, [low, high]]));
}

function namedFigures(counts: ClassCounts): Record<string, number> {
  const { macroF1, classes } = classStatistics(counts);
  return { 'macro-F1': macroF1, 'S-F1': classes.S.f1, 'V-F1': classes.V.f1 };
}

/** Index of the largest logit of each row. */
export function mostProbable(logits: Float32Array): number[] {
  const kinds = BEAT_CLASSES.length;
  return Array.from({ length: logits.length / kinds }, (_, i) => {
    let best = 0;
    for (let c = 1; c < kinds; c++) if (logits[i * kinds + c] > logits[i * kinds + best]) best = c;
    return best;
  });
}
