import { type Analysis, BEAT_CLASSES, UNCERTAIN_REASONS } from '../core/index.js';
import { readableIntervals } from './readable-intervals.js';

const LINES_A_PIECE = 4096;

const COLUMNS = [
  'sample',
  'time_s',
  'rr_s',
  'class',
  'probability',
  'uncertain',
  'not_ruled_out',
  'likeness',
  'p_wave',
  'pr_ms',
  'qrs_ms',
  'qt_ms',
  'rhythm',
];

/**
 * One row a beat, in the columns above; empty where unknown (the interval across a gap, the class without a model),
 * `uncertain` empty when certain and else the reason, `not_ruled_out` the letters of the classes (`NS`), `p_wave` y or
 * n, `rhythm` that in which the beat lies.
 *
 * @returns pieces of the file, to be written one after the other
 */
export function* writeCsv(analysis: Analysis): Generator<string> {
  const { beats, recording, intervals, rhythms } = analysis;
  const rr = readableIntervals(analysis);
  let lines: string[] = [COLUMNS.join(',')];
  let episode = 0;
  for (let i = 0; i < beats.count; i++) {
    const sample = beats.sample[i];
    const code = beats.uncertain?.[i] ?? 0;
    while (rhythms !== null && rhythms[episode]?.to <= sample) episode++;
    const p = intervals?.p[i] ?? '?';
    lines.push(
      [
        sample,
        (sample / recording.fs).toFixed(3),
        rr[i] > 0 ? rr[i].toFixed(3) : '',
        beats.class?.[i] ?? '',
        beats.probability?.[i] ?? '',
        code === 0 ? '' : UNCERTAIN_REASONS[code - 1],
        BEAT_CLASSES.filter((_, c) => ((beats.set?.[i] ?? 0) & (1 << c)) !== 0).join(''),
        beats.likeness?.[i] ?? '',
        p === '?' ? '' : p,
        intervals?.pr[i] ?? '',
        intervals?.qrs[i] ?? '',
        intervals?.qt[i] ?? '',
        rhythms?.[episode]?.rhythm ?? '',
      ].join(','),
    );
    if (lines.length === LINES_A_PIECE) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
