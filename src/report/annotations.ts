import { type Analysis, type Annotation, UNCERTAIN_REASONS } from '../core/index.js';

/**
 * The beats as annotations any WFDB program can read and `bxb` can score: symbols N, S, V, F, Q at the R peaks
 * (N throughout where no network classified them, as QRS detectors write).
 *
 * An uncertain beat keeps its symbol and says so in its AUX text, which scoring programs ignore. Nothing is
 * written where the signal could not be read: a shutdown mark would change how beats there are scored.
 */
export function toAnnotations(analysis: Analysis): Annotation[] {
  const { sample, class: classes, probability, uncertain } = analysis.beats;
  return sample.map((at, i) => {
    const code = uncertain?.[i] ?? 0;
    const symbol = classes?.[i] ?? 'N';
    if (code === 0) return { sample: at, symbol };
    return {
      sample: at,
      symbol,
      aux: `uncertain: ${UNCERTAIN_REASONS[code - 1]} ${probability?.[i] ?? ''}`.trim(),
    };
  });
}
