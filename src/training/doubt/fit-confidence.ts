import { labelConfidences, logOdds } from '../../models/index.js';

/** Keeps slope and offsets near 1 and 0 where a class is hardly ever said; weights sum to 1. */
const RIDGE = 1e-3;
const ROUNDS = 25;
const LEAST_SLOPE = 0.05;

/**
 * Slope and offsets of `labelConfidences` that make held-out labels least surprising, kept near no change by a ridge.
 *
 * @param probabilities  [n, classes], calibrated, by networks that did not train on the patient
 * @param labels         class of each row
 * @param weights        what each row counts
 *
 * Source: logistic regression by Newton's method, Hastie, Tibshirani & Friedman, Elements of Statistical Learning,
 *   4.4.1; ridge 18.4. Its size was not tuned.
 */
export function fitConfidence(
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  classes: number,
): { slope: number; offsets: number[] } {
  const n = labels.length;
  const said = Uint8Array.from({ length: n }, (_, i) => mostProbable(probabilities, i, classes));
  const odds = Float64Array.from(said, (c, i) => logOdds(probabilities[i * classes + c]));
  let all = 0;
  for (let i = 0; i < n; i++) all += weights[i];
  const prior = [...new Array<number>(classes).fill(0), 1];
  let at = prior.slice();
  const cost = (x: readonly number[]): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const own = x[classes] * odds[i] + x[said[i]];
      // ln(1 + exp(−own)) of the right ones, of the wrong ones ln(1 + exp(own)), without overflow.
      const against = labels[i] === said[i] ? -own : own;
      sum += (weights[i] / all) * (Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against))));
    }
    return sum + x.reduce((ridge, value, k) => ridge + RIDGE * (value - prior[k]) ** 2, 0);
  };
  for (let round = 0; round < ROUNDS; round++) {
    const figures = { slope: at[classes], offsets: at.slice(0, classes) };
    const confidences = labelConfidences(probabilities, classes, figures);
    const gradient = at.map((x, k) => 2 * RIDGE * (x - prior[k]));
    const curvature = at.map((_, row) => at.map((__, column) => (row === column ? 2 * RIDGE : 0)));
    for (let i = 0; i < n; i++) {
      const weight = weights[i] / all;
      const c = said[i];
      const slack = weight * (confidences[i] - (labels[i] === c ? 1 : 0));
      const spread = weight * confidences[i] * (1 - confidences[i]);
      gradient[c] += slack;
      gradient[classes] += slack * odds[i];
      curvature[c][c] += spread;
      curvature[c][classes] += spread * odds[i];
      curvature[classes][c] += spread * odds[i];
      curvature[classes][classes] += spread * odds[i] * odds[i];
    }
    const step = solve(curvature, gradient);
    const now = cost(at);
    let share = 1;
    const next = (): number[] => at.map((x, k) => x - share * step[k]);
    // Far from the minimum a whole step can lead away from it.
    while (share > 1e-6 && cost(next()) > now) share /= 2;
    at = next();
    if (share * Math.max(...step.map(Math.abs)) < 1e-9) break;
  }
  // Where surer beats are not more often right, too few were seen: probabilities stand for themselves.
  if (!(at[classes] >= LEAST_SLOPE)) return { slope: 1, offsets: prior.slice(0, classes) };
  return { slope: at[classes], offsets: at.slice(0, classes) };
}

function mostProbable(probabilities: Float32Array, i: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (probabilities[i * classes + c] > probabilities[i * classes + best]) best = c;
  }
  return best;
}

/** The solution of a small symmetric positive definite system, by elimination; both arguments are spent. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  for (let k = 0; k < n; k++) {
    for (let row = k + 1; row < n; row++) {
      const factor = matrix[row][k] / matrix[k][k];
      for (let column = k; column < n; column++) matrix[row][column] -= factor * matrix[k][column];
      right[row] -= factor * right[k];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let sum = right[k];
    for (let column = k + 1; column < n; column++) sum -= matrix[k][column] * x[column];
    x[k] = sum / matrix[k][k];
  }
  return x;
}
