import { EcgError } from '../core/index.js';
import { type PatientOf, patientOf } from './protocols.js';

/** The records of a training run or of a scoring, named with their database: `mitdb/100`. */
export interface SplitRecords {
  readonly train: readonly string[];
  readonly validation?: readonly string[];
  readonly test?: readonly string[];
  /** `patientOf` when omitted. */
  readonly patientOf?: PatientOf;
}

/** Patients a title names; of more it says how many. */
const MOST_NAMED = 4;

declare const audited: unique symbol;

/** What an audited split may say of itself; every table wants one, and only `auditSplit` makes it. */
export interface SplitLabel {
  readonly [audited]: true;
  /** `DS1 → DS2`, or `LEAKY DS1 → DS2 (mitdb/201 on both sides)`; above four, `47 patients` instead of their names. */
  readonly title: string;
  readonly leaky: boolean;
  /** Patients with records on more than one side, sorted. */
  readonly sharedPatients: readonly string[];
}

/**
 * A split's label, once no patient stands on two sides of it, or the run is expressly named leaky.
 *
 * @param name  what the tables call the split: `DS1 → DS2`
 * @throws EcgError `bad-option` naming the patients and their records on both sides, unless `leaky`; for a
 *   record without its database
 */
export function auditSplit(
  name: string,
  { train, validation = [], test = [], patientOf: patient = patientOf }: SplitRecords,
  options: { readonly leaky?: boolean } = {},
): SplitLabel {
  const sides = new Map<string, Map<string, string[]>>();
  for (const [side, records] of Object.entries({ train, validation, test })) {
    for (const record of records) {
      const whose = patient(record);
      const of = sides.get(whose) ?? new Map<string, string[]>();
      of.set(side, [...(of.get(side) ?? []), record]);
      sides.set(whose, of);
    }
  }
  const shared = [...sides].filter(([, of]) => of.size > 1).sort(([a], [b]) => (a < b ? -1 : 1));
  if (shared.length > 0 && options.leaky !== true) {
    const whom = shared
      .map(([whose, of]) => `${whose} (${[...of].map(([s, r]) => `${s}: ${r.join(' ')}`).join(', ')})`)
      .join('; ');
    throw new EcgError(
      'bad-option',
      `split ${name}: a patient stands on both sides: ${whom}; move the records to one side or name the run leaky`,
    );
  }
  const patients = shared.map(([whose]) => whose);
  const leaky = options.leaky === true;
  const whom = patients.length > MOST_NAMED ? `${patients.length} patients` : patients.join(', ');
  const because = patients.length > 0 ? ` (${whom} on both sides)` : '';
  const label: Omit<SplitLabel, typeof audited> = {
    title: leaky ? `LEAKY ${name}${because}` : name,
    leaky,
    sharedPatients: patients,
  };
  return label as SplitLabel;
}
