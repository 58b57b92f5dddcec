import { breatheWhenDue, inPortions } from '../../core/index.js';
import { CLIPPED_SECOND, FLAT_SECOND, GOOD_SECOND } from './second-quality.js';

/** Share of a second's samples that must be invalid, or stand still, for it to be flat. */
const MOST_STILL = 0.5;
/** mV: what moves less stands still. Real baselines, even in asystole, move more. */
const STILL = 0.006;
/** s that a line stands still at least; a pause between beats of a clean recording is restless or shorter. */
const LEAST_FLAT = 4;
/** s that a line of one value lasts at least: a converter that is connected never says the same for so long. */
const LEAST_CONSTANT = 1;
/** s, and samples, that a plateau lasts at least; one of a second and more is a flat line. */
const LEAST_PLATEAU = 0.016;
const FEWEST_PLATEAU = 4;
const MOST_PLATEAU = 1;
/** Of the range of three seconds: how level a plateau is, and how far from the middle it lies. */
const LEVEL = 0.002;
const OUTSIDE = 0.25;
/**
 * s before and behind a plateau at which the lead is far from it, by this share of the range and at least so many of
 * its smallest steps. A round top that is level for 16 ms falls by five times `LEVEL`, and by five steps, in 10 ms
 * more: it is a parabola.
 */
const EDGE = 0.01;
const STEEP = 0.03;
const STEPS = 8;
/** Seconds judged before a breath. */
const PORTION = 64;

/**
 * Where a lead is flat, off or invalid, and where it is clipped: by rules on its samples as they were recorded.
 *
 * Flat is a second of which half or more is invalid, or belongs to a line that stands still for 4 s or keeps one
 * value for 1 s. Clipped is one
 * that touches a plateau: 16 ms to 1 s level at the highest or lowest value of the three seconds around it, far from
 * its mean, and entered and left steeply, as no wave of the heart does. The square pulse of a calibration is a
 * plateau too. A recorder that smooths what its amplifier clipped leaves no plateau, and none is found.
 *
 * @param lead  mV, NaN where invalid; any gain that leaves a heart larger than 0.006 mV
 * @param fs    Hz
 * @returns     a code of `SECOND_QUALITY` a whole second: good, flat or clipped
 *
 * Source: own rules. Constants follow from the waves' curvature; checked on mitdb, svdb and cinc2017, in
 * experiments/quality.
 */
export async function findLeadFaults(lead: Float32Array, fs: number): Promise<Uint8Array> {
  const n = Math.floor(lead.length / fs);
  const codes = new Uint8Array(n).fill(GOOD_SECOND);
  const lows = new Float32Array(n);
  const highs = new Float32Array(n);
  const means = new Float32Array(n);
  await inPortions(
    0,
    n,
    (from, to) => {
      for (let s = from; s < to; s++) {
        let low = Number.POSITIVE_INFINITY;
        let high = Number.NEGATIVE_INFINITY;
        let sum = 0;
        let valid = 0;
        for (let i = Math.round(s * fs); i < Math.round((s + 1) * fs); i++) {
          const value = lead[i];
          if (value < low) low = value;
          if (value > high) high = value;
          if (value < Number.POSITIVE_INFINITY) {
            sum += value;
            valid++;
          }
        }
        lows[s] = low;
        highs[s] = high;
        means[s] = valid === 0 ? 0 : sum / valid;
      }
    },
    PORTION,
  );
  await inPortions(
    0,
    n,
    (from, to) => {
      for (let s = from; s < to; s++) {
        const around = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY, mean: means[s] };
        for (let t = Math.max(0, s - 1); t <= Math.min(n - 1, s + 1); t++) {
          if (lows[t] < around.low) around.low = lows[t];
          if (highs[t] > around.high) around.high = highs[t];
        }
        if (isClipped(lead, fs, s, around)) codes[s] = CLIPPED_SECOND;
      }
    },
    PORTION,
  );
  await markFlat(lead, fs, codes);
  return codes;
}

/** Whether a second touches a plateau at the lowest or highest value around it. */
function isClipped(
  x: Float32Array,
  fs: number,
  s: number,
  { low, high, mean }: { readonly low: number; readonly high: number; readonly mean: number },
): boolean {
  const range = high - low;
  if (!(range > STILL)) return false;
  const from = Math.round(s * fs);
  const to = Math.round((s + 1) * fs);
  const level = LEVEL * range;
  const enough = Math.max(FEWEST_PLATEAU, Math.ceil(LEAST_PLATEAU * fs));
  for (const sign of [1, -1]) {
    const extreme = sign * (sign > 0 ? high : low);
    if (extreme - sign * mean <= OUTSIDE * range) continue;
    let run = 0;
    for (let i = from; i <= to; i++) {
      if (i < to && extreme - sign * x[i] <= level) {
        run++;
        continue;
      }
      if (run >= enough && isPlateau(x, fs, i - run, i - 1, sign, range)) return true;
      run = 0;
    }
  }
  return false;
}

/** Whether the level samples around `first` … `last` are entered and left steeply, and last less than a second. */
function isPlateau(
  x: Float32Array,
  fs: number,
  first: number,
  last: number,
  sign: number,
  range: number,
): boolean {
  const value = x[first];
  const level = 2 * LEVEL * range;
  let a = first;
  let b = last;
  while (a > 0 && Math.abs(x[a - 1] - value) <= level && last - a < MOST_PLATEAU * fs) a--;
  while (b + 1 < x.length && Math.abs(x[b + 1] - value) <= level && b - first < MOST_PLATEAU * fs) b++;
  if (b - a + 1 >= MOST_PLATEAU * fs) return false;
  const reach = Math.max(1, Math.round(EDGE * fs));
  let step = Number.POSITIVE_INFINITY;
  for (let i = Math.max(1, a - 4 * reach); i <= Math.min(x.length - 1, b + 4 * reach); i++) {
    const size = Math.abs(x[i] - x[i - 1]);
    if (size > 0 && size < step) step = size;
  }
  const drop = Math.max(STEEP * range, step < STEEP * range ? STEPS * step : 0);
  const isSteep = (i: number) => i < 0 || i >= x.length || sign * (value - x[i]) >= drop;
  return isSteep(a - reach) && isSteep(b + reach);
}

/** What a quarter of a second of a lead does. */
const MOVES = 0;
const STANDS = 1;
const CONSTANT = 2;
const INVALID = 3;

/** Marks the seconds that are, by half, invalid or part of a line that stands still for long. */
async function markFlat(x: Float32Array, fs: number, codes: Uint8Array): Promise<void> {
  const pieces = new Uint8Array(4 * codes.length);
  for (let p = 0; p < pieces.length; p++) {
    if (p % (4 * PORTION) === 0) await breatheWhenDue();
    pieces[p] = stillness(x, Math.round((p * fs) / 4), Math.round(((p + 1) * fs) / 4));
  }
  const isFlat = pieces.map((kind) => (kind === INVALID ? 1 : 0));
  markRuns(pieces, STANDS, 4 * LEAST_FLAT, isFlat);
  markRuns(pieces, CONSTANT, 4 * LEAST_CONSTANT, isFlat);
  for (let s = 0; s < codes.length; s++) {
    const flat = isFlat[4 * s] + isFlat[4 * s + 1] + isFlat[4 * s + 2] + isFlat[4 * s + 3];
    if (flat >= 4 * MOST_STILL) codes[s] = FLAT_SECOND;
  }
}

/** Marks the runs of at least `enough` pieces, or of all there are, of at least this stillness. */
function markRuns(pieces: Uint8Array, least: number, enough: number, marks: Uint8Array): void {
  for (let p = 0; p < pieces.length; ) {
    let end = p;
    while (end < pieces.length && pieces[end] >= least) end++;
    if (end - p >= Math.min(enough, pieces.length)) marks.fill(1, p, end);
    p = Math.max(end, p + 1);
  }
}

function stillness(x: Float32Array, from: number, to: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let valid = 0;
  for (let i = from; i < to; i++) {
    const value = x[i];
    if (value < low) low = value;
    if (value > high) high = value;
    if (value < Number.POSITIVE_INFINITY) valid++;
  }
  if (valid < (to - from) * (1 - MOST_STILL)) return INVALID;
  return high - low >= STILL ? MOVES : high > low ? STANDS : CONSTANT;
}
