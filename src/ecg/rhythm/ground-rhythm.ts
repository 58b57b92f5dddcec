import type { RhythmClass, RhythmEpisode } from '../../core/index.js';
import type { RhythmSeries } from './fibrillation-episodes.js';

/** How windows become the rhythm on which everything else happens. */
export interface GroundOptions {
  /** Hz of the recording. */
  readonly fs: number;
  /** Samples of the recording. */
  readonly length: number;
  /** s; other rhythms and noise that last shorter belong to what is around them. */
  readonly leastS?: number;
  /** What is on average less probable is uncertain. */
  readonly certainFrom?: number;
}

/** By judgement: a window's length, as what is shorter fills none; and the probability of the other episodes. */
export const GROUND_DEFAULTS = { leastS: 30, certainFrom: 0.8 } as const;

const GROUNDS = ['sinus', 'other', 'unreadable'] as const satisfies readonly RhythmClass[];
type Ground = (typeof GROUNDS)[number];

interface Cell {
  readonly from: number;
  readonly to: number;
  readonly ground: Ground;
  readonly shares: Readonly<Record<Ground, number>>;
}

/**
 * Sinus rhythm, another rhythm, or noise, as windows show it, with nothing said where no window can be read; ascending,
 * not overlapping.
 *
 * A network of the challenge of 2017 calls sinus rhythm with ectopic beats `O` as well. Where a window holds such
 * beats, they explain it, and it is sinus rhythm as probably as it is `N` or `O`; where it holds none, `O` is another
 * rhythm. Each stretch between the middles of windows is judged by the mean of the windows over it.
 *
 * @param series   classes `N`, `O` and `~`; `A` is told by `fibrillationEpisodes`, and here neither for nor against
 * @param ectopic  samples of the beats that are not normal, ascending
 */
export function groundRhythms(
  series: RhythmSeries,
  ectopic: ArrayLike<number>,
  options: GroundOptions,
): RhythmEpisode[] {
  const { fs, length, leastS, certainFrom } = { ...GROUND_DEFAULTS, ...options };
  const rows = rowsOf(settle(rowsOf(judgeCells(series, ectopic, length)), leastS * fs));
  return rows.map((row) => {
    const { from, ground } = row[0];
    const { to } = row[row.length - 1];
    if (ground === 'unreadable')
      return { from, to, rhythm: ground, probability: null, uncertain: false, reason: null };
    let weighted = 0;
    for (const cell of row) weighted += cell.shares[ground] * (cell.to - cell.from);
    const probability = Math.min(1, weighted / (to - from));
    const uncertain = probability < certainFrom;
    return {
      from,
      to,
      rhythm: ground,
      probability,
      uncertain,
      reason: uncertain ? 'low-confidence' : null,
    };
  });
}

/** Cells in a row that touch and have the same ground. */
function rowsOf(cells: readonly Cell[]): Cell[][] {
  const rows: Cell[][] = [];
  for (const cell of cells) {
    const last = rows.at(-1)?.at(-1);
    if (last?.ground === cell.ground && last.to === cell.from) rows.at(-1)?.push(cell);
    else rows.push([cell]);
  }
  return rows;
}

/** The cells, those of short rows beside sinus rhythm counted to it. */
function settle(rows: readonly Cell[][], least: number): Cell[] {
  const isSinus = (row: readonly Cell[] | undefined) => row?.[0].ground === 'sinus';
  return rows.flatMap((row, i) => {
    const from = row[0].from;
    const to = row[row.length - 1].to;
    const before = isSinus(rows[i - 1]) && rows[i - 1].at(-1)?.to === from;
    const after = isSinus(rows[i + 1]) && rows[i + 1][0].from === to;
    if (isSinus(row) || to - from >= least || !(before || after)) return row;
    return row.map((cell) => ({ ...cell, ground: 'sinus' as const }));
  });
}

/** The stretches between the windows' middles, each with its ground; those under no readable window are left out. */
function judgeCells(
  { starts, length: window, classes, probabilities }: RhythmSeries,
  ectopic: ArrayLike<number>,
  length: number,
): Cell[] {
  const n = starts.length;
  const [normal, other, noise] = ['N', 'O', '~'].map((name) => classes.indexOf(name));
  const at = (w: number, column: number) => (column < 0 ? 0 : probabilities[w * classes.length + column]);
  const explained = explainedWindows(starts, window, ectopic);
  const cells: Cell[] = [];
  let first = 0;
  for (let w = 0; w < n; w++) {
    const from = w === 0 ? 0 : Math.round((starts[w - 1] + starts[w] + window) / 2);
    const to = w === n - 1 ? length : Math.round((starts[w] + starts[w + 1] + window) / 2);
    const middle = (from + to) / 2;
    while (first < n && starts[first] + window <= middle) first++;
    const shares = { sinus: 0, other: 0, unreadable: 0 };
    let count = 0;
    for (let k = first; k < n && starts[k] <= middle; k++) {
      const p = at(k, normal);
      if (Number.isNaN(p)) continue;
      count++;
      shares.sinus += p + (explained[k] ? at(k, other) : 0);
      shares.other += explained[k] ? 0 : at(k, other);
      shares.unreadable += at(k, noise);
    }
    if (count === 0) continue;
    for (const ground of GROUNDS) shares[ground] /= count;
    // Fibrillation is told elsewhere: noise must be more probable than all that can be read.
    const ground = shares.unreadable > 0.5 ? 'unreadable' : shares.other > shares.sinus ? 'other' : 'sinus';
    cells.push({ from, to, ground, shares });
  }
  return cells;
}

/** Whether each window holds a beat that is not normal. */
function explainedWindows(starts: ArrayLike<number>, window: number, ectopic: ArrayLike<number>): boolean[] {
  let next = 0;
  return Array.from({ length: starts.length }, (_, w) => {
    while (next < ectopic.length && ectopic[next] < starts[w]) next++;
    return next < ectopic.length && ectopic[next] < starts[w] + window;
  });
}
