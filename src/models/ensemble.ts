import { EcgError } from '../core/index.js';

/** One model's answers to the same examples as those of the others. */
export interface EnsembleMember {
  /** [n, classes], row major; rows sum to 1. */
  readonly probabilities: Float32Array;
  /** Its macro-F1 on the validation examples, 0…1: never on those that are scored. */
  readonly macroF1: number;
}

/** Class probabilities [n, classes] of several models together; rows sum to 1. */
export type Ensemble = (members: readonly EnsembleMember[], classes: number) => Float32Array;

/**
 * The ways to join models. `mean` is the plain average; the others are three readings of the *Top2-weighted*
 * ensemble, whose paper does not say what the two best are the best of.
 *
 * Each throws EcgError `bad-shape` when the members' numbers do not fit each other; `bad-option` without members or
 * for a macro-F1 outside 0…1.
 *
 * Source: arXiv:2602.17701. Departs: the reading is named.
 */
export const ENSEMBLES = {
  mean: (members, classes) => combine(members, classes, () => 1),

  /** The two models best on the validation examples, weighted by their macro-F1. */
  'two-best': (members, classes) => {
    const best = largestTwo(members.map((member) => member.macroF1));
    return combine(members, classes, (model) => (best.includes(model) ? members[model].macroF1 : 0));
  },

  /** For each example the two models surest of their answer, weighted by macro-F1 × largest probability. */
  'most-confident': (members, classes) => {
    const confidences = members.map(() => 0);
    let at = -1;
    let best: readonly number[] = [];
    return combine(members, classes, (model, row) => {
      if (row !== at) {
        at = row;
        for (const [m, { probabilities }] of members.entries())
          confidences[m] = largest(probabilities, row * classes, classes);
        best = largestTwo(confidences);
      }
      return best.includes(model) ? members[model].macroF1 * confidences[model] : 0;
    });
  },

  /** Each model's two largest class probabilities, made to sum to 1, weighted by macro-F1. */
  'top-two-classes': (members, classes) =>
    combine(
      members.map((member) => ({
        ...member,
        probabilities: twoLargestOfRows(member.probabilities, classes),
      })),
      classes,
      (model) => members[model].macroF1,
    ),
} as const satisfies Readonly<Record<string, Ensemble>>;

/** The name of a way to join models, as in configurations and tables. */
export type EnsembleName = keyof typeof ENSEMBLES;

/** The weighted sum of the members' rows, made to sum to 1; equal weights where all are 0. */
function combine(
  members: readonly EnsembleMember[],
  classes: number,
  weigh: (model: number, row: number) => number,
): Float32Array {
  checkMembers(members, classes);
  const together = new Float32Array(members[0].probabilities.length);
  const sum = new Float64Array(classes);
  const weights = new Float64Array(members.length);
  for (let row = 0; row < together.length / classes; row++) {
    for (let m = 0; m < members.length; m++) weights[m] = weigh(m, row);
    if (weights.every((w) => w === 0)) weights.fill(1);
    sum.fill(0);
    let total = 0;
    for (let m = 0; m < members.length; m++)
      for (let k = 0; k < classes; k++) {
        const part = weights[m] * members[m].probabilities[row * classes + k];
        sum[k] += part;
        total += part;
      }
    for (let k = 0; k < classes; k++) together[row * classes + k] = sum[k] / total;
  }
  return together;
}

function checkMembers(members: readonly EnsembleMember[], classes: number): void {
  if (members.length === 0)
    throw new EcgError('bad-option', 'ensemble: no models, give the probabilities of one or more');
  const size = members[0].probabilities.length;
  for (const [i, { probabilities, macroF1 }] of members.entries()) {
    if (probabilities.length !== size || !(classes > 0) || size % classes !== 0)
      throw new EcgError(
        'bad-shape',
        `ensemble: ${probabilities.length} probabilities of model ${i}, ${size} of the first, for ${classes} classes; give [n, classes] of the same examples`,
      );
    if (!(macroF1 >= 0 && macroF1 <= 1))
      throw new EcgError('bad-option', `ensemble: macro-F1 ${macroF1} of model ${i}, give one within 0…1`);
  }
}

/** The places of the two largest numbers; of equal ones the earlier counts as larger. */
function largestTwo(values: ArrayLike<number>): [number, number] {
  let first = 0;
  let second = -1;
  for (let i = 1; i < values.length; i++)
    if (values[i] > values[first]) {
      second = first;
      first = i;
    } else if (second < 0 || values[i] > values[second]) second = i;
  return [first, second];
}

function largest(values: ArrayLike<number>, at: number, count: number): number {
  let best = values[at];
  for (let i = at + 1; i < at + count; i++) if (values[i] > best) best = values[i];
  return best;
}

function twoLargestOfRows(probabilities: Float32Array, classes: number): Float32Array {
  const kept = new Float32Array(probabilities.length);
  for (let at = 0; at + classes <= kept.length; at += classes) {
    const best = largestTwo(probabilities.subarray(at, at + classes)).filter((k) => k >= 0);
    const sum = best.reduce((total, k) => total + probabilities[at + k], 0);
    for (const k of best) kept[at + k] = probabilities[at + k] / sum;
  }
  return kept;
}
