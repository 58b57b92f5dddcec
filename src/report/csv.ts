import { type Analysis, UNCERTAIN_REASONS } from '../core/index.js';
import { rrIntervals } from '../ecg/index.js';

const LINES_A_PIECE = 4096;

/**
 * One row a beat: `sample,time_s,rr_s,class,probability,uncertain`; empty where unknown (the interval across a
 * gap, the class without a model), `uncertain` empty when certain and else the reason.
 *
 * @returns pieces of the file, to be written one after the other
 */
export function* writeCsv(analysis: Analysis): Generator<string> {
  const { beats, recording, quality } = analysis;
  const rr = rrIntervals(Float64Array.from(beats.sample), recording.fs, quality.unreadable);
  let lines: string[] = ['sample,time_s,rr_s,class,probability,uncertain'];
  for (let i = 0; i < beats.count; i++) {
    const sample = beats.sample[i];
    const code = beats.uncertain?.[i] ?? 0;
    lines.push(
      [
        sample,
        (sample / recording.fs).toFixed(3),
        rr[i] > 0 ? rr[i].toFixed(3) : '',
        beats.class?.[i] ?? '',
        beats.probability?.[i] ?? '',
        code === 0 ? '' : UNCERTAIN_REASONS[code - 1],
      ].join(','),
    );
    if (lines.length === LINES_A_PIECE) {
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
  }
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}
