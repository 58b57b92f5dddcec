import { breatheWhenDue, inPortions } from '../core/index.js';
import type { InputContract, InputShape } from './contract.js';
import { inputShape } from './contract.js';
import type { GridSignals } from './grid-signals.js';
import { centreLikeness, likenessOffset, writeLikeness } from './likeness.js';
import { sinusBeats, sinusTemplate } from './template.js';

/** The beats of one span of a recording, cut out and scaled, before a network's input is composed of them. */
export interface SpanBeats {
  /** First beat of the span and one past its last, as indices into the recording's beats. */
  readonly from: number;
  readonly to: number;
  /** Grid samples of a stored window: the contract's cut and `margin` on either side. */
  readonly length: number;
  /** Index of the R peak in a stored window. */
  readonly peak: number;
  /** [beats, leads, length], in units of the lead's scale. */
  readonly windows: Float32Array;
  /** [leads, length]. */
  readonly template: Float32Array;
  /** [beats, leads]: 1 where the lead can be used. */
  readonly present: Uint8Array;
  /** [beats, likenessPerBeat]. */
  readonly likeness: Float32Array;
  /** [likenessPerBeat]: what has been taken off each likeness figure. */
  readonly likenessOffset: Float32Array;
}

/**
 * The beats of one span, aligned, cut, scaled and compared with the span's template.
 *
 * @param peaks   grid sample of each beat of the span, before alignment
 * @param rrRatio pre-RR / mean RR of each beat of the span, NaN where unknown
 * @param from    index of the span's first beat in the recording
 * @param margin  grid samples kept beyond the window on either side, for shifts in training
 */
export async function cutSpan(
  signals: GridSignals,
  peaks: Int32Array,
  rrRatio: Float64Array,
  contract: InputContract,
  margin: number,
  from: number,
): Promise<SpanBeats> {
  const shape = inputShape(contract);
  const leads = contract.leads.count;
  const length = shape.cut.length + 2 * margin;
  const peak = shape.cut.peak + margin;
  const n = peaks.length;
  const units: number[] = [];
  for (const lead of signals.leads) units.push(await leadUnit(lead, signals.from, peaks, contract));
  const aligned = await align(signals, peaks, units, contract);
  const windows = new Float32Array(n * leads * length);
  const present = new Uint8Array(n * leads);
  for (let lead = 0; lead < leads; lead++) {
    const unit = units[lead] ?? 0;
    if (unit < contract.scale.smallest) continue;
    const x = signals.leads[lead];
    await forBeats(n, (i) => {
      const centre = aligned[i] - signals.from;
      const row = (i * leads + lead) * length;
      const cut = cutWindow(
        x,
        signals.invalid[lead],
        centre,
        peak,
        length,
        unit,
        contract,
        shape,
        windows,
        row,
      );
      if (cut) present[i * leads + lead] = 1;
    });
  }
  await breatheWhenDue();
  const template = sinusTemplate(windows, present, rrRatio, leads, length, contract.template);
  const likeness = new Float32Array(n * shape.likenessPerBeat);
  await inPortions(
    0,
    n,
    (first, end) => {
      writeLikeness(
        windows.subarray(first * leads * length, end * leads * length),
        present.subarray(first * leads, end * leads),
        template,
        end - first,
        length,
        peak,
        contract,
        likeness.subarray(first * shape.likenessPerBeat, end * shape.likenessPerBeat),
      );
    },
    BEATS,
  );
  await breatheWhenDue();
  const sinus = sinusBeats(rrRatio, contract.template);
  const offset = likenessOffset(likeness, shape.likenessPerBeat, present, sinus, contract);
  centreLikeness(likeness, shape.likenessPerBeat, present, offset, leads);
  return { from, to: from + n, length, peak, windows, template, present, likeness, likenessOffset: offset };
}

/** Beats that are gone through between two looks at the clock. */
const BEATS = 128;

async function forBeats(n: number, work: (beat: number) => void): Promise<void> {
  await inPortions(
    0,
    n,
    (from, to) => {
      for (let i = from; i < to; i++) work(i);
    },
    BEATS,
  );
}

/**
 * Writes one beat of one lead, in units of the lead, where enough of it is valid.
 *
 * @param centre  index into `x` of the aligned R peak, which becomes index `peak` of the window
 * @param row     where in `windows` the `length` samples begin
 * @returns       whether the lead can be used there; nothing is written where not
 */
export function cutWindow(
  x: Float32Array,
  invalid: Uint8Array,
  centre: number,
  peak: number,
  length: number,
  unit: number,
  contract: InputContract,
  shape: InputShape,
  windows: Float32Array,
  row: number,
): boolean {
  const last = x.length - 1;
  const start = centre - peak;
  const bad = invalidShare(invalid, centre - shape.peak, shape.length);
  if (bad > contract.leads.mostInvalid) return false;
  for (let k = 0; k < length; k++) {
    windows[row + k] = x[Math.min(last, Math.max(0, start + k))] / unit;
  }
  return true;
}

/** The lead's range around an R peak at index `peak` of `x`, mV. */
export function peakRange(x: Float32Array, peak: number, contract: InputContract): number {
  const reach = Math.round(contract.scale.reach * contract.fs);
  const last = x.length - 1;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = -reach; k <= reach; k++) {
    const value = x[Math.min(last, Math.max(0, peak + k))];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

/** The unit of a lead: the median of its ranges around R peaks, which it sorts; 0 without any. */
export function medianRange(ranges: Float32Array): number {
  ranges.sort();
  const half = ranges.length >> 1;
  if (ranges.length === 0) return 0;
  return ranges.length % 2 === 1 ? ranges[half] : (ranges[half - 1] + ranges[half]) / 2;
}

/** Median over the beats of the lead's range around the R peak, mV. */
async function leadUnit(
  x: Float32Array,
  from: number,
  peaks: Int32Array,
  contract: InputContract,
): Promise<number> {
  const ranges = new Float32Array(peaks.length);
  await forBeats(peaks.length, (i) => {
    ranges[i] = peakRange(x, peaks[i] - from, contract);
  });
  return medianRange(ranges);
}

/** How much each lead counts when beats are aligned: its weight in the contract over its unit. */
export function alignmentWeights(leads: number, units: readonly number[], contract: InputContract): number[] {
  const { alignment } = contract;
  return Array.from({ length: leads }, (_, lead) =>
    alignment === null || units[lead] < contract.scale.smallest
      ? 0
      : (alignment.weights[lead] ?? 0) / units[lead],
  );
}

/** A beat at the largest weighted sum of magnitudes nearby, the first of equals; indices into the leads. */
export function alignBeat(
  leads: readonly Float32Array[],
  peak: number,
  weights: readonly number[],
  contract: InputContract,
): number {
  if (contract.alignment === null) return peak;
  const search = Math.floor(contract.alignment.search * contract.fs);
  let best = peak;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = -search; k <= search; k++) {
    let sum = 0;
    for (let lead = 0; lead < leads.length; lead++) {
      const x = leads[lead];
      const i = Math.min(x.length - 1, Math.max(0, peak + k));
      sum += weights[lead] * Math.abs(x[i]);
    }
    if (sum > most) {
      most = sum;
      best = peak + k;
    }
  }
  return best;
}

/** Each beat at the largest weighted sum of scaled magnitudes nearby; the first of equals. */
async function align(
  signals: GridSignals,
  peaks: Int32Array,
  units: readonly number[],
  contract: InputContract,
): Promise<Int32Array> {
  if (contract.alignment === null) return peaks;
  const weights = alignmentWeights(signals.leads.length, units, contract);
  const aligned = new Int32Array(peaks.length);
  await forBeats(peaks.length, (beat) => {
    aligned[beat] = signals.from + alignBeat(signals.leads, peaks[beat] - signals.from, weights, contract);
  });
  return aligned;
}

function invalidShare(invalid: Uint8Array, from: number, length: number): number {
  let bad = 0;
  for (let i = Math.max(0, from); i < Math.min(invalid.length, from + length); i++) bad += invalid[i];
  return bad / length;
}
