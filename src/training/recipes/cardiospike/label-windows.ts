import type { Annotation } from '../../../core/index.js';
import { beatClassOf, LITERATURE_MAP, rhythmSpans } from '../../../ecg/index.js';

/** In the order of the labels. */
export const SCREENING_CLASSES = ['normal', 'arrhythmic'] as const;

/**
 * Rhythms in which the sinus node leads every beat: sinus rhythm, sinus bradycardia, and pre-excitation, which is
 * sinus rhythm by another way to the ventricles. All others are arrhythmic: atrial fibrillation and flutter, ectopic
 * atrial and nodal rhythm, tachycardias, bigeminy, trigeminy, idioventricular rhythm, ventricular flutter, and
 * second-degree block, in which sinus beats are lost.
 */
const SINUS = new Set(['N', 'SBR', 'PREX']);

/**
 * Whether each window is arrhythmic (1): it holds a beat of class S, V or F by the literature's map, or touches a
 * rhythm that is not sinus. Beats of class Q and noise alone make no window arrhythmic.
 *
 * @param annotations  ascending; before the first rhythm change its rhythm holds already
 * @param bounds       first sample of each window and, behind the last, the end: ascending
 * @returns            one less than `bounds`
 */
export function labelWindows(annotations: readonly Annotation[], bounds: ArrayLike<number>): Uint8Array {
  const count = bounds.length - 1;
  const label = new Uint8Array(count);
  rhythmSpans(annotations, bounds[count]).forEach(({ rhythm, from, to }, i) => {
    if (SINUS.has(rhythm)) return;
    const begin = i === 0 ? 0 : from;
    for (let w = 0; w < count; w++) if (bounds[w] < to && bounds[w + 1] > begin) label[w] = 1;
  });
  let w = 0;
  for (const { sample, symbol } of annotations) {
    const beatClass = beatClassOf(symbol, LITERATURE_MAP);
    if (beatClass !== 'S' && beatClass !== 'V' && beatClass !== 'F') continue;
    while (w < count && bounds[w + 1] <= sample) w++;
    if (w < count && bounds[w] <= sample) label[w] = 1;
  }
  return label;
}
