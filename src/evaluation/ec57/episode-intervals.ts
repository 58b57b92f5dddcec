import { type BootstrapOptions, bootstrapSums, type Interval } from '../classification/bootstrap.js';
import { patientOf as defaultPatientOf, type PatientOf } from '../protocols.js';
import type { EpisodeComparison } from './compare-episodes.js';

/**
 * Intervals of gross duration sensitivity and positive predictivity under resampling of patients, each with all of
 * its records.
 *
 * @param comparisons  records named with their database, `mitdb/100`
 */
export function episodeIntervals(
  comparisons: readonly EpisodeComparison[],
  options: BootstrapOptions,
  patientOf: PatientOf = defaultPatientOf,
): Readonly<Record<'sensitivity' | 'positivePredictivity', Interval>> {
  const patients = new Map<string, Float64Array>();
  for (const { record, duration } of comparisons) {
    const patient = patientOf(record);
    const sum = patients.get(patient) ?? new Float64Array(3);
    sum[0] += duration.overlap;
    sum[1] += duration.reference;
    sum[2] += duration.test;
    patients.set(patient, sum);
  }
  const units = [...patients.values()];
  return bootstrapSums(
    {
      units: units.length,
      width: 3,
      add: (unit, sum) => {
        for (let k = 0; k < 3; k++) sum[k] += units[unit][k];
      },
    },
    ([overlap, reference, test]) => ({
      sensitivity: overlap / reference,
      positivePredictivity: overlap / test,
    }),
    options,
  );
}
