import type { Gap } from '../../core/index.js';
import type { WaveMarks } from '../waves/wave-marks.js';

/** Whether a beat has a P wave, by the codes of `BeatIntervals.p`. */
export const P_PRESENCE = ['unknown', 'absent', 'present'] as const;
export type PPresence = (typeof P_PRESENCE)[number];

/** What the marks of each beat say: columns of one entry a beat. */
export interface BeatIntervals {
  /** ms from P onset to QRS onset; NaN without either. */
  readonly prMs: Float64Array;
  /** ms from QRS onset to QRS offset. */
  readonly qrsMs: Float64Array;
  /** ms from QRS onset to T offset. */
  readonly qtMs: Float64Array;
  /** Indices into `P_PRESENCE`. */
  readonly p: Uint8Array;
}

/** What a recording offers to look at. */
export interface MarkedSignal {
  /** Hz. */
  readonly fs: number;
  /** Samples. */
  readonly length: number;
  /** Stretches that cannot be read, ascending, not overlapping. */
  readonly unreadable: readonly Gap[];
}

/**
 * s before the QRS onset that must be seen before a P wave may be called absent: P waves of sinus rhythm begin
 * within it unless the PR interval is over one and a half times its upper limit of 200 ms (chosen).
 */
const P_REACH = 0.3;

/**
 * PR, QRS and QT of each beat, and whether it has a P wave.
 *
 * A P wave is `absent` only where its QRS was found and the 300 ms before it lie in the recording and can be read;
 * otherwise a missing mark tells nothing and it is `unknown`.
 *
 * @param marks  one entry a beat
 *
 * Source: onsets and offsets as CSE defines them, Eur. Heart J. 6:815–825, 1985, doi:10.1093/oxfordjournals.eurheartj.a061805.
 */
export function measureIntervals(marks: WaveMarks, signal: MarkedSignal): BeatIntervals {
  const { fs } = signal;
  return {
    prMs: spans(marks.pOnset, marks.qrsOnset, fs),
    qrsMs: spans(marks.qrsOnset, marks.qrsOffset, fs),
    qtMs: spans(marks.qrsOnset, marks.tOffset, fs),
    p: presenceOfP(marks, signal),
  };
}

/** ms from one mark to the next; NaN where either is missing or they do not ascend. */
function spans(from: Float64Array, to: Float64Array, fs: number): Float64Array {
  return from.map((begin, i) => (to[i] > begin ? ((to[i] - begin) / fs) * 1000 : Number.NaN));
}

function presenceOfP(marks: WaveMarks, { fs, length, unreadable }: MarkedSignal): Uint8Array {
  const unknown = P_PRESENCE.indexOf('unknown');
  const absent = P_PRESENCE.indexOf('absent');
  const present = P_PRESENCE.indexOf('present');
  const presence = new Uint8Array(marks.pPeak.length).fill(unknown);
  let u = 0;
  for (let i = 0; i < presence.length; i++) {
    if (marks.pPeak[i] >= 0 || marks.pOnset[i] >= 0) {
      presence[i] = present;
      continue;
    }
    const to = marks.qrsOnset[i];
    const from = to - P_REACH * fs;
    if (!(from >= 0 && to <= length)) continue;
    while (u < unreadable.length && unreadable[u].to <= from) u++;
    const hidden = u < unreadable.length && unreadable[u].from < to;
    if (!hidden) presence[i] = absent;
  }
  return presence;
}
