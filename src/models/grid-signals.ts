import type { RecordingReader, RunOptions } from '../core/index.js';
import { breatheWhenDue, EcgError, inPortions, throwIfCancelled } from '../core/index.js';
import {
  baselineReach,
  createGridResampler,
  type GridResampler,
  hasInvalid,
  type MedianBaseline,
  subtractMedianBaseline,
} from '../dsp/index.js';
import type { InputContract } from './contract.js';

/** The leads of a stretch of a recording on the contract's grid; sample `from` lies at from/fs s. */
export interface GridSignals {
  readonly from: number;
  /** mV less the baseline, one array a lead. */
  readonly leads: readonly Float32Array[];
  /** 1 where the file marks the sample invalid; one array a lead. */
  readonly invalid: readonly Uint8Array[];
}

/** Grid samples of a whole recording. */
export function gridLength(reader: RecordingReader, contract: InputContract): number {
  return Math.floor((reader.info.length / reader.info.fs) * contract.fs);
}

/**
 * The chosen leads between two grid samples, resampled and without baseline.
 *
 * Read in slices of `sliceSeconds`; the result does not depend on it, bit for bit.
 *
 * @param signals  indices into the recording's signals
 * @throws EcgError what the reader throws; `cancelled`
 */
export async function readGridSignals(
  reader: RecordingReader,
  signals: readonly number[],
  contract: InputContract,
  from: number,
  to: number,
  sliceSeconds: number,
  options?: RunOptions,
): Promise<GridSignals> {
  const step = contract.baseline?.decimation ?? 1;
  const margin = contract.baseline === null ? 0 : baselineReach(contract.baseline);
  const end = gridLength(reader, contract);
  const start = Math.floor(Math.max(0, from - margin) / step) * step;
  const stop = Math.min(end, to + margin);
  const leads = signals.map(() => new Float32Array(stop - start));
  const invalid = signals.map(() => new Uint8Array(stop - start));
  const slice = Math.max(1, Math.round(sliceSeconds * contract.fs));
  for (let at = start; at < stop; at += slice) {
    throwIfCancelled(options, 'prepareInput');
    await resampleSlice(
      reader,
      signals,
      contract,
      at,
      Math.min(stop, at + slice),
      start,
      leads,
      invalid,
      options,
    );
    await breatheWhenDue();
  }
  const clean: Float32Array[] = [];
  for (const lead of leads) {
    const flat = contract.baseline === null ? lead : await withoutBaseline(lead, contract.baseline);
    clean.push(flat.subarray(from - start, to - start));
  }
  return {
    from,
    leads: clean,
    invalid: invalid.map((flags) => flags.subarray(from - start, to - start)),
  };
}

/** Grid samples, at least, whose baseline is taken at a time. */
const PIECE = 16_384;

/** A lead less its baseline, piece by piece: beyond its reach nothing counts, so that the pieces agree. */
async function withoutBaseline(lead: Float32Array, baseline: MedianBaseline): Promise<Float32Array> {
  const { decimation } = baseline;
  const piece = Math.ceil(PIECE / decimation) * decimation;
  const margin = Math.ceil(baselineReach(baseline) / decimation) * decimation;
  const out = new Float32Array(lead.length);
  await inPortions(
    0,
    lead.length,
    (from, to) => {
      const begin = Math.max(0, from - margin);
      const part = subtractMedianBaseline(lead.subarray(begin, to + margin), baseline);
      out.set(part.subarray(from - begin, to - begin), from);
    },
    piece,
  );
  return out;
}

/** Grid samples `from`…`to` of every signal, written at `from − start`. */
async function resampleSlice(
  reader: RecordingReader,
  signals: readonly number[],
  contract: InputContract,
  from: number,
  to: number,
  start: number,
  leads: readonly Float32Array[],
  invalid: readonly Uint8Array[],
  options?: RunOptions,
): Promise<void> {
  const { fs, length } = reader.info;
  const resamplers = signals.map((index) => contractResampler(reader.info.signals[index].fs, contract));
  // An invalid sample takes the value of its nearest valid neighbour within HOLD seconds, so that a slice
  // needs that much more on either side.
  const reach = resampleReach(fs, contract) + HOLD;
  const readFrom = wholeStart(reader, signals, Math.max(0, Math.floor((from / contract.fs - reach) * fs)));
  const readTo = Math.min(length, Math.ceil((to / contract.fs + reach) * fs));
  if (readTo <= readFrom) return;
  const recording = await reader.read({ from: readFrom, to: readTo, signals }, options);
  signals.forEach((_, lead) => {
    const { samples, fs: signalFs } = recording.signals[lead];
    if (samples.length === 0) {
      throw new EcgError(
        'bad-format',
        `prepareInput: lead ${lead + 1} of ${reader.info.id} has no samples from ${readFrom} to ${readTo}; check the file`,
      );
    }
    const first = Math.round((readFrom * signalFs) / fs);
    resampleOnGrid(
      resamplers[lead],
      samples,
      first,
      signalFs,
      contract,
      from,
      to,
      leads[lead],
      invalid[lead],
      from - start,
    );
  });
}

/** s over which a value stands in for invalid samples; beyond it they are 0. */
export const HOLD = 1;

/** What brings a lead of some rate to the contract's grid. */
export function contractResampler(fs: number, contract: InputContract): GridResampler {
  return createGridResampler({
    fsIn: fs,
    fsOut: contract.fs,
    cutoff: contract.resample.cutoff,
    halfWidth: contract.resample.halfWidth,
  });
}

/** s of signal on either side of a grid sample that it depends on, where all of it is valid. */
export function resampleReach(fs: number, contract: InputContract): number {
  return contract.resample.halfWidth + 4 / Math.min(fs, contract.fs);
}

/**
 * Grid samples `from`…`to − 1` of one lead, and where it is invalid, written from `at`.
 *
 * @param samples  mV, NaN where invalid; `first` is the index of the first one in the recording
 * @param invalid  receives 1 where a sample is invalid; left as it is elsewhere
 */
export function resampleOnGrid(
  resampler: GridResampler,
  samples: Float32Array,
  first: number,
  fs: number,
  contract: InputContract,
  from: number,
  to: number,
  out: Float32Array,
  invalid: Uint8Array,
  at: number,
): void {
  const gaps = hasInvalid(samples);
  if (gaps) {
    for (let k = from; k < to; k++) {
      const nearest = Math.round((k * fs) / contract.fs) - first;
      if (Number.isNaN(samples[Math.min(samples.length - 1, nearest)])) invalid[at + k - from] = 1;
    }
  }
  const whole = gaps ? holdInvalid(samples, Math.round(HOLD * fs)) : samples;
  resampler.run(whole, first, from, to, out, at);
}

/** The samples with each NaN replaced by the last valid value within `hold` samples, else the next one, else 0. */
export function holdInvalid(samples: Float32Array, hold: number): Float32Array {
  const out = samples.slice();
  let last = -1;
  let next = 0;
  for (let i = 0; i < samples.length; i++) {
    if (!Number.isNaN(samples[i])) {
      last = i;
      continue;
    }
    while (next < samples.length && (next <= i || Number.isNaN(samples[next]))) next++;
    if (last >= 0 && i - last <= hold) out[i] = samples[last];
    else if (next < samples.length && next - i <= hold) out[i] = samples[next];
    else out[i] = 0;
  }
  return out;
}

/** The nearest sample at or before `from` that is a whole sample of every signal, where rates are whole ratios. */
function wholeStart(reader: RecordingReader, signals: readonly number[], from: number): number {
  const { fs } = reader.info;
  let step = 1;
  for (const index of signals) {
    const ratio = fs / reader.info.signals[index].fs;
    if (ratio !== 1) step = Math.max(step, Math.round(fs));
  }
  return Math.floor(from / step) * step;
}
