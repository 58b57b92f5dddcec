import { baselineReach, subtractMedianBaseline } from '../../dsp/index.js';
import { alignBeat, alignmentWeights, cutWindow, peakRange } from '../beat-windows.js';
import { type BeatTable, finishBeat, writeBeat } from '../compose.js';
import { type InputContract, inputShape } from '../contract.js';
import { contractResampler, HOLD, resampleOnGrid, resampleReach } from '../grid-signals.js';
import { createBeatHistory, KEPT_BEATS } from './beat-history.js';
import { createMeanInterval } from './mean-interval.js';
import type { SignalRing } from './signal-ring.js';

/** One beat as a network's input. */
export interface BeatInput {
  /** [channels, length] */
  readonly waves: Float32Array;
  /** [features] */
  readonly features: Float32Array;
}

/** The beats of a stream as input of a network, beat after beat; the counterpart of `prepareInput`. */
export interface BeatStream {
  /** Beats so far. */
  readonly count: number;
  /** Oldest beat that can still be asked for. */
  readonly oldest: number;
  /** Samples of signal that have to follow an R peak before the beat is added. */
  readonly samplesAfter: number;
  /**
   * Takes the next beat.
   *
   * @param sample  its R peak, sample of the stream
   * @param rr      s since the beat before, NaN where unknown
   */
  add(sample: number, rr: number): void;
  /**
   * Beat `i` of the stream by all that is known now: unit and template of now, the beats that were added after it. Of
   * the beats that have not come yet it is taken that they go on as it went before the beat, mirrored: a rhythm that
   * becomes perfectly even with every beat is none the network knows.
   */
  input(beat: number): BeatInput;
}

/**
 * A stream's beats by the contract of a network, with the functions that cut a recording's.
 *
 * Resampling, baseline, alignment and cut are those of a recording, sample for sample. Unit, template, likeness offsets
 * and the mean interval are taken over the last 512 beats, or half an hour, up to now, and not over the whole hour
 * around.
 *
 * @param ring   the samples of the stream
 * @param leads  of the ring, those that the network takes, in its order
 */
export function createBeatStream(
  contract: InputContract,
  fs: number,
  ring: SignalRing,
  leads: readonly number[],
): BeatStream {
  const shape = inputShape(contract);
  const history = createBeatHistory(contract, shape);
  const interval = createMeanInterval(contract.rr);
  const resampler = contractResampler(fs, contract);
  const { length, peak } = shape.cut;
  const wanted = contract.leads.count;
  const search = Math.ceil((contract.alignment?.search ?? 0) * contract.fs);
  const { baseline } = contract;
  const step = baseline?.decimation ?? 1;
  const margin = baseline === null ? 0 : baselineReach(baseline);
  const reach = resampleReach(fs, contract);
  /** Grid samples before and behind an R peak that a beat needs. */
  const before = peak + search;
  const after = Math.max(length - peak, Math.round(contract.scale.reach * contract.fs)) + search + 1;
  const neighbours = Math.max(contract.rr.reach, contract.likeness?.reach ?? 0);
  const figures = shape.likenessPerBeat;

  /** The leads around an R peak on the grid, without baseline, and where they are invalid. */
  function around(centre: number) {
    const from = Math.max(0, centre - before);
    const to = centre + after;
    const start = Math.floor(Math.max(0, from - margin) / step) * step;
    const known = Math.floor((ring.end / fs) * contract.fs);
    const stop = Math.min(Math.max(start + 1, known), to + margin);
    const readFrom = Math.max(0, Math.floor((start / contract.fs - reach - HOLD) * fs));
    const readTo = Math.min(ring.end, Math.ceil((stop / contract.fs + reach + HOLD) * fs));
    const invalid: Uint8Array[] = [];
    const clean: Float32Array[] = [];
    for (const lead of leads) {
      const grid = new Float32Array(stop - start);
      const flags = new Uint8Array(stop - start);
      const first = Math.max(readFrom, Math.min(ring.begin, readTo - 1));
      const samples = ring.copy(lead, first, readTo);
      resampleOnGrid(resampler, samples, first, fs, contract, start, stop, grid, flags, 0);
      clean.push(baseline === null ? grid : subtractMedianBaseline(grid, baseline));
      invalid.push(flags);
    }
    return { start, leads: clean, invalid };
  }

  return {
    get count() {
      return history.count;
    },
    get oldest() {
      return Math.max(0, history.count - KEPT_BEATS);
    },
    samplesAfter: Math.ceil(((after + margin) / contract.fs + reach) * fs),
    add(sample, rr) {
      const centre = Math.round((sample / fs) * contract.fs);
      const grid = around(centre);
      const at = centre - grid.start;
      history.measure(grid.leads.map((x) => peakRange(x, at, contract)));
      const units = Array.from(history.units);
      const weights = alignmentWeights(leads.length, units, contract);
      const aligned = alignBeat(grid.leads, at, weights, contract);
      const slot = history.slot();
      for (let lead = 0; lead < wanted; lead++) {
        const row = (slot * wanted + lead) * length;
        const unit = units[lead];
        const there =
          lead < leads.length &&
          unit >= contract.scale.smallest &&
          cutWindow(
            grid.leads[lead],
            grid.invalid[lead],
            aligned,
            peak,
            length,
            unit,
            contract,
            shape,
            history.windows,
            row,
          );
        if (!there) history.windows.fill(0, row, row + length);
        history.present[slot * wanted + lead] = there ? 1 : 0;
      }
      interval.add(sample / fs, rr);
      history.add(rr, interval.mean());
    },
    input(beat) {
      const first = Math.max(0, history.count - KEPT_BEATS, beat - neighbours);
      const known = Math.min(history.count, beat + neighbours + 1);
      const end = Math.max(known, Math.min(beat + neighbours, 2 * beat - first) + 1);
      const n = end - first;
      const table: BeatTable = {
        before: new Float64Array(n),
        mean: new Float64Array(n).fill(interval.mean()),
        likeness: new Float32Array(n * figures),
        present: new Uint8Array(n * wanted),
      };
      for (let i = 0; i < n; i++) {
        // What does not follow yet is taken to go on as it went before, mirrored.
        const like = first + i < known ? first + i : 2 * beat - first - i;
        const slot = like % KEPT_BEATS;
        table.before[i] = history.before[slot];
        history.writeLikeness(like, table.likeness, i * figures);
        for (let lead = 0; lead < wanted; lead++)
          table.present[i * wanted + lead] = history.present[slot * wanted + lead];
      }
      const slot = beat % KEPT_BEATS;
      const own = beat - first;
      const span = {
        from: own,
        to: own + 1,
        length,
        peak,
        windows: history.windows.subarray(slot * wanted * length, (slot + 1) * wanted * length),
        template: history.template,
        present: history.present.subarray(slot * wanted, (slot + 1) * wanted),
        likeness: table.likeness,
        likenessOffset: table.likeness,
      };
      const waves = new Float32Array(shape.channels * shape.length);
      const features = new Float32Array(shape.features);
      writeBeat(contract, shape, table, span, own, waves, features, 0, 0);
      finishBeat(contract, shape, waves, features, 0);
      return { waves, features };
    },
  };
}
