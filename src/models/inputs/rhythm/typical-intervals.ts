import { sampleEntropy } from '../../../ecg/index.js';

/** What `typicalIntervals` tells, in its order. */
export const TYPICAL_INTERVALS = [
  'strangers',
  'typicalShare',
  'typicalVariation',
  'typicalSpread',
  'typicalSuccessive',
  'typicalChange10',
  'typicalNear10',
  'typicalEntropy',
  'typicalPremature',
  'strangerCoupling',
  'strangerCouplingSpread',
] as const;

type TypicalFigure = (typeof TYPICAL_INTERVALS)[number];

/** Beats of less likeness are strangers: ventricular beats, aberrant ones, artefacts. */
const TYPICAL = 0.6;
/** Share of the median below which an interval between typical beats is premature. */
const PREMATURE = 0.85;

/**
 * The RR intervals between beats of the typical shape, and how those of other shapes are coupled, as numbers of the
 * order of 1: ventricular beats disturb a rhythm that is even between the others, fibrillation is uneven everywhere.
 * All but the first two are 0 with fewer than 4 such intervals.
 *
 * @param peaks     R peaks, any unit of time
 * @param likeness  of each beat, from `beatLikeness`
 */
export function typicalIntervals(
  peaks: ArrayLike<number>,
  likeness: Float32Array,
): Readonly<Record<TypicalFigure, number>> {
  const figures = Object.fromEntries(TYPICAL_INTERVALS.map((name) => [name, 0])) as Record<
    TypicalFigure,
    number
  >;
  const n = peaks.length;
  if (n < 2) return figures;
  const kept: number[] = [];
  const changes: number[] = [];
  const couplings: number[] = [];
  let strangers = likeness[0] < TYPICAL ? 1 : 0;
  let before: number | undefined;
  for (let i = 1; i < n; i++) {
    const rr = peaks[i] - peaks[i - 1];
    const strange = likeness[i] < TYPICAL;
    if (strange) strangers++;
    if (strange || likeness[i - 1] < TYPICAL) {
      if (strange && likeness[i - 1] >= TYPICAL) couplings.push(rr);
      before = undefined;
      continue;
    }
    kept.push(rr);
    if (before !== undefined) changes.push(rr - before);
    before = rr;
  }
  figures.strangers = strangers / n;
  figures.typicalShare = kept.length / (n - 1);
  if (kept.length < 4) return figures;
  const sorted = Float64Array.from(kept).sort();
  const median = sorted[sorted.length >> 1];
  const relative = kept.map((rr) => rr / median);
  const apart = Float64Array.from(relative, (x) => Math.abs(x - 1)).sort();
  const shareOf = (values: ArrayLike<number> & Iterable<number>, holds: (x: number) => boolean): number =>
    values.length === 0 ? 0 : [...values].filter(holds).length / values.length;
  const steps = changes.map((x) => x / median);
  figures.typicalVariation = deviation(relative);
  figures.typicalSpread = apart[apart.length >> 1];
  figures.typicalSuccessive = Math.sqrt(mean(steps.map((x) => x * x)));
  figures.typicalChange10 = shareOf(steps, (x) => Math.abs(x) > 0.1);
  figures.typicalNear10 = shareOf(apart, (x) => x < 0.1);
  figures.typicalEntropy = sampleEntropy(relative, 1, 0.05);
  figures.typicalPremature = shareOf(relative, (x) => x < PREMATURE);
  if (couplings.length === 0) return figures;
  figures.strangerCoupling = Math.max(-1, Math.log(mean(couplings) / median));
  figures.strangerCouplingSpread = deviation(couplings) / mean(couplings);
  return figures;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - centre) ** 2)));
}
