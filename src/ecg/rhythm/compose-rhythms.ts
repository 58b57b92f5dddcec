import type { RhythmClass, RhythmEpisode } from '../../core/index.js';

/**
 * Which of several rhythms found at one time is told, the first of them.
 *
 * What cannot be read comes first, then what kills; then what is told of its own signs; the rates of sinus rhythm only
 * where there is sinus rhythm.
 */
export const RHYTHM_PRECEDENCE: readonly RhythmClass[] = [
  'unreadable',
  'ventricular-fibrillation',
  'ventricular-tachycardia',
  'asystole',
  'paced',
  'atrial-fibrillation',
  'atrial-flutter',
  'supraventricular-tachycardia',
  'av-block-3',
  'av-block-2',
  'other',
  'sinus-tachycardia',
  'sinus-bradycardia',
  'sinus',
];

/** What is said of a time that no candidate covers. */
export type Otherwise = Pick<RhythmEpisode, 'rhythm' | 'probability' | 'uncertain' | 'reason'>;

/**
 * One rhythm for every sample of a recording: of the candidates there the one of highest precedence, of equal ones the
 * one that began last. Ascending, without gap or overlap; neighbours that say the same are one.
 *
 * @param candidates  in any order; parts outside the recording are cut off
 * @param length      samples of the recording
 * @param otherwise   what is said where there is no candidate; an uncertain `other` when omitted
 */
export function composeRhythms(
  candidates: readonly RhythmEpisode[],
  length: number,
  otherwise: Otherwise = { rhythm: 'other', probability: null, uncertain: true, reason: 'no rhythm found' },
): RhythmEpisode[] {
  const sorted = candidates
    .map((episode) => ({ ...episode, from: Math.max(0, episode.from), to: Math.min(length, episode.to) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const edges = Float64Array.from([0, length, ...sorted.flatMap(({ from, to }) => [from, to])]).sort();
  const active: RhythmEpisode[][] = RHYTHM_PRECEDENCE.map(() => []);
  const pieces: RhythmEpisode[] = [];
  let next = 0;
  for (let e = 0; e + 1 < edges.length; e++) {
    const from = edges[e];
    const to = edges[e + 1];
    if (to === from) continue;
    while (next < sorted.length && sorted[next].from === from) {
      active[RHYTHM_PRECEDENCE.indexOf(sorted[next].rhythm)].push(sorted[next]);
      next++;
    }
    append(pieces, { ...(told(active, from) ?? otherwise), from, to });
  }
  return pieces;
}

/** The candidate that is told at a sample; forgets those that have ended. */
function told(active: RhythmEpisode[][], at: number): RhythmEpisode | undefined {
  for (const own of active) {
    while (own.length > 0 && own[own.length - 1].to <= at) own.pop();
    if (own.length > 0) return own[own.length - 1];
  }
  return undefined;
}

/** Adds a piece, joined with the one before where both say the same; probabilities are weighted by their time. */
function append(pieces: RhythmEpisode[], piece: RhythmEpisode): void {
  const last = pieces[pieces.length - 1];
  const same =
    last !== undefined &&
    last.rhythm === piece.rhythm &&
    last.uncertain === piece.uncertain &&
    last.reason === piece.reason &&
    (last.probability === null) === (piece.probability === null);
  if (!same) {
    pieces.push(piece);
    return;
  }
  const before = last.to - last.from;
  const after = piece.to - piece.from;
  const probability =
    last.probability === null || piece.probability === null
      ? null
      : (last.probability * before + piece.probability * after) / (before + after);
  pieces[pieces.length - 1] = { ...last, to: piece.to, probability };
}
