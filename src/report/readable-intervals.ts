import type { Analysis } from '../core/index.js';
import { mergeStretches, rrIntervals } from '../ecg/index.js';

/**
 * The RR interval that ends at each beat, as the analysis counted it: s, NaN across what cannot be read and where the
 * ventricles surely fibrillate.
 */
export function readableIntervals({ beats, recording, quality, rhythms }: Analysis): Float64Array {
  const fibrillating = (rhythms ?? []).filter(
    ({ rhythm, uncertain }) => rhythm === 'ventricular-fibrillation' && !uncertain,
  );
  const blind = mergeStretches(quality.unreadable, fibrillating);
  return rrIntervals(Float64Array.from(beats.sample), recording.fs, blind);
}
