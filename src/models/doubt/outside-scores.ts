import { EcgError } from '../../core/index.js';
import type { FamiliarBeats } from './doubt-schema.js';

/** Scores prepared waves [n, channels, length]; the channels beyond the leads are passed over. */
export type OutsideScorer = (waves: Float32Array, n: number) => Float32Array;

/** Added to the squared distance before its logarithm, in squared units of a lead: below it beats count as equal. */
const SMALLEST = 0.01;

/**
 * How far each beat is from every beat the network was trained on: the natural logarithm of its squared distance from
 * the nearest centre, both leads side by side, what lies outside the principal axes counting `residual` times.
 *
 * Noise lies outside the axes, an odd beat far from the centres within them. A missing lead is zeros, as in training,
 * where one lead was left out now and then.
 *
 * @param size  values of a prepared beat, channels × length; the leads' come first
 * @throws EcgError `bad-shape` when the familiar beats are longer, or their parts do not fit
 *
 * Source: distance to the training data as a sign of the unknown, Sun et al., ICML 2022, arXiv:2204.06507.
 * Departs: centres by k-means in place of every training example, input in place of embedding.
 */
export function createOutsideScorer(familiar: FamiliarBeats, size: number): OutsideScorer {
  const width = familiar.mean.length;
  const dimensions = familiar.axes.length;
  if (
    width > size ||
    familiar.axes.some((axis) => axis.length !== width) ||
    familiar.centres.some((centre) => centre.length !== dimensions)
  ) {
    throw new EcgError(
      'bad-shape',
      `outside score: familiar beats of ${width} values in ${dimensions} axes do not fit prepared beats of ${size}; fetch the model again`,
    );
  }
  const mean = Float64Array.from(familiar.mean);
  const axes = Float64Array.from(familiar.axes.flat());
  const centres = Float64Array.from(familiar.centres.flat());
  const beat = new Float64Array(width);
  const place = new Float64Array(dimensions);
  return (waves, n) => {
    const scores = new Float32Array(n);
    for (let i = 0; i < n; i++) {
      let all = 0;
      for (let k = 0; k < width; k++) {
        beat[k] = waves[i * size + k] - mean[k];
        all += beat[k] * beat[k];
      }
      let within = 0;
      for (let d = 0; d < dimensions; d++) {
        const sum = product(beat, axes, d * width);
        place[d] = sum;
        within += sum * sum;
      }
      const nearest = nearestSquared(place, centres, dimensions);
      scores[i] = Math.log(SMALLEST + nearest + familiar.residual * Math.max(0, all - within));
    }
    return scores;
  };
}

/** The inner product of `a` and as many values of `b` from `at` on; two sums at a time, which do not wait for each other. */
function product(a: Float64Array, b: Float64Array, at: number): number {
  let even = 0;
  let odd = 0;
  const pairs = a.length - (a.length % 2);
  for (let k = 0; k < pairs; k += 2) {
    even += a[k] * b[at + k];
    odd += a[k + 1] * b[at + k + 1];
  }
  return pairs === a.length ? even + odd : even + odd + a[pairs] * b[at + pairs];
}

function nearestSquared(place: Float64Array, centres: Float64Array, dimensions: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < centres.length; at += dimensions) {
    let sum = 0;
    for (let d = 0; d < dimensions && sum < nearest; d++) {
      const x = place[d] - centres[at + d];
      sum += x * x;
    }
    if (sum < nearest) nearest = sum;
  }
  return nearest;
}
