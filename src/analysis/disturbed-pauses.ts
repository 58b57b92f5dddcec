import { breatheWhenDue, type RecordingReader, type RunOptions, throwIfCancelled } from '../core/index.js';
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
  const size = Math.round(SLICE * fs);
  let leads: readonly Float32Array[] = [];
  let start = 0;
  let end = 0;
  /** Highest less lowest sample of each lead from `from` to `to`, 0 where there is none. */
  const rangesOf = async (from: number, to: number): Promise<number[]> => {
    const low = signals.map(() => Number.POSITIVE_INFINITY);
    const high = signals.map(() => Number.NEGATIVE_INFINITY);
    for (let at = Math.max(0, from); at < Math.min(length, to); ) {
      if (at < start || at >= end) {
        throwIfCancelled(options, `analyze ${id}`);
        start = at;
        end = Math.min(length, at + size);
        const slice = await reader.read({ from: start, to: end, signals }, options);
        leads = slice.signals.map((signal) => signal.samples);
        await breatheWhenDue();
      }
      const stop = Math.min(to, end);
      leads.forEach((x, lead) => {
        for (let k = at - start; k < stop - start; k++) {
          if (x[k] < low[lead]) low[lead] = x[k];
          if (x[k] > high[lead]) high[lead] = x[k];
        }
      });
      at = stop;
    }
    return low.map((least, lead) => Math.max(0, high[lead] - least));
  };
  for (const i of findPauses(rr, pauseS)) {
    const [last, next] = [samples[i - 1], samples[i]];
    const before = await rangesOf(last - peak, last + peak);
    const rest = await rangesOf(last + Math.round(BEHIND * fs), next - Math.round(BEFORE * fs));
    const after = await rangesOf(next - peak, next + peak + 1);
    if (rest.some((range, lead) => range > MOST * Math.max(before[lead], after[lead]))) disturbed.add(i);
    await breatheWhenDue();
  }
  return disturbed;
}
