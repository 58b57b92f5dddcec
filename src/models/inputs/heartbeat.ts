import * as v from 'valibot';
import { normaliseStretch } from './normalise.js';
import { resampleLead } from './resample-lead.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));

/**
 * What a network on single heartbeats expects of a recording, as data.
 *
 * `HEARTBEAT` is the published form; the other values are for networks that need not be compared with it.
 */
export const HeartbeatInputSchema = v.strictObject({
  /** Hz of the grid a segment is cut from. */
  fs: v.pipe(v.number(), v.minValue(50), v.maxValue(1000)),
  /** Samples of a segment; a longer one is cut off, a shorter one filled with zeros at its end. */
  length: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(10_000)),
  /** s before the R peak at which a segment begins. */
  before: amount,
  /** Segments end this many times the window's median RR after the R peak; null fills the whole length with signal. */
  rrMultiple: v.nullable(positive),
  /** s of the windows, one after another, whose median RR counts. */
  window: positive,
  /** The first leads of a recording, a channel each. */
  leads: v.picklist([1, 2]),
  /** Of each segment and lead, before zeros are added. `none` keeps mV. */
  normalise: v.picklist(['min-max', 'z-score', 'none']),
  /** Adds two constant channels: the RR before and after the beat, over the window's median, at most 4. */
  rr: v.boolean(),
});

export type HeartbeatInput = v.InferOutput<typeof HeartbeatInputSchema>;

/**
 * The published input: 187 samples at 125 Hz from the R peak on, 1.2 × median RR of signal and zeros after it.
 *
 * Source: Kachuee, Fazeli & Sarrafzadeh, IEEE ICHI 2018:443–444, doi:10.1109/ICHI.2018.00092 (arXiv:1805.00794).
 * Departs: R peaks are given, not found by a threshold; each segment has its own scale, not that of its 10 s window;
 * segments above 187 samples (1.2 RR > 1.496 s) are cut off, of which the paper says nothing.
 */
export const HEARTBEAT: HeartbeatInput = {
  fs: 125,
  length: 187,
  before: 0,
  rrMultiple: 1.2,
  window: 10,
  leads: 1,
  normalise: 'min-max',
  rr: false,
};

/** Shape of one example, channels first. */
export function heartbeatShape({ leads, rr, length }: HeartbeatInput): [number, number] {
  return [leads + (rr ? 2 : 0), length];
}

/** The largest RR over median RR that a channel says; longer pauses say no more. */
const LARGEST_RATIO = 4;

/**
 * One segment a chosen beat.
 *
 * @param signals  one array a lead, at `fs`, NaN where invalid; a contract's second lead is zeros where there is one only
 * @param peaks    R peaks of all beats, samples at `fs`, ascending: the rhythm
 * @param chosen   indices into `peaks`: the beats wanted
 * @returns        [chosen, channels, length]
 */
export function cutHeartbeats(
  signals: readonly Float32Array[],
  fs: number,
  peaks: ArrayLike<number>,
  chosen: ArrayLike<number>,
  input: HeartbeatInput,
): Float32Array {
  const grid = signals.slice(0, input.leads).map((signal) => resampleLead(signal, fs, input.fs));
  const medians = windowMedianRr(peaks, fs, input.window);
  const [channels, length] = heartbeatShape(input);
  const out = new Float32Array(chosen.length * channels * length);
  for (let n = 0; n < chosen.length; n++) {
    const beat = chosen[n];
    const time = peaks[beat] / fs;
    const medianRr = medians[beat];
    const begin = Math.round(time * input.fs) - Math.round(input.before * input.fs);
    const wanted =
      input.rrMultiple === null
        ? length
        : Math.min(length, Math.round((input.before + input.rrMultiple * medianRr) * input.fs));
    grid.forEach((lead, channel) => {
      const at = (n * channels + channel) * length;
      // What lies before the recording's begin or after its end stays zero, as the padding does.
      const from = Math.max(0, -begin);
      const to = Math.max(from, Math.min(wanted, lead.length - begin));
      if (to > from) out.set(lead.subarray(begin + from, begin + to), at + from);
      normaliseStretch(out, at + from, at + to, input.normalise);
    });
    if (input.rr) {
      const at = (n * channels + input.leads) * length;
      out.fill(rrRatio(peaks, beat, fs, medianRr), at, at + length);
      out.fill(rrRatio(peaks, beat + 1, fs, medianRr), at + length, at + 2 * length);
    }
  }
  return out;
}

/** The RR that ends at `beat` over the median; 1 where there is no such interval. */
function rrRatio(peaks: ArrayLike<number>, beat: number, fs: number, medianRr: number): number {
  if (beat < 1 || beat >= peaks.length || medianRr === 0) return 1;
  return Math.min(LARGEST_RATIO, (peaks[beat] - peaks[beat - 1]) / fs / medianRr);
}

/** For each beat the median RR, s, of its window; of the recording where the window holds no interval; 0 for one beat alone. */
function windowMedianRr(peaks: ArrayLike<number>, fs: number, window: number): Float64Array {
  const medians = new Float64Array(peaks.length);
  const all = medianRr(peaks, 0, peaks.length, fs);
  for (let from = 0; from < peaks.length; ) {
    const end = (Math.floor(peaks[from] / fs / window) + 1) * window * fs;
    let to = from + 1;
    while (to < peaks.length && peaks[to] < end) to++;
    medians.fill(to - from > 1 ? medianRr(peaks, from, to, fs) : all, from, to);
    from = to;
  }
  return medians;
}

/** Of the intervals between beats `from`…`to − 1`, s. */
function medianRr(peaks: ArrayLike<number>, from: number, to: number, fs: number): number {
  const count = to - from - 1;
  if (count < 1) return 0;
  const rr = Float64Array.from(
    { length: count },
    (_, i) => (peaks[from + i + 1] - peaks[from + i]) / fs,
  ).sort();
  return count % 2 === 1 ? rr[count >> 1] : (rr[count / 2 - 1] + rr[count / 2]) / 2;
}

/**
 * Brings rows as the published table has them (0…1, zeros after a segment) to another normalisation, in place.
 *
 * @param beats  [n, length]; a segment ends with its last value that is not zero
 */
export function normaliseHeartbeatRows(
  beats: Float32Array,
  length: number,
  how: HeartbeatInput['normalise'],
): void {
  if (how !== 'z-score') return;
  for (let at = 0; at < beats.length; at += length) {
    let end = at + length;
    while (end > at && beats[end - 1] === 0) end--;
    normaliseStretch(beats, at, end, how);
  }
}
