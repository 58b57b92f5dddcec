import type { Random } from '../../core/index.js';

/** A density over 0…1: a mixture of normal distributions cut off at the ends, all of one weight. */
export interface Parzen {
  readonly centres: readonly number[];
  readonly widths: readonly number[];
}

/**
 * The Parzen estimator of observations in 0…1: one kernel each, as wide as the farther of its neighbours is away,
 * and one over the whole range, so that nothing becomes impossible.
 *
 * Source: Bergstra, Bardenet, Bengio & Kégl, NeurIPS 2011, section 4.1; the width's limits 1/min(100, n + 1) and 1 are
 * of the authors' program (hyperopt).
 */
export function parzenOf(observations: readonly number[]): Parzen {
  const sorted = [...observations].sort((a, b) => a - b);
  const least = 1 / Math.min(100, sorted.length + 1);
  const widths = sorted.map((x, i) => {
    const left = x - (i === 0 ? 0 : sorted[i - 1]);
    const right = (i === sorted.length - 1 ? 1 : sorted[i + 1]) - x;
    return Math.min(1, Math.max(least, left, right));
  });
  return { centres: [0.5, ...sorted], widths: [1, ...widths] };
}

/** A draw from the density. */
export function drawParzen({ centres, widths }: Parzen, random: Random): number {
  const k = random.integer(centres.length);
  // A centre lies inside and no kernel is wider than the range, so a third of the draws at least are accepted.
  for (;;) {
    const x = centres[k] + widths[k] * random.normal();
    if (x >= 0 && x <= 1) return x;
  }
}

/** Natural logarithm of the density at x in 0…1. */
export function logParzen({ centres, widths }: Parzen, x: number): number {
  let sum = 0;
  for (let k = 0; k < centres.length; k++) {
    const [centre, width] = [centres[k], widths[k]];
    const inside = normalBelow((1 - centre) / width) - normalBelow(-centre / width);
    sum += Math.exp(-0.5 * ((x - centre) / width) ** 2) / (width * Math.sqrt(2 * Math.PI) * inside);
  }
  return Math.log(Math.max(sum / centres.length, Number.MIN_VALUE));
}

/** Share of the standard normal distribution below z; within 8e-8. Source: Abramowitz & Stegun 7.1.26. */
function normalBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z < 0 ? tail / 2 : 1 - tail / 2;
}
