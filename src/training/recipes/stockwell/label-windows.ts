import type { Annotation } from '../../../core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP, rhythmSpans } from '../../../ecg/index.js';

/** Classes of a window, in the order of a network's outputs. */
export const WINDOW_CLASSES = ['N', 'S', 'V', 'AF', 'other'] as const;

type WindowClass = (typeof WINDOW_CLASSES)[number];

/**
 * Rhythms that beat classes do not tell: paced, ventricular flutter, atrial flutter, nodal, second-degree block,
 * pre-excitation. Bigeminy, trigeminy, tachycardias and idioventricular rhythm show in their beats; bradycardia is sinus.
 */
const OTHER_RHYTHMS: ReadonlySet<string> = new Set(['P', 'VFL', 'AFL', 'NOD', 'BII', 'PREX']);

/**
 * The class of each window of a recording, or undefined where it holds no beat.
 *
 * The first that holds: AF when atrial fibrillation covers more than half of the window (not flutter); other when
 * the other rhythms cover more than half, or more than half of the beats are Q; V with any ventricular or fusion
 * beat; S with any supraventricular one; else N.
 *
 * @param annotations  ascending; beats by the literature's map, rhythms from each `+` to the next
 * @param length       samples of the recording
 * @param window       samples of a window, need not be whole
 * @returns            one entry a window; window w covers samples w · window … (w + 1) · window
 */
export function labelWindows(
  annotations: readonly Annotation[],
  length: number,
  window: number,
  count: number,
): (WindowClass | undefined)[] {
  const fibrillation = new Float64Array(count);
  const otherRhythm = new Float64Array(count);
  for (const { rhythm, from, to } of rhythmSpans(annotations, length)) {
    const covered = rhythm === 'AFIB' ? fibrillation : OTHER_RHYTHMS.has(rhythm) ? otherRhythm : undefined;
    if (covered === undefined) continue;
    const last = Math.min(count - 1, Math.floor(to / window));
    for (let w = Math.max(0, Math.floor(from / window)); w <= last; w++)
      covered[w] += Math.max(0, Math.min(to, (w + 1) * window) - Math.max(from, w * window)) / window;
  }
  const beats = Array.from({ length: count }, () => ({ N: 0, S: 0, V: 0, F: 0, Q: 0, all: 0, qrs: 0 }));
  for (const { sample, symbol } of annotations) {
    const own = beats[Math.floor(sample / window)];
    if (own === undefined || !isQrs(symbol)) continue;
    own.qrs++;
    const beatClass = beatClassOf(symbol, LITERATURE_MAP);
    if (beatClass === undefined) continue;
    own[beatClass]++;
    own.all++;
  }
  return beats.map((own, w) => {
    if (fibrillation[w] > 0.5) return 'AF';
    if (otherRhythm[w] > 0.5 || own.Q > own.all / 2) return 'other';
    if (own.V + own.F > 0) return 'V';
    if (own.S > 0) return 'S';
    return own.all > 0 ? 'N' : undefined;
  });
}
