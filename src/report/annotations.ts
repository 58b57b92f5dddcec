import { type Analysis, type Annotation, UNCERTAIN_REASONS } from '../core/index.js';
import { RHYTHM_CODES } from '../ecg/index.js';

/**
 * The beats as annotations any WFDB program can read and `bxb` can score: symbols N, S, V, F, Q at the R peaks
 * (N throughout where no network classified them, as QRS detectors write). Where rhythms were named, `+` marks each
 * change with its code in the AUX text (`(AFIB`), as `epicmp` scores them; one that changes at an R peak stands a
 * sample before it.
 *
 * An uncertain beat keeps its symbol and says so in its AUX text, which scoring programs ignore. Nothing is
 * written where the signal could not be read: a shutdown mark would change how beats there are scored.
 */
export function toAnnotations(analysis: Analysis): Annotation[] {
  const { sample, class: classes, probability, uncertain } = analysis.beats;
  const beats = sample.map((at, i): Annotation => {
    const code = uncertain?.[i] ?? 0;
    const symbol = classes?.[i] ?? 'N';
    if (code === 0) return { sample: at, symbol };
    return {
      sample: at,
      symbol,
      aux: `uncertain: ${UNCERTAIN_REASONS[code - 1]} ${probability?.[i] ?? ''}`.trim(),
    };
  });
  if (analysis.rhythms === null) return beats;
  const taken = new Set(sample);
  let said = '';
  const changes = analysis.rhythms.flatMap(({ from, rhythm }): Annotation[] => {
    const { aux } = RHYTHM_CODES[rhythm];
    // Rhythms of one code, or one that became uncertain, are no change to other programs.
    if (aux === said) return [];
    said = aux;
    return [{ sample: taken.has(from) ? Math.max(0, from - 1) : from, symbol: '+', aux }];
  });
  return [...changes, ...beats].sort((a, b) => a.sample - b.sample);
}
