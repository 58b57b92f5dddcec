import * as v from 'valibot';
import { butterworthHighPass, filterZeroPhase } from '../../dsp/index.js';
import { resampleLead } from './resample-lead.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What the network of waves expects of a lead, as data. */
export const WaveChunkSchema = v.pipe(
  v.strictObject({
    /** Hz of the grid. */
    fs: v.pipe(v.number(), v.minValue(100), v.maxValue(1000)),
    /** Samples the network is given at once. */
    chunk: count,
    /** Samples at a chunk's ends that are not used where another chunk sees them further from its own. */
    margin: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    /** Butterworth high-pass run forwards and backwards over the window; cutoff in Hz. */
    highPass: v.strictObject({ cutoff: positive, order: v.pipe(count, v.maxValue(6)) }),
    /** A lead is divided by the median range of its blocks of so many seconds. */
    scaleBlock: positive,
  }),
  v.check(({ chunk, margin }) => chunk > 2 * margin, 'Expected a chunk longer than two margins'),
);

/** What the network of waves expects of a lead; see `WaveChunkSchema`. */
export type WaveChunkInput = v.InferOutput<typeof WaveChunkSchema>;

/**
 * A lead as the network of waves reads it: on the grid, without wander, its beats about 1 high; zeros for a flat lead.
 *
 * Sample k lies at k / input.fs s.
 *
 * @param lead  mV at `fs`, NaN where invalid
 */
export function prepareWaveLead(lead: Float32Array, fs: number, input: WaveChunkInput): Float32Array {
  const { cutoff, order } = input.highPass;
  const grid = resampleLead(lead, fs, input.fs);
  const level = filterZeroPhase(grid, butterworthHighPass({ fs: input.fs, cutoff, order }));
  const scale = medianRange(level, Math.round(input.scaleBlock * input.fs));
  // Half a microvolt: below what any recorder resolves.
  const factor = scale > 5e-4 ? 1 / scale : 0;
  return level.map((x) => x * factor);
}

/** The median of the ranges of consecutive blocks; a shorter rest counts only where there is no whole block. */
function medianRange(x: Float32Array, block: number): number {
  const ranges: number[] = [];
  for (let from = 0; from === 0 || from + block <= x.length; from += block) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < Math.min(x.length, from + block); i++) {
      if (x[i] < low) low = x[i];
      if (x[i] > high) high = x[i];
    }
    ranges.push(Math.max(0, high - low));
  }
  ranges.sort((a, b) => a - b);
  return ranges[ranges.length >> 1];
}
