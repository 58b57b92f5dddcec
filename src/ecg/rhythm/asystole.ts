import type { RhythmEpisode } from '../../core/index.js';

export interface AsystoleOptions {
  /** Hz of the recording. */
  readonly fs: number;
  /** s without a beat. */
  readonly leastS?: number;
  /** Whether nothing stirs between two samples in any lead, so that no beat can hide there; true when omitted. */
  readonly rests?: (from: number, to: number) => boolean;
}

/** s. Source: the PhysioNet/CinC Challenge 2015 on false alarms: "asystole: no QRS for at least four seconds". */
export const ASYSTOLE_S = 4;

/** A stretch in samples, `to` exclusive. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Where readable signal shows no beat for at least `leastS`: from one beat, or the begin of what can be read, to the
 * next beat, or the end.
 *
 * @param beats       samples of the R peaks, ascending; those of the flutter waves a detector found are beats too
 * @param unreadable  ascending, not overlapping; beats within it do not count
 * @param length      samples of the recording
 */
export function asystoleEpisodes(
  beats: ArrayLike<number>,
  unreadable: readonly Stretch[],
  length: number,
  options: AsystoleOptions,
): RhythmEpisode[] {
  const least = (options.leastS ?? ASYSTOLE_S) * options.fs;
  const episodes: RhythmEpisode[] = [];
  const look = (from: number, to: number): void => {
    if (to - from < least) return;
    const uncertain = options.rests !== undefined && !options.rests(from, to);
    episodes.push({
      from,
      to,
      rhythm: 'asystole',
      probability: null,
      uncertain,
      reason: uncertain ? 'noise' : null,
    });
  };
  let beat = 0;
  let at = 0;
  for (const bad of [...unreadable, { from: length, to: length }]) {
    let last = at;
    while (beat < beats.length && beats[beat] < at) beat++;
    for (; beat < beats.length && beats[beat] < bad.from; beat++) {
      look(last, beats[beat]);
      last = beats[beat];
    }
    look(last, bad.from);
    at = Math.max(at, bad.to);
  }
  return episodes;
}
