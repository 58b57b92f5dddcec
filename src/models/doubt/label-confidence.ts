import type { LabelConfidence } from './doubt-schema.js';

/** Probabilities beyond this are as good as certain; keeps their log odds finite. */
const LEAST = 1e-6;

/**
 * How sure the class said of each beat is: its probability, judged by how often that class is right when it is said
 * with such a probability.
 *
 * A probability of 0.8 can mean less for one class than for another; beats are given up in the order of this figure.
 * The class itself stays the most probable one.
 *
 * @param probabilities  [n, classes], calibrated as when the figures were chosen
 * @returns              0…1, one a beat: 1 / (1 + exp(−slope · ln(p / (1 − p)) − offset of the class))
 *
 * Source: top-label calibration, Gupta & Ramdas, ICLR 2022, arXiv:2107.08353, with the map of Platt, 1999.
 */
export function labelConfidences(
  probabilities: Float32Array,
  classes: number,
  { slope, offsets }: LabelConfidence,
): Float32Array {
  const confidences = new Float32Array(probabilities.length / classes);
  for (let i = 0; i < confidences.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[i * classes + c] > probabilities[i * classes + best]) best = c;
    }
    const odds = slope * logOdds(probabilities[i * classes + best]) + offsets[best];
    confidences[i] = 1 / (1 + Math.exp(-odds));
  }
  return confidences;
}

/** ln(p / (1 − p)), finite for 0 and 1. */
export function logOdds(p: number): number {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, p));
  return Math.log(inside / (1 - inside));
}
