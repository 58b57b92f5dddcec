import { EcgError } from '../../core/index.js';
import type { Conformal } from '../../models/index.js';

/** Held-out beats with their probabilities, and whose they are. */
export interface HeldOutProbabilities {
  /** [n, classes], calibrated, by networks that did not train on the patient. */
  readonly probabilities: Float32Array;
  /** Class of each beat. */
  readonly labels: ArrayLike<number>;
  /** Patient of each beat; any numbers. */
  readonly patients: ArrayLike<number>;
  readonly classes: number;
}

/**
 * The least probabilities at which classes join a beat's set, so that a new patient's beats of each class have it in
 * their set with the wanted coverage.
 *
 * Beats of one heart resemble each other; patients are what is exchangeable. Each patient with beats of the class
 * counts 1 / (patients + 1), spread over these beats, and the new patient counts as much on the side of the failures.
 * A class is not `promised` where it has too few patients for that (fewer than coverage / (1 − coverage)), or where
 * the network knows so little of it that the promise would put it into more than a quarter of the other beats' sets. Its
 * figure then covers the patients that there are, but lets it join 5 % of the others' sets at most, so that sets go on
 * saying something. A class without any beat joins where it is certain only.
 *
 * @param coverage  share of a new patient's beats of a class that shall have it in their set, on average, 0…1
 * @throws EcgError `bad-shape` when rows, labels and patients do not fit; `bad-option` for a coverage outside (0, 1)
 *
 * Source: hierarchical conformal prediction, Lee, Barber & Willett, arXiv:2306.06342; patients as groups as in Dunn,
 *   Wasserman & Ramdas, JASA 118:2491–2502, 2023; by class (Mondrian), Vovk, ACML 2012 (PMLR 25:475–490).
 * Departs: probabilities are of cross-validation networks, the sets of the released one, as in Vovk's
 *   cross-conformal predictor (Ann. Math. Artif. Intell. 74:9–28, 2015), for which the promise is approximate.
 */
export function fitConformal(heldOut: HeldOutProbabilities, coverage: number): Conformal {
  const { probabilities, labels, patients, classes } = heldOut;
  if (probabilities.length !== labels.length * classes || patients.length !== labels.length) {
    throw new EcgError(
      'bad-shape',
      `conformal: ${probabilities.length} probabilities of ${classes} classes, ${labels.length} labels and ${patients.length} patients do not fit, give one each a beat`,
    );
  }
  if (!(coverage > 0 && coverage < 1)) {
    throw new EcgError('bad-option', `conformal: coverage ${coverage}, give a share between 0 and 1`);
  }
  const all = Array.from({ length: classes }, (_, c) => ofClass(heldOut, c, coverage));
  return {
    coverage,
    least: all.map(({ least }) => least),
    patients: all.map((figure) => figure.patients),
    promised: all.map(({ promised }) => promised),
  };
}

/** A class in more of the other beats' sets than this is not promised, and then joins so many of them. */
const MOST_OTHERS = 0.25;
const FEW_OTHERS = 0.05;

function ofClass(
  { probabilities, labels, patients, classes }: HeldOutProbabilities,
  c: number,
  coverage: number,
): { least: number; patients: number; promised: boolean } {
  const beatsOf = new Map<number, number>();
  const own: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== c) continue;
    own.push(i);
    beatsOf.set(patients[i], (beatsOf.get(patients[i]) ?? 0) + 1);
  }
  const count = beatsOf.size;
  if (count === 0) return { least: 1, patients: 0, promised: false };
  own.sort((a, b) => probabilities[b * classes + c] - probabilities[a * classes + c]);
  const promised = count / (count + 1) >= coverage;
  const parts = promised ? count + 1 : count;
  // From the most probable beat down, until the wanted share of patients is covered; rounding must not ask for more.
  let covered = 0;
  let least = 0;
  for (const i of own) {
    covered += 1 / (parts * beatsOf.get(patients[i])!);
    least = probabilities[i * classes + c];
    if (covered >= coverage - 1e-9) break;
  }
  const others = probabilitiesOfOthers({ probabilities, labels, patients, classes }, c);
  const joined = others.filter((p) => p >= least).length;
  if (promised && joined <= MOST_OTHERS * others.length) return { least, patients: count, promised };
  const few = others.length === 0 ? 0 : others[Math.floor(FEW_OTHERS * others.length)];
  return { least: Math.max(least, few), patients: count, promised: false };
}

/** The probability of class c in the beats of other classes, descending. */
function probabilitiesOfOthers(
  { probabilities, labels, classes }: HeldOutProbabilities,
  c: number,
): Float32Array {
  const all: number[] = [];
  for (let i = 0; i < labels.length; i++) if (labels[i] !== c) all.push(probabilities[i * classes + c]);
  return Float32Array.from(all).sort().reverse();
}
