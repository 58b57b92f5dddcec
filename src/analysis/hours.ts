import { type Analysis, breatheWhenDue, type UnreadableStretch } from '../core/index.js';
import { type Beats, classIndex } from './beats.js';
import { extremeRates, findPauses, meanRate } from './heart-rate.js';
import { readableSamples } from './unreadable.js';

/** The table of hours: a beat, and the interval that ends at it, belong to the hour in which the beat lies. */
export async function tabulateHours(
  beats: Beats,
  rr: Float64Array,
  unreadable: readonly UnreadableStretch[],
  recording: { readonly fs: number; readonly length: number },
  options: Analysis['options'],
): Promise<Analysis['hours']> {
  const { samples, labels } = beats;
  const hour = Math.round(3600 * recording.fs);
  const rows: Analysis['hours'] = [];
  let first = 0;
  for (let from = 0; from < recording.length; from += hour) {
    await breatheWhenDue();
    const to = Math.min(recording.length, from + hour);
    let end = first;
    while (end < samples.length && samples[end] < to) end++;
    const { slowest, fastest } = await extremeRates(rr, options.rateBeats, first, end);
    const tally = (is: (i: number) => boolean) => {
      let n = 0;
      for (let i = first; i < end; i++) if (is(i)) n++;
      return n;
    };
    const ofClass = (wanted: number) => (labels === null ? null : tally((i) => labels.classes[i] === wanted));
    rows.push({
      from,
      to,
      beats: end - first,
      analysableShare: readableSamples(unreadable, from, to) / (to - from),
      meanBpm: meanRate(rr, first, end),
      slowestBpm: slowest?.bpm ?? null,
      fastestBpm: fastest?.bpm ?? null,
      supraventricular: ofClass(classIndex('S')),
      ventricular: ofClass(classIndex('V')),
      pauses: findPauses(rr.subarray(first, end), options.pauseS).length,
      uncertain: labels === null ? null : tally((i) => labels.uncertain[i] !== 0),
    });
    first = end;
  }
  return rows;
}
