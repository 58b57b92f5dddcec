import type { Analysis } from '../core/index.js';
import { formatProbability } from './number-format.js';
import { RHYTHM_NAMES } from './rhythm-names.js';
import { formatDuration } from './time-format.js';

/** One stretch of the rhythm in an analysis. */
export type RhythmStretch = NonNullable<Analysis['rhythms']>[number];

/**
 * A stretch of one rhythm as a sentence, and a second one where it is uncertain: `Atrial fibrillation for 12 min 30 s,
 * mean 94 /min, probability 0.97.` Only what is known is said.
 *
 * @param fs  Hz of the stretch's samples
 */
export function describeRhythm(stretch: RhythmStretch, fs: number): string {
  const { rhythm, from, to, bpm, probability, uncertain, reason } = stretch;
  const parts = [`${RHYTHM_NAMES[rhythm]} for ${formatDuration(tenths((to - from) / fs))}`];
  if (bpm !== null) parts.push(`mean ${Math.round(bpm)} /min`);
  if (probability !== null) parts.push(`probability ${formatProbability(probability)}`);
  const doubt = uncertain ? ` Uncertain${reason === null ? '' : `: ${reason}`}.` : '';
  return `${parts.join(', ')}.${doubt}`;
}

const tenths = (seconds: number): number => Math.round(10 * seconds) / 10;
