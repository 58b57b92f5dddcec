import { sampleEntropy } from './sample-entropy.js';

/** What `rrSummary` tells, in its order. */
export const RR_SUMMARY = [
  'logMean',
  'logMedian',
  'logShortest',
  'logLongest',
  'count',
  'variation',
  'successive',
  'spread',
  'change5',
  'change10',
  'change20',
  'near3',
  'near10',
  'entropy1',
  'entropy2',
  'coefficientEntropy',
  'quantile5',
  'quantile10',
  'quantile25',
  'quantile75',
  'quantile90',
  'quantile95',
  'lag1',
  'lag2',
  'lag3',
  'changeLag1',
  'changeLag2',
  'turns',
  'premature',
  'compensated',
  'settledVariation',
  'settledSuccessive',
  'changeDisorder',
  'levelDisorder',
  'steadiest',
] as const;

type RrFigure = (typeof RR_SUMMARY)[number];

/** Shares of the local median below which an interval is premature, and above which the next one compensates. */
const PREMATURE = 0.87;
const COMPENSATED = 1.08;
/** Intervals on either side that make the local median. */
const NEIGHBOURS = 4;

/**
 * How the RR intervals of a stretch go: rate, spread, pattern and disorder, as numbers of the order of 1.
 *
 * All but `logMean`, `logMedian` and the two extremes (ln s), `count` (intervals/30) and `coefficientEntropy`, whose
 * tolerance is 30 ms, do not change when all intervals are
 * scaled. Those of fewer than 3 intervals are all 0.
 *
 * @param rr  s, each above 0
 *
 * Source: the figures of RR-based detectors of atrial fibrillation: Lake & Moorman, Am. J. Physiol. 300(1):H319–H325,
 * 2011, doi:10.1152/ajpheart.00561.2010 (`coefficientEntropy`); Sarkar et al., IEEE TBME 55(4):1219–1224, 2008,
 * doi:10.1109/TBME.2007.903707 (disorder of the differences). Shares and bins are our choice, on cinc2017.
 */
export function rrSummary(rr: Float64Array): Readonly<Record<RrFigure, number>> {
  const n = rr.length;
  const figures = Object.fromEntries(RR_SUMMARY.map((name) => [name, 0])) as Record<RrFigure, number>;
  figures.count = n / 30;
  if (n < 3) return figures;
  const sorted = rr.slice().sort();
  const at = (share: number): number => sorted[Math.min(n - 1, Math.floor(share * n))];
  const median = at(0.5);
  const mean = average(rr);
  const changes = differences(rr, mean);
  figures.logMean = Math.log(mean);
  figures.logMedian = Math.log(median);
  figures.logShortest = Math.log(sorted[0]);
  figures.logLongest = Math.log(sorted[n - 1]);
  figures.variation = deviation(rr) / mean;
  figures.successive = rootMeanSquare(changes);
  const apart = rr.map((x) => Math.abs(x - median)).sort();
  figures.spread = apart[n >> 1] / median;
  const shareOf = (values: Float64Array, holds: (x: number) => boolean): number =>
    values.reduce((sum, x) => sum + (holds(x) ? 1 : 0), 0) / values.length;
  figures.change5 = shareOf(changes, (x) => Math.abs(x) > 0.05);
  figures.change10 = shareOf(changes, (x) => Math.abs(x) > 0.1);
  figures.change20 = shareOf(changes, (x) => Math.abs(x) > 0.2);
  figures.near3 = shareOf(apart, (x) => x < 0.03 * median);
  figures.near10 = shareOf(apart, (x) => x < 0.1 * median);
  figures.entropy1 = sampleEntropy(rr, 1, 0.05 * mean);
  figures.entropy2 = sampleEntropy(rr, 2, 0.1 * mean);
  // The quadratic form: ln 2r is added, and the mean interval taken out.
  figures.coefficientEntropy = sampleEntropy(rr, 1, 0.03) + Math.log(2 * 0.03) - Math.log(mean);
  for (const share of [5, 10, 25, 75, 90, 95] as const)
    figures[`quantile${share}`] = Math.log(at(share / 100) / median);
  for (const lag of [1, 2, 3] as const) figures[`lag${lag}`] = correlation(rr, lag);
  for (const lag of [1, 2] as const) figures[`changeLag${lag}`] = correlation(changes, lag);
  let turns = 0;
  for (let i = 1; i < changes.length; i++) if (changes[i] * changes[i - 1] < 0) turns++;
  figures.turns = turns / Math.max(1, changes.length - 1);
  const { premature, compensated, settled, settledChanges } = ectopy(rr);
  figures.premature = premature / n;
  figures.compensated = compensated / n;
  if (settled.length > 2) {
    figures.settledVariation = deviation(settled) / average(settled);
    figures.settledSuccessive = rootMeanSquare(settledChanges);
  }
  figures.changeDisorder = disorder(changes, -0.5, 0.5, 20);
  figures.levelDisorder = disorder(
    rr.map((x) => Math.log(x / median)),
    -0.7,
    0.7,
    20,
  );
  figures.steadiest = steadiest(changes) / n;
  return figures;
}

/** Premature and compensating intervals by their local median, and what is left without either. */
function ectopy(rr: Float64Array) {
  const local = new Float64Array(2 * NEIGHBOURS + 1);
  let premature = 0;
  let compensated = 0;
  const settled: number[] = [];
  const settledChanges: number[] = [];
  let settledBefore = false;
  let waits = false;
  for (let i = 0; i < rr.length; i++) {
    const from = Math.max(0, i - NEIGHBOURS);
    const to = Math.min(rr.length, i + NEIGHBOURS + 1);
    local.set(rr.subarray(from, to));
    const median = local.subarray(0, to - from).sort()[(to - from) >> 1];
    const early = rr[i] < PREMATURE * median;
    if (early) premature++;
    if (waits && rr[i] > COMPENSATED * median) compensated++;
    const kept = !early && !waits;
    if (kept) {
      if (settledBefore) settledChanges.push((rr[i] - rr[i - 1]) / median);
      settled.push(rr[i]);
    }
    settledBefore = kept;
    waits = early;
  }
  return {
    premature,
    compensated,
    settled: Float64Array.from(settled),
    settledChanges: Float64Array.from(settledChanges),
  };
}

/** Intervals of the longest row whose successive changes stay below 5 % of the mean. */
function steadiest(changes: Float64Array): number {
  let longest = 0;
  let row = 0;
  for (const change of changes) {
    row = Math.abs(change) < 0.05 ? row + 1 : 0;
    if (row > longest) longest = row;
  }
  return longest;
}

/** Shannon entropy of a histogram, relative to that of values all in different bins. */
function disorder(values: Float64Array, low: number, high: number, bins: number): number {
  const counts = new Float64Array(bins);
  for (const x of values)
    counts[Math.min(bins - 1, Math.max(0, Math.floor(((x - low) / (high - low)) * bins)))]++;
  const sum = counts.reduce((total, c) => (c === 0 ? total : total - c * Math.log(c / values.length)), 0);
  return sum / values.length / Math.log(Math.max(2, Math.min(bins, values.length)));
}

function differences(x: Float64Array, unit: number): Float64Array {
  const d = new Float64Array(x.length - 1);
  for (let i = 0; i < d.length; i++) d[i] = (x[i + 1] - x[i]) / unit;
  return d;
}

function average(x: Float64Array): number {
  return x.reduce((sum, v) => sum + v, 0) / x.length;
}

function deviation(x: Float64Array): number {
  const mean = average(x);
  return Math.sqrt(x.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.length);
}

function rootMeanSquare(x: Float64Array): number {
  return x.length === 0 ? 0 : Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length);
}

/** Of a row with itself `lag` later, −1…1; 0 where it is too short or does not vary. */
function correlation(x: Float64Array, lag: number): number {
  const mean = average(x);
  let shared = 0;
  let all = 0;
  for (let i = 0; i < x.length; i++) {
    all += (x[i] - mean) ** 2;
    if (i >= lag) shared += (x[i] - mean) * (x[i - lag] - mean);
  }
  return all > 0 ? shared / all : 0;
}
