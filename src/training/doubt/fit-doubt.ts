import { BEAT_CLASSES, type RunOptions, throwIfCancelled } from '../../core/index.js';
import {
  createOutsideScorer,
  type Doubt,
  type FamiliarBeats,
  type InputContract,
  inputShape,
  labelConfidences,
  softmax,
} from '../../models/index.js';
import { composeRange } from '../batches.js';
import type { HeldOut } from '../calibration.js';
import type { BeatSet } from '../dataset.js';
import { familiarRows } from './familiar-rows.js';
import { fitConfidence } from './fit-confidence.js';
import { fitConformal } from './fit-conformal.js';
import { FAMILIAR_SIZES, type FamiliarSizes, fitFamiliar } from './fit-familiar.js';
import { recordWeights, weightedQuantile } from './record-weights.js';

/** Coverages that sets are made for, and the one that decides whether classes are close. */
const COVERAGES = [0.95, 0.9] as const;
const CLOSE_AT = 0.9;
/** Shares of held-out beats, records counting the same, below the two outside limits. */
const UNUSUAL = 0.9;
const MOST = 0.99;
/** Beats composed at a time. */
const ROWS = 256;

/** How doubt is fitted to held-out beats. */
export interface FitDoubtOptions extends RunOptions {
  readonly temperature: number;
  /** Share of the held-out beats that shall be certain, records counting the same. */
  readonly coverage: number;
  /** Fold of each of the set's records; −1 for one that no network trained on. */
  readonly folds: ArrayLike<number>;
  /** As chosen for the released models when omitted. */
  readonly sizes?: FamiliarSizes;
}

/** Where doubt begins, by held-out beats. */
export interface FittedLimits {
  /** Of `labelConfidences`, below which a beat is uncertain. */
  readonly leastProbability: number;
  readonly doubt: Omit<Doubt, 'familiar'>;
}

/** What held-out beats say of doubt. */
export interface FittedDoubt extends FittedLimits {
  /** For the card. */
  readonly doubt: Doubt;
  /** Outside score of each held-out beat, by familiar beats of other patients. */
  readonly outside: Float32Array;
}

/**
 * When a beat's class is not to be relied on, by beats whose patients the networks had not seen: conformal sets, what
 * beats are familiar, and limits that leave `coverage` of the beats certain.
 *
 * A record's outside scores come from the beats of all other folds.
 *
 * @throws EcgError as `fitConformal` and `fitFamiliar`; `cancelled`
 */
export async function fitDoubt(
  heldOut: HeldOut,
  contract: InputContract,
  options: FitDoubtOptions,
): Promise<FittedDoubt> {
  const { familiar, scores: outside } = await outsideOfHeldOut(heldOut.set, contract, options);
  const { leastProbability, doubt } = fitLimits(heldOut, outside, options);
  return { leastProbability, doubt: { ...doubt, familiar }, outside };
}

/**
 * Conformal sets, and the limits that leave `coverage` of an average record's beats certain.
 *
 * @param outside  outside score of each beat
 */
export function fitLimits(
  { logits, set }: HeldOut,
  outside: Float32Array,
  { temperature, coverage }: Pick<FitDoubtOptions, 'temperature' | 'coverage'>,
): FittedLimits {
  const kinds = BEAT_CLASSES.length;
  const probabilities = softmax(logits, kinds, temperature);
  const patients = [...new Set(set.records.map(({ patient }) => patient))];
  const patientOf = set.records.map(({ patient }) => patients.indexOf(patient));
  const heldOut = {
    probabilities,
    labels: set.label,
    patients: Int32Array.from(set.record, (record) => patientOf[record]),
    classes: kinds,
  };
  const weights = recordWeights(set.record);
  const limits = {
    unusual: weightedQuantile(outside, weights, UNUSUAL),
    most: weightedQuantile(outside, weights, MOST),
  };
  const map = fitConfidence(probabilities, set.label, weights, kinds);
  // A beat beyond the outside limit is given up first, however sure its class seems.
  const worth = labelConfidences(probabilities, kinds, map).map((sure, i) =>
    outside[i] > limits.most ? -1 : sure,
  );
  return {
    leastProbability: Math.max(0, weightedQuantile(worth, weights, 1 - coverage)),
    doubt: {
      conformal: COVERAGES.map((wanted) => fitConformal(heldOut, wanted)),
      closeAt: CLOSE_AT,
      confidence: map,
      outside: limits,
      basis: `${set.label.length} beats of ${patients.length} patients, by networks that had not seen the patient`,
    },
  };
}

/**
 * The outside score of every beat by the familiar beats of other folds, and the familiar beats of all folds.
 *
 * @param folds  fold of each of the set's records; −1 for one whose beats are no familiar ones
 */
export async function outsideOfHeldOut(
  set: BeatSet,
  contract: InputContract,
  options: Pick<FitDoubtOptions, 'folds' | 'sizes' | 'signal'>,
): Promise<{ familiar: FamiliarBeats; scores: Float32Array; familiarOfFold: Map<number, FamiliarBeats> }> {
  const { folds, sizes = FAMILIAR_SIZES } = options;
  const shape = inputShape(contract);
  const width = contract.leads.count * shape.length;
  const scores = new Float32Array(set.label.length);
  const familiarOfFold = new Map<number, FamiliarBeats>();
  for (const fold of new Set([...Array.from(folds), -1])) {
    throwIfCancelled(options, 'doubt');
    const rows = await familiarRows(set, contract, (record) => folds[record] >= 0 && folds[record] !== fold);
    const familiar = await fitFamiliar(rows, width, sizes);
    familiarOfFold.set(fold, familiar);
    await scoreFold(set, contract, folds, fold, familiar, scores);
  }
  return { familiar: familiarOfFold.get(-1)!, scores, familiarOfFold };
}

async function scoreFold(
  set: BeatSet,
  contract: InputContract,
  folds: ArrayLike<number>,
  fold: number,
  familiar: FamiliarBeats,
  scores: Float32Array,
): Promise<void> {
  const shape = inputShape(contract);
  const score = createOutsideScorer(familiar, shape.channels * shape.length);
  for (let from = 0; from < set.label.length; ) {
    let to = from + 1;
    while (to < set.label.length && to - from < ROWS && set.record[to] === set.record[from]) to++;
    if (folds[set.record[from]] === fold) {
      scores.set(score(composeRange(set, contract, from, to).waves, to - from), from);
    }
    from = to;
  }
}
