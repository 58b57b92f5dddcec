import {
  type Analysis,
  type AnalysisRhythm,
  breatheWhenDue,
  firstAtOrAfter,
  inPortions,
  type RhythmClass,
  type UnreadableStretch,
} from '../core/index.js';
import { heartRateVariability, nnIntervals } from '../ecg/index.js';
import { type Beats, classIndex } from './beats.js';
import type { BeatSpan } from './irregular.js';

/** Rhythms that the sinus node does not lead: their intervals are not NN intervals. */
const NOT_SINUS: ReadonlySet<RhythmClass> = new Set<RhythmClass>([
  'atrial-fibrillation',
  'atrial-flutter',
  'supraventricular-tachycardia',
  'ventricular-tachycardia',
  'ventricular-fibrillation',
  'asystole',
  'paced',
  'av-block-2',
  'av-block-3',
]);

/** h of a longer recording that are looked at: figures are known of a day, and ULF power costs the square of it. */
const MOST_HOURS = 48;

/**
 * Heart-rate variability over the certain normal beats; null with under a minute of such intervals.
 *
 * @param rhythms    null when no network judged them
 * @param irregular  stretches whose intervals follow no pattern; left out where no rhythms are known
 */
export async function measureVariability(
  { samples, labels }: Beats,
  recording: { readonly fs: number; readonly unreadable: readonly UnreadableStretch[] },
  rhythms: readonly AnalysisRhythm[] | null,
  irregular: readonly BeatSpan[],
): Promise<Analysis['hrv']> {
  if (labels === null) return null;
  const left = rhythms === null ? irregular : rhythms.filter(({ rhythm }) => NOT_SINUS.has(rhythm));
  const within = firstAtOrAfter(samples, MOST_HOURS * 3600 * recording.fs);
  const normal = new Uint8Array(within);
  const wanted = classIndex('N');
  let next = 0;
  await inPortions(0, within, (from, to) => {
    for (let i = from; i < to; i++) {
      while (next < left.length && left[next].to < samples[i]) next++;
      const inside = next < left.length && left[next].from <= samples[i];
      normal[i] = !inside && labels.classes[i] === wanted && labels.uncertain[i] === 0 ? 1 : 0;
    }
  });
  const nn = await nnIntervals({ samples: samples.subarray(0, within), normal, ...recording });
  await breatheWhenDue();
  const found = await heartRateVariability(nn);
  if (found === null) return null;
  const outside = rhythms === null ? 'stretches without pattern' : 'rhythms that are not sinus';
  const early = within < samples.length ? `, in the first ${MOST_HOURS} h` : '';
  return {
    nn: { ...found.nn, rule: `${found.nn.rule}, outside ${outside}${early}` },
    time: rounded(found.time),
    frequency: found.frequency && rounded(found.frequency),
    nonlinear: rounded(found.nonlinear),
  };
}

/** The same figures in four significant digits; counts stay whole. */
function rounded<T extends object>(figures: T): { [K in keyof T]: T[K] } {
  const entries = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
  ]);
  return Object.fromEntries(entries) as { [K in keyof T]: T[K] };
}
