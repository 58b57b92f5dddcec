import type { RhythmEpisode } from '../../core/index.js';
import { beatStretches, type RhythmBeats, stretchEpisode } from './rhythm-beats.js';

export interface PacedOptions {
  /** Paced beats in an episode. */
  readonly leastBeats?: number;
}

/** By judgement. */
export const PACED_DEFAULTS = { leastBeats: 5 } as const;

/** Beats on either side that count: five paced ones in a row are the majority of nine. */
const NEIGHBOURS = 4;

/**
 * Where most beats are paced, from the first of them to the last; inhibited and fused beats in between are part of it.
 *
 * @param paced  above 0 for a paced beat, one entry a beat
 */
export function pacedEpisodes(
  beats: RhythmBeats,
  paced: ArrayLike<number>,
  options: PacedOptions = {},
): RhythmEpisode[] {
  const { leastBeats } = { ...PACED_DEFAULTS, ...options };
  const { rr } = beats;
  const isPaced = (i: number): boolean => paced[i] > 0;
  const mostly = (i: number): boolean => {
    let own = 0;
    let all = 0;
    for (let j = Math.max(0, i - NEIGHBOURS); j <= Math.min(rr.length - 1, i + NEIGHBOURS); j++) {
      all++;
      if (isPaced(j)) own++;
    }
    return 2 * own > all;
  };
  return beatStretches(rr, mostly).flatMap(({ first, last }) => {
    let from = first;
    let to = last;
    while (from <= to && !isPaced(from)) from++;
    while (to >= from && !isPaced(to)) to--;
    // The majority reaches beyond the last paced beat, or stops short of it.
    while (isPaced(from - 1) && rr[from] > 0) from--;
    while (isPaced(to + 1) && rr[to + 1] > 0) to++;
    let own = 0;
    for (let i = from; i <= to; i++) if (isPaced(i)) own++;
    return own < leastBeats ? [] : [stretchEpisode(beats.samples, { first: from, last: to }, 'paced')];
  });
}
