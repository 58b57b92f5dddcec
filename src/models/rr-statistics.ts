import { sortSmall } from '../dsp/index.js';

/**
 * Ratios pre-RR / mean of the beats around one beat; `c` is that beat's index in `s`, so `s[c + 1]` is its
 * post-RR. `s` holds at most `NEAR` beats on either side, `all` speaks for the contract's whole reach.
 */
type Statistic = (s: ArrayLike<number>, c: number, all: Rhythm) => number;

/** What several statistics share, worked out when first asked for. */
interface Rhythm {
  /** Median of all the ratios. */
  median(): number;
  /** For each ratio but the beat's own two: the share of those ratios that are like it. */
  alike(): Float64Array;
}

const NEAR = 10;

const ln = (x: number): number => Math.log(Math.max(x, 0.05));

function mean(s: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += s[i];
  return sum / (to - from);
}

function deviation(s: ArrayLike<number>, from: number, to: number): number {
  const m = mean(s, from, to);
  let sum = 0;
  for (let i = from; i < to; i++) sum += (s[i] - m) ** 2;
  return Math.sqrt(sum / (to - from));
}

function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values);
  sortSmall(sorted, sorted.length);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Absolute differences of neighbours within `from`…`to`. */
function steps(s: ArrayLike<number>, from: number, to: number): number[] {
  const out: number[] = [];
  for (let i = from + 1; i < to; i++) out.push(Math.abs(s[i] - s[i - 1]));
  return out;
}

const average = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;

/** Two intervals are alike when the logarithm of their ratio is smaller. */
const ALIKE = 0.06;

function rhythmOf(all: ArrayLike<number>): Rhythm {
  let middle: number | undefined;
  let shares: Float64Array | undefined;
  return {
    median: () => {
      middle ??= median(all);
      return middle;
    },
    alike: () => {
      shares ??= sharesAlike(all);
      return shares;
    },
  };
}

function sharesAlike(all: ArrayLike<number>): Float64Array {
  const c = (all.length - 1) / 2;
  const n = all.length - 2;
  const logs = new Float64Array(n);
  for (let i = 0, k = 0; i < all.length; i++) if (i !== c && i !== c + 1) logs[k++] = ln(all[i]);
  const alike = new Float64Array(n).fill(1);
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(logs[i] - logs[j]) >= ALIKE) continue;
      alike[i]++;
      alike[j]++;
    }
  }
  for (let i = 0; i < n; i++) alike[i] /= n;
  return alike;
}

/**
 * Figures drawn from the RR ratios around a beat, each near −1…1; an input contract names those it wants.
 *
 * `last` are the intervals up to the beat (without the outermost), `next` those after it.
 */
export const RR_STATISTICS = {
  pre: (s, c) => ln(s[c]),
  post: (s, c) => ln(s[c + 1]),
  last: (s, c) => ln(mean(s, 1, c + 1)),
  next: (s, c) => ln(mean(s, c + 1, s.length)),
  'pre/post': (s, c) => ln(s[c] / s[c + 1]),
  'pre2/pre': (s, c) => ln(s[c - 1] / s[c]),
  'pre/last': (s, c) => ln(s[c] / mean(s, 1, c + 1)),
  'pre/local': (s, c, all) => ln(s[c] / all.median()),
  'post/local': (s, c, all) => ln(s[c + 1] / all.median()),
  local: (_s, _c, all) => ln(all.median()),
  /** Irregularity: the median step between neighbouring intervals, the beat's own two left out. */
  irregularity: (s, c) => 10 * median([...steps(s, 0, c), ...steps(s, c + 2, s.length)]),
  /** The mean step on the calmer side. */
  'irregularity of the calmer side': (s, c) =>
    10 * Math.min(average(steps(s, 0, c)), average(steps(s, c + 2, s.length))),
  'spread of last': (s, c) => 3 * deviation(s, 1, c + 1),
  'spread of next': (s, c) => 3 * deviation(s, c + 1, s.length),
  pre2: (s, c) => ln(s[c - 1]),
  /** Half of the interval around the beat: full when a pause compensates. */
  compensation: (s, c) => ln(s[c] + s[c + 1]) - Math.LN2,
  /** How much of the rhythm has one interval: near 4 in a regular rhythm, low in fibrillation. */
  'modal share': (_s, _c, all) => 4 * all.alike().reduce((a, b) => Math.max(a, b), 0),
  /** The same for an interval taken at random. */
  'share alike': (_s, _c, all) => (4 * all.alike().reduce((a, b) => a + b, 0)) / all.alike().length,
} satisfies Record<string, Statistic>;

/** A name out of `RR_STATISTICS`. */
export type RrStatistic = keyof typeof RR_STATISTICS;

/** The named figures, written to `out` from `at`. */
export function writeStatistics(
  ratios: ArrayLike<number>,
  names: readonly RrStatistic[],
  out: Float32Array,
  at: number,
): void {
  const centre = (ratios.length - 1) / 2;
  const c = Math.min(NEAR, centre);
  const near = new Float64Array(2 * c + 1);
  for (let i = 0; i < near.length; i++) near[i] = ratios[centre - c + i];
  const all = rhythmOf(ratios);
  for (let i = 0; i < names.length; i++) out[at + i] = RR_STATISTICS[names[i]](near, c, all);
}
