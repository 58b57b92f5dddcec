import type { Annotation } from '../../../core/index.js';
import { isQrs, rhythmSpans } from '../../../ecg/index.js';

/** Classes of a window, in the order of the network's outputs; the challenge's letters. */
export const RHYTHM_LABELS = ['N', 'A', 'O', '~'] as const;

export type RhythmLabel = (typeof RHYTHM_LABELS)[number];

/** Rhythms whose beats may make a window `N`: sinus, and sinus bradycardia. */
const SINUS: ReadonlySet<string> = new Set(['N', 'SBR']);

/** Shares of a window that fibrillation covers: at least so much makes it `A`, and at most so much lets it be another. */
const MOST = 0.75;
const LITTLE = 0.05;

/**
 * The class of a stretch of an annotated recording, or undefined where it holds too little of a rhythm to be one's
 * example, or no beat.
 *
 * `A` when atrial fibrillation covers three quarters or more; undefined when it covers more than 5 % but less; `N` when
 * the rhythm is sinus throughout and every beat is normal; else `O`, atrial flutter with it, as in the challenge.
 *
 * @param annotations  ascending; rhythms from each `+` to the next
 * @param length       samples of the recording
 * @param from, to     samples of the stretch, `to` exclusive
 */
export function labelRhythm(
  annotations: readonly Annotation[],
  length: number,
  from: number,
  to: number,
): RhythmLabel | undefined {
  let fibrillation = 0;
  let sinus = 0;
  for (const span of rhythmSpans(annotations, length)) {
    const covered = Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
    if (span.rhythm === 'AFIB') fibrillation += covered;
    if (SINUS.has(span.rhythm)) sinus += covered;
  }
  let beats = 0;
  let normal = 0;
  for (const { sample, symbol } of annotations) {
    if (sample < from || sample >= to || !isQrs(symbol)) continue;
    beats++;
    if (symbol === 'N') normal++;
  }
  if (beats === 0) return undefined;
  const share = fibrillation / (to - from);
  if (share >= MOST) return 'A';
  if (share > LITTLE) return undefined;
  // Marks stand at beats: the first rhythm may begin a moment after the recording.
  return sinus >= 0.98 * (to - from) && normal === beats ? 'N' : 'O';
}
