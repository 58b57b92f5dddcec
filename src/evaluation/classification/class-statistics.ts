import { BEAT_CLASSES, type BeatClass } from '../../core/index.js';
import type { ClassCounts } from './class-counts.js';
import { confusionStatistics } from './confusion-statistics.js';

/** How well one class is told; fractions, NaN where undefined. */
export interface ClassStatistic {
  /** Beats of the class in the reference. */
  readonly beats: number;
  readonly sensitivity: number;
  readonly positivePredictivity: number;
  readonly f1: number;
}

/** How well the classes are told; fractions, NaN where undefined. */
export interface ClassStatistics {
  readonly classes: Readonly<Record<BeatClass, ClassStatistic>>;
  /** Mean F1 of N, S and V, over those that occur or are predicted. */
  readonly macroF1: number;
  /** Mean F1 of all classes, weighted by their beats. */
  readonly weightedF1: number;
  /** Reference beats found and rightly classed, of all reference beats. */
  readonly accuracy: number;
}

const MACRO_CLASSES: readonly BeatClass[] = ['N', 'S', 'V'];

/**
 * The statistics of counts: one class against all others, nothing excused, unlike EC57's.
 *
 * A missed beat counts against its class's sensitivity, an extra one against the predictivity of what it was
 * called. F1 = 2TP / (2TP + FP + FN), NaN for a class that neither occurs nor is predicted.
 */
export function classStatistics(counts: ClassCounts): ClassStatistics {
  const statistics = confusionStatistics(counts);
  const entries = BEAT_CLASSES.map((name, c): [BeatClass, ClassStatistic] => {
    const { support, sensitivity, positivePredictivity, f1 } = statistics.classes[c]!;
    return [name, { beats: support, sensitivity, positivePredictivity, f1 }];
  });
  const classes = Object.fromEntries(entries) as Record<BeatClass, ClassStatistic>;
  const macro = MACRO_CLASSES.map((c) => classes[c].f1).filter((f1) => !Number.isNaN(f1));
  return {
    classes,
    macroF1: macro.reduce((sum, f1) => sum + f1, 0) / macro.length,
    weightedF1: statistics.weightedF1,
    accuracy: statistics.accuracy,
  };
}
