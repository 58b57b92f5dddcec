import { medianRange } from '../beat-windows.js';
import type { InputContract, InputShape } from '../contract.js';
import { centreLikeness, likenessOffset, writeLikeness } from '../likeness.js';
import { sinusBeats, sinusTemplate } from '../template.js';

/** Beats that are kept: enough for the contract's template, and some minutes of the fastest heart. */
export const KEPT_BEATS = 512;
/** Beats between two looks at unit and template, at most, and as a share of those seen so far. */
const RENEW_AFTER = 32;
const RENEW_SHARE = 0.15;
/** A unit that changes by less stays as it is. */
const SAME_UNIT = 0.02;

/**
 * The last beats of a stream, cut and scaled; beat `i` of the stream lies in slot `i % KEPT_BEATS` of the columns.
 */
export interface BeatHistory {
  /** Beats so far. */
  readonly count: number;
  /** mV that are 1, of each lead; 0 before the first beat. */
  readonly units: Float64Array;
  /** [slots, leads, length], [leads, length], [slots, leads]. */
  readonly windows: Float32Array;
  readonly template: Float32Array;
  readonly present: Uint8Array;
  /** s before each beat, NaN where unknown. */
  readonly before: Float64Array;
  /** Takes a beat's ranges, mV, before it is cut: the first beats make the units. */
  measure(ranges: ArrayLike<number>): void;
  /** The next beat's slot, where its windows and presence are to be written before `add`. */
  slot(): number;
  /**
   * Ends the beat at `slot()`.
   *
   * @param rr    s before it
   * @param mean  s, mean interval up to now
   */
  add(rr: number, mean: number): void;
  /** Writes a beat's likeness figures, centred. */
  writeLikeness(beat: number, out: Float32Array, at: number): void;
}

/** A stream without beats yet. */
export function createBeatHistory(contract: InputContract, shape: InputShape): BeatHistory {
  const leads = contract.leads.count;
  const { length, peak } = shape.cut;
  const row = leads * length;
  const figures = shape.likenessPerBeat;
  const windows = new Float32Array(KEPT_BEATS * row);
  const present = new Uint8Array(KEPT_BEATS * leads);
  const before = new Float64Array(KEPT_BEATS).fill(Number.NaN);
  const ranges = new Float32Array(KEPT_BEATS * leads);
  const likeness = new Float32Array(KEPT_BEATS * figures);
  const units = new Float64Array(leads);
  let template: Float32Array = new Float32Array(row);
  let offset: Float32Array = new Float32Array(figures);
  let count = 0;
  let renewal = 1;

  /** Beats that are kept, the newest included. */
  const kept = () => Math.min(count, KEPT_BEATS);

  function unitOf(lead: number, beats: number): number {
    return medianRange(Float32Array.from({ length: beats }, (_, i) => ranges[i * leads + lead]));
  }

  /** Looks at units, template and offsets anew, by all beats that are kept. */
  function renew(mean: number): void {
    const n = kept();
    for (let lead = 0; lead < leads; lead++) {
      const unit = unitOf(lead, n);
      const change = unit / units[lead];
      if (Math.abs(change - 1) < SAME_UNIT) continue;
      if (units[lead] > 0 && unit > 0)
        for (let beat = 0; beat < n; beat++) {
          const at = beat * row + lead * length;
          for (let k = 0; k < length; k++) windows[at + k] /= change;
        }
      units[lead] = unit;
    }
    const ratios = before.slice(0, n).map((rr) => rr / mean);
    const known = windows.subarray(0, n * row);
    const there = present.subarray(0, n * leads);
    template = sinusTemplate(known, there, ratios, leads, length, contract.template);
    if (figures === 0) return;
    likeness.fill(0);
    writeLikeness(known, there, template, n, length, peak, contract, likeness);
    const sinus = sinusBeats(ratios, contract.template);
    offset = likenessOffset(likeness.subarray(0, n * figures), figures, there, sinus, contract);
  }

  return {
    get count() {
      return count;
    },
    units,
    windows,
    get template() {
      return template;
    },
    present,
    before,
    measure(own) {
      const slot = count % KEPT_BEATS;
      for (let lead = 0; lead < leads; lead++) {
        ranges[slot * leads + lead] = own[lead] ?? 0;
        if (units[lead] === 0) units[lead] = unitOf(lead, Math.min(count + 1, KEPT_BEATS));
      }
    },
    slot: () => count % KEPT_BEATS,
    add(rr, mean) {
      const slot = count % KEPT_BEATS;
      before[slot] = rr;
      count++;
      if (count >= renewal) {
        renew(mean);
        renewal = count + Math.min(RENEW_AFTER, Math.ceil(RENEW_SHARE * count));
      } else if (figures > 0) {
        const own = likeness.subarray(slot * figures, (slot + 1) * figures).fill(0);
        writeLikeness(
          windows.subarray(slot * row, (slot + 1) * row),
          present.subarray(slot * leads, (slot + 1) * leads),
          template,
          1,
          length,
          peak,
          contract,
          own,
        );
      }
    },
    writeLikeness(beat, out, at) {
      const slot = beat % KEPT_BEATS;
      const own = out.subarray(at, at + figures);
      own.set(likeness.subarray(slot * figures, (slot + 1) * figures));
      centreLikeness(own, figures, present.subarray(slot * leads, (slot + 1) * leads), offset, leads);
    },
  };
}
