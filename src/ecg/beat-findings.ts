import type { PPresence } from './intervals/beat-intervals.js';

/** The beats of a recording, as the findings of one are told from them; columns of equal length. */
export interface FindingColumns {
  /** s, the interval that ends at each beat; NaN where there is none (`rrIntervals`). */
  readonly rr: ArrayLike<number>;
  /** 1 where a beat is surely normal: of class N and certain. */
  readonly normal: ArrayLike<number | boolean>;
  /** Of each beat, where waves were marked. */
  readonly p?: ArrayLike<PPresence>;
  /** ms, NaN where unknown. */
  readonly qrsMs?: ArrayLike<number>;
  /** Correlation of the QRS with the sinus template, −1…1, NaN where unknown. */
  readonly likeness?: ArrayLike<number>;
}

/** What is to be said of one beat, each null where it is not known. */
export interface BeatFindings {
  /** 1 − RR before / sinus RR: 0.32 comes 32 % early, −0.5 comes half an interval late. */
  readonly prematurity: number | null;
  readonly pWave: 'present' | 'absent' | null;
  readonly qrsMs: number | null;
  readonly likeness: number | null;
  /** RR after / RR before. */
  readonly postOverPre: number | null;
  /** (RR before + RR after) / 2 sinus RR: 1 after a full compensatory pause, less where the sinus node was reset. */
  readonly compensation: number | null;
}

/** Sinus intervals averaged, at most, and the fewest that tell the sinus RR. */
const MOST = 8;
const FEWEST = 3;
/** Beats looked back over. */
const REACH = 30;

/**
 * The facts of beat `i` that a sentence about it needs.
 *
 * The sinus RR is the mean of the last eight intervals between two normal beats among the 30 beats before it; with fewer
 * than three, as in bigeminy, half the mean of the last eight distances from one normal beat over one other beat to the
 * next normal one, which is the sinus RR where pauses are compensatory; with fewer than three of these it is unknown.
 */
export function beatFindings(columns: FindingColumns, i: number): BeatFindings {
  const { rr, p, qrsMs, likeness } = columns;
  const sinus = sinusRr(columns, i);
  const pre = known(rr[i]);
  const post = known(rr[i + 1]);
  const presence = p?.[i];
  return {
    prematurity: pre === null || sinus === null ? null : 1 - pre / sinus,
    pWave: presence === 'present' || presence === 'absent' ? presence : null,
    qrsMs: known(qrsMs?.[i]),
    likeness: known(likeness?.[i]),
    postOverPre: pre === null || post === null ? null : post / pre,
    compensation: pre === null || post === null || sinus === null ? null : (pre + post) / (2 * sinus),
  };
}

function sinusRr({ rr, normal }: FindingColumns, beat: number): number | null {
  const first = Math.max(1, beat - REACH);
  let sum = 0;
  let n = 0;
  for (let i = beat - 1; i >= first && n < MOST; i--) {
    if (!(normal[i - 1] && normal[i] && rr[i] > 0)) continue;
    sum += rr[i];
    n++;
  }
  if (n >= FEWEST) return sum / n;
  sum = 0;
  n = 0;
  for (let i = beat - 1; i > first && n < MOST; i--) {
    const over = rr[i - 1] + rr[i];
    if (!(normal[i - 2] && !normal[i - 1] && normal[i] && over > 0)) continue;
    sum += over / 2;
    n++;
  }
  return n >= FEWEST ? sum / n : null;
}

const known = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
