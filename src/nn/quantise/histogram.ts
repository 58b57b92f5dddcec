import { activationSteps } from './affine.js';

/** How often an activation took values: bins of equal width from −reach to reach, which doubles when it must. */
export interface Histogram {
  counts: Float64Array;
  reach: number;
  least: number;
  most: number;
}

const BINS = 8192;

/** A histogram of nothing yet. */
export function emptyHistogram(): Histogram {
  return {
    counts: new Float64Array(BINS),
    reach: 0,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
  };
}

/** Adds values; those that are not numbers are left out. */
export function countValues(histogram: Histogram, values: ArrayLike<number>): void {
  let { least, most } = histogram;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (x < least && x !== Number.NEGATIVE_INFINITY) least = x;
    if (x > most && x !== Number.POSITIVE_INFINITY) most = x;
  }
  if (!(least <= most)) return;
  histogram.least = least;
  histogram.most = most;
  const needed = Math.max(-least, most, Number.MIN_VALUE);
  if (histogram.reach === 0) histogram.reach = needed;
  while (histogram.reach < needed) widen(histogram);
  const { counts, reach } = histogram;
  const perUnit = BINS / (2 * reach);
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (x >= -reach && x <= reach) counts[Math.min(BINS - 1, Math.floor((x + reach) * perUnit))]++;
  }
}

/** Doubles the reach: two bins become one, in the middle half. */
function widen(histogram: Histogram): void {
  const { counts } = histogram;
  const wide = new Float64Array(BINS);
  for (let i = 0; i < BINS; i++) wide[BINS / 4 + (i >> 1)] += counts[i];
  histogram.counts = wide;
  histogram.reach *= 2;
}

/** Chooses the range that bytes cover from how often values were seen. */
export type RangeRule = (histogram: Histogram) => readonly [from: number, to: number];

/** All values that were seen: nothing is cut off, one outlier makes every step coarse. */
export const wholeRange: RangeRule = ({ least, most }) => [least, most];

/** All but the outermost `share` of the values on either side. */
export function withoutTails(share: number): RangeRule {
  return (histogram) => {
    const { counts, reach, least, most } = histogram;
    const allowed = share * counts.reduce((sum, n) => sum + n, 0);
    const width = (2 * reach) / BINS;
    let [low, high] = [0, BINS - 1];
    for (let sum = counts[low]; sum <= allowed && low < BINS - 1; sum += counts[++low]);
    for (let sum = counts[high]; sum <= allowed && high > 0; sum += counts[--high]);
    return [Math.max(least, -reach + low * width), Math.min(most, -reach + (high + 1) * width)];
  };
}

/** Candidates of `leastError`, as shares of the whole range. */
const SHARES = Array.from({ length: 40 }, (_, i) => 1 - i / 50);

/** The range in which the mean squared error of the bytes is least: coarse steps against values cut off. */
export const leastError: RangeRule = (histogram) => {
  const { least, most } = histogram;
  let best: readonly [number, number] = [least, most];
  let error = squaredError(histogram, least, most);
  // One side after the other: activations after a ReLU have one side only.
  for (const side of [0, 1] as const) {
    const start = best;
    for (const share of SHARES) {
      const range =
        side === 0 ? ([start[0], start[1] * share] as const) : ([start[0] * share, start[1]] as const);
      const found = squaredError(histogram, ...range);
      if (found < error) [best, error] = [range, found];
    }
  }
  return best;
};

function squaredError({ counts, reach }: Histogram, from: number, to: number): number {
  const { scale, zeroPoint } = activationSteps(from, to);
  const [low, high] = [-zeroPoint * scale, (255 - zeroPoint) * scale];
  const width = (2 * reach) / BINS;
  let sum = 0;
  for (let i = 0; i < BINS; i++) {
    if (counts[i] === 0) continue;
    const x = -reach + (i + 0.5) * width;
    // Within a step the error is uniform.
    const distance = x < low ? low - x : x > high ? x - high : 0;
    sum += counts[i] * (distance > 0 ? distance * distance : (scale * scale) / 12);
  }
  return sum;
}
