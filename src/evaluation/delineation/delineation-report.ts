import { EcgError } from '../../core/index.js';
import { WAVE_MARKS } from '../../ecg/index.js';
import { bootstrapSums, type Interval } from '../classification/bootstrap.js';
import type { MarkComparisons, WaveMark } from './compare-marks.js';

/**
 * ms; standard deviations that experts' marks of the same wave have, twice over.
 *
 * Source: The CSE Working Party, Eur. Heart J. 6:815–825, 1985.
 */
export const CSE_TOLERANCES_MS: Readonly<Partial<Record<WaveMark, number>>> = {
  pOnset: 10.2,
  pOffset: 12.7,
  qrsOnset: 6.5,
  qrsOffset: 11.6,
  tOffset: 30.6,
};

/** The comparison of one lead, and whose it is. */
export interface ComparedLead {
  readonly patient: string;
  readonly marks: MarkComparisons;
}

/** A figure with its interval under resampling of patients. */
export interface MarkFigure extends Interval {
  readonly value: number;
}

/** One kind of mark over all leads; shares 0…1, times in ms. */
export interface MarkReport {
  readonly mark: WaveMark;
  /** Marks of the reference. */
  readonly count: number;
  readonly sensitivity: MarkFigure;
  readonly positivePredictivity: MarkFigure;
  /** Mean of test − reference. */
  readonly meanMs: MarkFigure;
  /** Standard deviation of all differences together. */
  readonly sdMs: MarkFigure;
  /** Mean over patients of each one's own standard deviation: what many publications call theirs. */
  readonly withinPatientMs: number;
  /** The tolerance for `sdMs`, where there is one. */
  readonly toleranceMs: number | null;
}

/** Numbers of one patient that add up: matched, missed, extra, sum and sum of squares of the differences. */
const WIDTH = 5;

/**
 * Sensitivity, positive predictivity and the differences of each kind of mark, with 95 % intervals by patient.
 *
 * @throws EcgError `too-short` below two patients
 */
export function reportMarks(leads: readonly ComparedLead[], seed: number): MarkReport[] {
  const patients = [...new Set(leads.map(({ patient }) => patient))].sort();
  if (patients.length < 2) {
    throw new EcgError('too-short', `marks: leads of ${patients.length} patients, give those of two or more`);
  }
  return WAVE_MARKS.map((mark) => {
    const sums = patients.map((patient) => {
      const own = new Float64Array(WIDTH);
      for (const lead of leads) {
        if (lead.patient !== patient) continue;
        const { matched, missed, extra, differencesMs } = lead.marks[mark];
        own[0] += matched;
        own[1] += missed;
        own[2] += extra;
        for (const difference of differencesMs) {
          own[3] += difference;
          own[4] += difference * difference;
        }
      }
      return own;
    });
    const total = new Float64Array(WIDTH);
    const add = (unit: number, sum: Float64Array): void => {
      for (let k = 0; k < WIDTH; k++) sum[k] += sums[unit][k];
    };
    patients.forEach((_, unit) => {
      add(unit, total);
    });
    const values = figuresOf(total);
    const intervals = bootstrapSums({ units: patients.length, width: WIDTH, add }, figuresOf, { seed });
    const figure = (name: keyof typeof values): MarkFigure => ({ value: values[name], ...intervals[name] });
    const within = sums.filter((own) => own[0] > 1).map((own) => figuresOf(own).sdMs);
    return {
      mark,
      count: total[0] + total[1],
      sensitivity: figure('sensitivity'),
      positivePredictivity: figure('positivePredictivity'),
      meanMs: figure('meanMs'),
      sdMs: figure('sdMs'),
      withinPatientMs: within.reduce((sum, sd) => sum + sd, 0) / within.length,
      toleranceMs: CSE_TOLERANCES_MS[mark] ?? null,
    };
  });
}

function figuresOf([matched, missed, extra, sum, squares]: Float64Array) {
  const meanMs = sum / matched;
  return {
    sensitivity: matched / (matched + missed),
    positivePredictivity: matched / (matched + extra),
    meanMs,
    sdMs: Math.sqrt(Math.max(0, squares - matched * meanMs * meanMs) / (matched - 1)),
  };
}
