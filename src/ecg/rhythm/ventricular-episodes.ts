import type { RhythmEpisode } from '../../core/index.js';
import type { RhythmSeries } from './fibrillation-episodes.js';

export interface VentricularOptions {
  /** Hz of the recording. */
  readonly fs: number;
  /** VT and VF together: an episode holds a window at least as probable, 0…1. */
  readonly enter?: number;
  /** And goes on as long as windows are at least as probable. */
  readonly stay?: number;
  /** s; what is shorter is no episode. */
  readonly leastS?: number;
  /** An episode that is on average less probable is uncertain. */
  readonly certainFrom?: number;
  /** And one of which the named arrhythmia has a smaller part in that probability. */
  readonly certainKind?: number;
}

/**
 * `enter` and `stay` chosen on the out-of-fold windows of vfdb and mitdb, see experiments/ventricular; an episode rests
 * on several windows, so that it is asked for more than a window is. Two windows in a row make an episode: 3 s is
 * longer than the 2.5 s for which one of them answers. The other two by judgement.
 */
export const VENTRICULAR_DEFAULTS = {
  enter: 0.5,
  stay: 0.25,
  leastS: 3,
  certainFrom: 0.8,
  certainKind: 0.75,
} as const;

/** A stretch as windows show it, before it is an episode. */
interface Stretch {
  /** Windows, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/**
 * Episodes of ventricular tachycardia and of ventricular fibrillation, ascending, not overlapping.
 *
 * `VT` and `VF` have to be among the series' classes.
 *
 * A window answers for the stretch around its middle, half-way to its neighbours, because it is called ventricular
 * where most of it is. An episode begins and goes on by hysteresis, ends before a window that cannot be read, and is
 * divided where tachycardia becomes fibrillation; parts shorter than `leastS` belong to their neighbour. Its
 * probability is of either, whichever it is named after.
 */
export function ventricularEpisodes(series: RhythmSeries, options: VentricularOptions): RhythmEpisode[] {
  const { starts, length, classes, probabilities } = series;
  const { enter, stay, leastS, certainFrom, certainKind } = { ...VENTRICULAR_DEFAULTS, ...options };
  const least = leastS * options.fs;
  const column = (name: string) => (w: number) => probabilities[w * classes.length + classes.indexOf(name)];
  const tachycardia = column('VT');
  const fibrillation = column('VF');
  const either = (w: number) => tachycardia(w) + fibrillation(w);
  const mean = (of: (w: number) => number, { from, to }: Stretch): number => {
    let sum = 0;
    for (let w = from; w < to; w++) sum += of(w);
    return sum / (to - from);
  };
  // Half-way to the neighbour, or half a window's length from the middle where the neighbour is farther away.
  const edge = (a: number, b: number): number =>
    starts[b] - starts[a] > length ? starts[a] + length : (starts[a] + starts[b] + length) / 2;
  const begin = (w: number): number =>
    w === 0 || starts[w] - starts[w - 1] > length ? starts[w] : edge(w - 1, w);
  const end = (w: number): number => (w + 1 === starts.length ? starts[w] + length : edge(w, w + 1));
  const lasts = ({ from, to }: Stretch): number => end(to - 1) - begin(from);

  const episodes: RhythmEpisode[] = [];
  for (const stretch of stretchesOf(starts, length, either, enter, stay)) {
    if (lasts(stretch) < least) continue;
    for (const { from, to, fibrillates } of partsOf(
      stretch,
      (w) => fibrillation(w) > tachycardia(w),
      lasts,
      least,
    )) {
      const probability = mean(either, { from, to });
      const kind = mean(fibrillates ? fibrillation : tachycardia, { from, to }) / probability;
      const reason =
        probability < certainFrom
          ? 'low-confidence'
          : kind < certainKind
            ? 'tachycardia or fibrillation'
            : null;
      episodes.push({
        from: Math.round(begin(from)),
        to: Math.round(end(to - 1)),
        rhythm: fibrillates ? 'ventricular-fibrillation' : 'ventricular-tachycardia',
        probability,
        uncertain: reason !== null,
        reason,
      });
    }
  }
  return episodes;
}

/** Windows in a row that are at least `stay` probable, one of them `enter`; a gap between windows ends a row. */
function stretchesOf(
  starts: ArrayLike<number>,
  length: number,
  probability: (w: number) => number,
  enter: number,
  stay: number,
): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  let entered = false;
  const finish = (to: number): void => {
    if (entered) found.push({ from, to });
    from = to;
    entered = false;
  };
  for (let w = 0; w < starts.length; w++) {
    if (w > 0 && starts[w] - starts[w - 1] > length) finish(w);
    const p = probability(w);
    if (p >= stay) {
      entered ||= p >= enter;
      continue;
    }
    // Also where it is NaN.
    finish(w);
    from = w + 1;
  }
  finish(starts.length);
  return found;
}

interface Part extends Stretch {
  readonly fibrillates: boolean;
}

/** A stretch divided where windows change from one arrhythmia to the other; short parts join their neighbours. */
function partsOf(
  stretch: Stretch,
  fibrillates: (w: number) => boolean,
  lasts: (part: Stretch) => number,
  least: number,
): Part[] {
  let parts: Part[] = [];
  for (let w = stretch.from; w < stretch.to; w++) {
    const last = parts[parts.length - 1];
    if (last !== undefined && last.fibrillates === fibrillates(w))
      parts[parts.length - 1] = { ...last, to: w + 1 };
    else parts.push({ from: w, to: w + 1, fibrillates: fibrillates(w) });
  }
  while (parts.length > 1) {
    const shortest = parts.reduce((best, part, i) => (lasts(part) < lasts(parts[best]) ? i : best), 0);
    if (lasts(parts[shortest]) >= least) break;
    parts = joined(parts, shortest);
  }
  return parts;
}

/** The parts with one of them given to its neighbours, which are of the other kind, and are one with it. */
function joined(parts: readonly Part[], short: number): Part[] {
  const before = parts[short - 1];
  const after = parts[short + 1];
  if (before !== undefined && after !== undefined) {
    // Both neighbours are of the other kind: all three become one.
    return [
      ...parts.slice(0, short - 1),
      { from: before.from, to: after.to, fibrillates: before.fibrillates },
      ...parts.slice(short + 2),
    ];
  }
  const neighbour = before ?? after;
  const whole = {
    from: Math.min(parts[short].from, neighbour.from),
    to: Math.max(parts[short].to, neighbour.to),
    fibrillates: neighbour.fibrillates,
  };
  return before === undefined ? [whole, ...parts.slice(2)] : [...parts.slice(0, short - 1), whole];
}
