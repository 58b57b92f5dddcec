import type { Annotation } from '../core/index.js';
import { RHYTHM_CHANGE } from './label-maps.js';

/** A stretch of one rhythm. */
export interface RhythmSpan {
  /** As WFDB names it, without the bracket: `AFIB`. */
  readonly rhythm: string;
  /** Samples; `to` is the first that is no longer of it. */
  readonly from: number;
  readonly to: number;
}

/**
 * The rhythms of a recording, each from its mark to the next mark or the end; before the first mark none is known.
 *
 * @param annotations  ascending
 * @param length       samples of the recording
 */
export function rhythmSpans(annotations: readonly Annotation[], length: number): RhythmSpan[] {
  const changes = annotations.filter(({ symbol }) => symbol === RHYTHM_CHANGE);
  return changes.map(({ sample, aux = '' }, i) => ({
    // Some files end the name with blanks.
    rhythm: aux.trim().replace(/^\(/, ''),
    from: sample,
    to: changes[i + 1]?.sample ?? length,
  }));
}
