import { DETECTION } from './constants.js';

/** Rates, lengths and ring sizes of one detector; lengths in samples of the internal rate unless named. */
export interface Timing {
  /** Hz of the input. */
  readonly fs: number;
  /** Input samples a sample of the internal rate. */
  readonly decimation: number;
  /** Hz. */
  readonly internalFs: number;
  readonly hop: number;
  /** Input samples a hop. */
  readonly inputHop: number;
  readonly boxcar: number;
  readonly smoothing: number;
  /** By how much the envelope comes after the input. */
  readonly delay: number;
  readonly peakRadius: number;
  /** s for which a decision waits for what follows. */
  readonly lag: number;
  /** Hops behind a hop over which its noise is taken. */
  readonly noiseAfter: number;
  /** Hops heard before the first decision. */
  readonly learningHops: number;
  /** Ring sizes less one, powers of two less one. */
  readonly inputMask: number;
  readonly envelopeMask: number;
  readonly hopMask: number;
}

/**
 * The timing of a detector at an input rate.
 *
 * @param lag  s; below the usual one nothing behind a hop is waited for, and levels are learned sooner
 */
export function createTiming(fs: number, lag: number = DETECTION.lag): Timing {
  const prompt = lag < DETECTION.lag;
  const decimation = Math.max(1, Math.floor(fs / DETECTION.internalFs));
  const internalFs = fs / decimation;
  const samples = (seconds: number, least: number) => Math.max(least, Math.round(seconds * internalFs));
  const hop = samples(DETECTION.hop, 1);
  const boxcar = samples(DETECTION.boxcar, 2);
  const smoothing = samples(DETECTION.smoothing, 3);
  // What is still looked at: the learning phase, the lag of decisions, the windows around them.
  const hops = DETECTION.learningHops + 8;
  const mask = (n: number) => 2 ** Math.ceil(Math.log2(n)) - 1;
  return {
    fs,
    decimation,
    internalFs,
    hop,
    inputHop: hop * decimation,
    boxcar,
    smoothing,
    // An internal sample averages the 2 × decimation input samples around its first one.
    delay: (3 * boxcar - 1) / 2 + (smoothing - 1) / 2 + 0.5 / decimation,
    peakRadius: samples(DETECTION.peakRadius, 2),
    lag,
    noiseAfter: prompt ? 0 : DETECTION.noiseAfter,
    learningHops: prompt ? DETECTION.promptLearningHops : DETECTION.learningHops,
    inputMask: mask(hops * hop * decimation),
    envelopeMask: mask(hops * hop),
    hopMask: mask(hops),
  };
}
