import { type RecordingReader, type RunOptions, throwIfCancelled } from '../core/index.js';
import { findPauses } from './heart-rate.js';

/** s read at a time: pauses come in crowds. */
const SLICE = 60;
/** s after the beat before and before the beat after that their own waves may take. */
const BEHIND = 0.45;
const BEFORE = 0.3;
/** s around an R peak in which its height is taken. */
const PEAK = 0.1;
/** Range within a pause, beside the height of the beats at its ends, that a heart at rest does not reach. */
const MOST = 0.5;

/**
 * The pauses in which some lead does not rest, so that a beat may have been missed there.
 *
 * Between its beats a true pause holds P waves and wander. Of the intervals of 2 s and more that are found in
 * DS1 of mitdb, its paced records and svdb, the three that hide a beat reach 1.0 of the QRS height and more in
 * some lead, the fifteen true ones in calm signal 0.25 at most, four true ones in noise 1.0 and more.
 *
 * @param rr       s, NaN where there is no interval
 * @param signals  indices of the leads to look at
 * @returns        indices of the beats that end such pauses
 */
export async function findDisturbedPauses(
  reader: RecordingReader,
  samples: Float64Array,
  rr: Float64Array,
  pauseS: number,
  signals: readonly number[],
  options: RunOptions = {},
): Promise<Set<number>> {
  const { fs, length, id } = reader.info;
  const peak = Math.round(PEAK * fs);
  const disturbed = new Set<number>();
  let leads: readonly Float32Array[] = [];
  let start = 0;
  let end = 0;
  for (const i of findPauses(rr, pauseS)) {
    const from = Math.max(0, samples[i - 1] - peak);
    const to = Math.min(length, samples[i] + peak + 1);
    if (from < start || to > end) {
      throwIfCancelled(options, `analyze ${id}`);
      start = from;
      end = Math.min(length, Math.max(to, from + Math.round(SLICE * fs)));
      const slice = await reader.read({ from: start, to: end, signals }, options);
      leads = slice.signals.map((signal) => signal.samples);
    }
    const rest = [samples[i - 1] + Math.round(BEHIND * fs), samples[i] - Math.round(BEFORE * fs)];
    const moves = leads.some((x) => {
      const height = Math.max(
        rangeOf(x, from - start, samples[i - 1] + peak - start),
        rangeOf(x, samples[i] - peak - start, to - start),
      );
      return rangeOf(x, rest[0] - start, rest[1] - start) > MOST * height;
    });
    if (moves) disturbed.add(i);
  }
  return disturbed;
}

function rangeOf(x: Float32Array, from: number, to: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = Math.max(0, from); i < Math.min(x.length, to); i++) {
    if (x[i] < low) low = x[i];
    if (x[i] > high) high = x[i];
  }
  return high > low ? high - low : 0;
}
