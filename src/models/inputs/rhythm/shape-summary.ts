import type { TypicalBeat } from './typical-beat.js';

/** What `shapeSummary` tells, in its order. */
export const SHAPE_SUMMARY = [
  'qrsWidth',
  'qrsArea',
  'qrsBalance',
  'pHeight',
  'pDepth',
  'pPlace',
  'pSpread',
  'pAgreement',
  'pAgreementLow',
  'tHeight',
  'tDepth',
  'tPlace',
  'tAgreement',
  'beatAgreement',
  'beatAgreementLow',
  'beatAgreementLeast',
  'qrsAgreement',
  'qrsAgreementLow',
  'qrsAgreementLeast',
  'qrsStrangers',
  'heightVariation',
  'heightMost',
  'prematureAgreement',
  'prematureHeight',
] as const;

type ShapeFigure = (typeof SHAPE_SUMMARY)[number];

/** s around the R peak: where each wave is looked for. */
const P: Stretch = [-0.26, -0.07];
const QRS: Stretch = [-0.08, 0.12];
const T: Stretch = [0.14, 0.44];
const WHOLE: Stretch = [-0.26, 0.44];
/** A beat is premature below this share of the median RR, and of another shape below this correlation. */
const PREMATURE = 0.85;
const STRANGER = 0.8;

type Stretch = readonly [from: number, to: number];

/**
 * The typical beat's waves and how far the single beats agree with them, as numbers of the order of 1; all 0 with fewer
 * than 3 whole beats.
 *
 * @param lead  in units of the typical beat's height
 * @param fs    Hz of `lead`
 */
export function shapeSummary(
  lead: Float32Array,
  beat: TypicalBeat,
  before: number,
  fs: number,
): Readonly<Record<ShapeFigure, number>> {
  const figures = Object.fromEntries(SHAPE_SUMMARY.map((name) => [name, 0])) as Record<ShapeFigure, number>;
  const { shape, spread, peaks } = beat;
  const n = peaks.length;
  if (n < 3) return figures;
  const within = ([from, to]: Stretch): [number, number] => [
    Math.max(0, before + Math.round(from * fs)),
    Math.min(shape.length, before + Math.round(to * fs)),
  ];
  const [qrsFrom, qrsTo] = within(QRS);
  let steepest = 0;
  for (let k = qrsFrom + 1; k < qrsTo; k++) steepest = Math.max(steepest, Math.abs(shape[k] - shape[k - 1]));
  let steep = 0;
  let area = 0;
  let sum = 0;
  for (let k = qrsFrom + 1; k < qrsTo; k++) {
    if (Math.abs(shape[k] - shape[k - 1]) > 0.15 * steepest) steep++;
    area += Math.abs(shape[k]);
    sum += shape[k];
  }
  figures.qrsWidth = steep / (0.1 * fs);
  figures.qrsArea = area / (0.1 * fs);
  figures.qrsBalance = sum / (0.1 * fs);
  const p = wave(shape, within(P));
  figures.pHeight = 5 * p.high;
  figures.pDepth = 5 * p.low;
  figures.pPlace = p.place;
  const [pFrom, pTo] = within(P);
  figures.pSpread = Math.log(mean(spread.subarray(pFrom, pTo)) + 1e-3) - Math.log(p.high - p.low + 1e-3);
  const t = wave(shape, within(T));
  figures.tHeight = 2 * t.high;
  figures.tDepth = 2 * t.low;
  figures.tPlace = t.place;
  const agreement = (stretch: Stretch): Float64Array => {
    const [from, to] = within(stretch);
    return Float64Array.from(peaks, (peak) => likeness(lead, peak - before + from, shape, from, to - from));
  };
  const quantiles = (values: Float64Array): [number, number, number] => {
    const sorted = values.slice().sort();
    return [sorted[n >> 1], sorted[Math.floor(0.15 * n)], sorted[0]];
  };
  [figures.pAgreement, figures.pAgreementLow] = quantiles(agreement(P));
  [figures.tAgreement] = quantiles(agreement(T));
  [figures.beatAgreement, figures.beatAgreementLow, figures.beatAgreementLeast] = quantiles(agreement(WHOLE));
  const qrs = agreement(QRS);
  [figures.qrsAgreement, figures.qrsAgreementLow, figures.qrsAgreementLeast] = quantiles(qrs);
  figures.qrsStrangers = qrs.reduce((count, r) => count + (r < STRANGER ? 1 : 0), 0) / n;
  const heights = Float64Array.from(peaks, (peak) => {
    const own = wave(lead, [peak - before + qrsFrom, peak - before + qrsTo]);
    return own.high - own.low;
  });
  const sorted = heights.slice().sort();
  const usual = sorted[n >> 1] + 1e-6;
  figures.heightVariation = Math.log(
    1e-2 + (sorted[Math.floor(0.85 * n)] - sorted[Math.floor(0.15 * n)]) / usual,
  );
  figures.heightMost = Math.min(3, Math.log(sorted[n - 1] / usual + 1e-6));
  const rr = Float64Array.from({ length: n - 1 }, (_, i) => peaks[i + 1] - peaks[i]).sort();
  let premature = 0;
  let agrees = 0;
  let height = 0;
  for (let i = 1; i < n; i++) {
    if (peaks[i] - peaks[i - 1] >= PREMATURE * rr[rr.length >> 1]) continue;
    premature++;
    agrees += qrs[i];
    height += Math.max(-2, Math.min(2, Math.log(heights[i] / usual + 1e-6)));
  }
  figures.prematureAgreement = premature === 0 ? 1 : agrees / premature;
  figures.prematureHeight = premature === 0 ? 0 : height / premature;
  return figures;
}

/** Highest and lowest value above the line between a stretch's ends, and where the larger of them lies, 0…1. */
function wave(x: Float32Array, [from, to]: readonly [number, number]) {
  let high = 0;
  let low = 0;
  let highAt = from;
  let lowAt = from;
  const first = x[from];
  const slope = (x[to - 1] - first) / Math.max(1, to - 1 - from);
  for (let k = from; k < to; k++) {
    const value = x[k] - first - slope * (k - from);
    if (value > high) {
      high = value;
      highAt = k;
    }
    if (value < low) {
      low = value;
      lowAt = k;
    }
  }
  return { high, low, place: ((high >= -low ? highAt : lowAt) - from) / Math.max(1, to - from) };
}

/** Correlation of two stretches, −1…1; 0 where one is flat. */
function likeness(a: Float32Array, fromA: number, b: Float32Array, fromB: number, length: number): number {
  let sumA = 0;
  let sumB = 0;
  for (let k = 0; k < length; k++) {
    sumA += a[fromA + k];
    sumB += b[fromB + k];
  }
  let shared = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let k = 0; k < length; k++) {
    const x = a[fromA + k] - sumA / length;
    const y = b[fromB + k] - sumB / length;
    shared += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const size = Math.sqrt(squaresA * squaresB);
  return size > 0 ? shared / size : 0;
}

function mean(x: Float32Array): number {
  return x.reduce((sum, v) => sum + v, 0) / Math.max(1, x.length);
}
