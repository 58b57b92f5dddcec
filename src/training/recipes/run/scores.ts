import { confusionStatistics, type ExampleReport, evaluateExamples } from '../../../evaluation/index.js';
import { countConfusion } from '../../classifier/count-confusion.js';
import type { Prepared } from '../task.js';
import type { ExampleScores } from './metrics.js';

/** The three figures every network of a run has, of the most probable classes. */
export function scoresOf(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): ExampleScores {
  const confusion = countConfusion(probabilities, labels, classes);
  const { accuracy, macroF1, weightedF1 } = confusionStatistics({ confusion });
  return { accuracy, macroF1, weightedF1 };
}

/** Labels of the chosen examples. */
export function labelsOf({ set }: Pick<Prepared, 'set'>, part: Int32Array): Uint8Array {
  return Uint8Array.from(part, (i) => set.label[i]);
}

/** Everything said about predictions of the chosen examples, with intervals by patient where there are several. */
export function reportOf(
  { set, label }: Prepared,
  part: Int32Array,
  probabilities: Float32Array,
  rPeaks: 'given' | 'not used',
): ExampleReport {
  const patients = [...new Set(set.records.map(({ patient }) => patient))];
  const patientOf = set.records.map(({ patient }) => patients.indexOf(patient));
  const groups = Int32Array.from(part, (i) => patientOf[set.record[i]]);
  return evaluateExamples({
    classes: set.classes,
    labels: labelsOf({ set }, part),
    probabilities,
    groups,
    patients,
    split: label,
    rPeaks,
    bootstrap: { seed: 1 },
    by: new Set(groups).size > 1 ? 'patient' : 'example',
  });
}
