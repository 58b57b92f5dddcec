import { assignWaves } from './assign-waves.js';
import { findIntervals, type IntervalRule } from './find-intervals.js';
import { createWaveMarks, type WaveMarks } from './wave-marks.js';
import { wavePeak } from './wave-peak.js';

/** What every sample of a window belongs to: a probability a sample for each kind of wave. */
export interface WaveProbabilities {
  readonly P: Float32Array;
  readonly QRS: Float32Array;
  readonly T: Float32Array;
}

/** How the probabilities of each kind of wave become waves. */
export type WaveRules = Readonly<Record<keyof WaveProbabilities, IntervalRule>>;

/**
 * The marks of each beat: onsets and offsets where a wave becomes likelier than not, peaks from the signal.
 *
 * @param leads  as long as the probabilities, on one scale, finite: the peaks are looked for in them
 * @param beats  R peaks, ascending, in the samples of the probabilities
 * @param fs     Hz of those samples
 * @returns      in the same samples, one entry a beat
 */
export function markWaves(
  probabilities: WaveProbabilities,
  leads: readonly Float32Array[],
  beats: ArrayLike<number>,
  fs: number,
  rules: WaveRules,
): WaveMarks {
  const found = {
    P: findIntervals(probabilities.P, fs, rules.P),
    QRS: findIntervals(probabilities.QRS, fs, rules.QRS),
    T: findIntervals(probabilities.T, fs, rules.T),
  };
  const marks = createWaveMarks(beats.length);
  assignWaves(found, beats, fs).forEach(({ P, QRS, T }, beat) => {
    if (P !== undefined) {
      marks.pOnset[beat] = P.onset;
      marks.pPeak[beat] = wavePeak(leads, P.onset, P.offset);
      marks.pOffset[beat] = P.offset;
    }
    if (QRS !== undefined) {
      marks.qrsOnset[beat] = QRS.onset;
      marks.qrsOffset[beat] = QRS.offset;
    }
    if (T !== undefined) {
      marks.tOnset[beat] = T.onset;
      marks.tPeak[beat] = wavePeak(leads, T.onset, T.offset);
      marks.tOffset[beat] = T.offset;
    }
  });
  return marks;
}
