import { EcgError } from '../core/index.js';

/**
 * The temperature that makes held-out logits least surprising: the one with the smallest negative log
 * likelihood of their labels.
 *
 * @param logits  [n, classes], from networks that did not train on these beats
 * @param labels  class of each row
 * @param weights what each row counts; all the same when omitted
 * @returns       0.05…20; 1 leaves probabilities as they are, above 1 softens them
 * @throws EcgError `too-short` without a row
 *
 * Source: Guo et al., ICML 2017 (PMLR 70:1321–1330). The likelihood is convex in 1/T, so that a golden-section
 * search finds its minimum.
 */
export function fitTemperature(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  weights?: ArrayLike<number>,
): number {
  if (labels.length === 0) throw new EcgError('too-short', 'temperature: no held-out beat to calibrate on');
  const cost = (logT: number): number =>
    negativeLogLikelihood(logits, labels, classes, Math.exp(logT), weights);
  const golden = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.05);
  let high = Math.log(20);
  let a = high - golden * (high - low);
  let b = low + golden * (high - low);
  let costA = cost(a);
  let costB = cost(b);
  while (high - low > 1e-5) {
    if (costA < costB) {
      high = b;
      b = a;
      costB = costA;
      a = high - golden * (high - low);
      costA = cost(a);
    } else {
      low = a;
      a = b;
      costA = costB;
      b = low + golden * (high - low);
      costB = cost(b);
    }
  }
  return Math.exp((low + high) / 2);
}

/** Mean −ln p of the labels at a temperature, rows weighted where weights are given. */
export function negativeLogLikelihood(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  temperature: number,
  weights?: ArrayLike<number>,
): number {
  let sum = 0;
  let all = 0;
  for (let i = 0; i < labels.length; i++) {
    const row = i * classes;
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) most = Math.max(most, logits[row + c]);
    let total = 0;
    for (let c = 0; c < classes; c++) total += Math.exp((logits[row + c] - most) / temperature);
    const weight = weights === undefined ? 1 : weights[i];
    sum += weight * (Math.log(total) - (logits[row + labels[i]] - most) / temperature);
    all += weight;
  }
  return sum / all;
}

/**
 * The probability below which a beat is uncertain: the lowest that keeps `coverage` of the held-out beats.
 *
 * @param probabilities  [n, classes], calibrated
 * @param coverage       0…1
 */
export function abstainThreshold(probabilities: Float32Array, classes: number, coverage: number): number {
  const n = probabilities.length / classes;
  const top = Float32Array.from({ length: n }, (_, i) =>
    Math.max(...probabilities.subarray(i * classes, (i + 1) * classes)),
  ).sort();
  return n === 0 ? 0 : top[Math.min(n - 1, Math.round((1 - coverage) * n))];
}
