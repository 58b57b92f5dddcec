import { EcgError } from '../../core/index.js';
import type { Conformal } from './doubt-schema.js';

/**
 * The classes that cannot be ruled out for each beat: bit c is set where class c is at least as probable as the
 * beats of its class used to be, and for the most probable class always.
 *
 * Because each class has its own figure, the promise holds for each: of a new patient's beats of class c, the share
 * `conformal.coverage` has c in its set, on average over patients and where `conformal.promised`.
 *
 * @param probabilities  [n, classes], calibrated as when the figures were chosen
 * @throws EcgError `bad-shape` when rows and figures do not fit, or above 8 classes
 *
 * Source: label-conditional (Mondrian) predictors, Vovk, ACML 2012 (PMLR 25:475–490).
 * Departs: the most probable class joins, so that no set is empty; coverage can only grow.
 */
export function conformalSets(
  probabilities: Float32Array,
  classes: number,
  { least }: Pick<Conformal, 'least'>,
): Uint8Array {
  if (least.length !== classes || classes > 8 || probabilities.length % classes !== 0) {
    throw new EcgError(
      'bad-shape',
      `conformalSets: ${probabilities.length} probabilities and ${least.length} figures of ${classes} classes, give a row a beat and a figure a class, 8 at most`,
    );
  }
  const sets = new Uint8Array(probabilities.length / classes);
  for (let i = 0; i < sets.length; i++) {
    const row = i * classes;
    let best = 0;
    let mask = 0;
    for (let c = 0; c < classes; c++) {
      if (probabilities[row + c] > probabilities[row + best]) best = c;
      if (probabilities[row + c] >= least[c]) mask |= 1 << c;
    }
    sets[i] = mask | (1 << best);
  }
  return sets;
}

/** Classes in a set. */
export function setSize(set: number): number {
  let size = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) size++;
  return size;
}
