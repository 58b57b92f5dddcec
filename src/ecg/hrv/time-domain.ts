import { deviation, mean } from './moments.js';
import type { NnIntervals } from './nn-intervals.js';
import { nnSegments } from './segments.js';

/** Heart-rate variability in the time domain; null where the recording is too short for it. */
export interface TimeDomainHrv {
  readonly meanNnMs: number;
  /** Standard deviation of all NN intervals. */
  readonly sdnnMs: number;
  /** Standard deviation of the means of 5 min segments. */
  readonly sdannMs: number | null;
  /** Mean of the standard deviations within 5 min segments. */
  readonly sdnnIndexMs: number | null;
  /** Root mean square of differences between intervals that follow one another. */
  readonly rmssdMs: number | null;
  /** Of these differences, those over 50 ms: their number and share. */
  readonly nn50: number | null;
  readonly pnn50: number | null;
  /** Number of intervals / number in the fullest bin of 1/128 s. */
  readonly triangularIndex: number | null;
}

/** s. */
const SEGMENT = 300;
/** ms; the width the Task Force recommends. */
const BIN = 1000 / 128;
/** s of NN intervals under which the triangular index is not given. */
const TRIANGULAR_FROM = 20 * 60;

/**
 * The time-domain figures of NN intervals. Differences are taken only between intervals that share a beat.
 *
 * @param nn  two intervals or more
 *
 * Source: Task Force, Circulation 93(5):1043–1065, 1996, doi:10.1161/01.CIR.93.5.1043, table 1; its advice of at least
 * 20 min for the triangular index. Departs: segments filled to less than two thirds do not count.
 */
export function timeDomainHrv(nn: NnIntervals): TimeDomainHrv {
  const { ms, follows } = nn;
  let pairs = 0;
  let squares = 0;
  let nn50 = 0;
  for (let i = 1; i < ms.length; i++) {
    if (follows[i] === 0) continue;
    const difference = ms[i] - ms[i - 1];
    pairs++;
    squares += difference ** 2;
    if (Math.abs(difference) > 50) nn50++;
  }
  const segments = nnSegments(nn, SEGMENT, SEGMENT);
  const means = segments.map(({ from, to }) => mean(ms, from, to));
  const deviations = segments.map(({ from, to }) => deviation(ms, from, to));
  return {
    meanNnMs: mean(ms),
    sdnnMs: deviation(ms),
    sdannMs: segments.length < 2 ? null : deviation(means),
    sdnnIndexMs: segments.length < 1 ? null : mean(deviations),
    rmssdMs: pairs === 0 ? null : Math.sqrt(squares / pairs),
    nn50: pairs === 0 ? null : nn50,
    pnn50: pairs === 0 ? null : nn50 / pairs,
    triangularIndex: mean(ms) * ms.length < 1000 * TRIANGULAR_FROM ? null : ms.length / fullestBin(ms),
  };
}

function fullestBin(ms: Float64Array): number {
  const bins = new Uint32Array(Math.floor(ms.reduce((longest, x) => Math.max(longest, x)) / BIN) + 1);
  let most = 0;
  for (let i = 0; i < ms.length; i++) most = Math.max(most, ++bins[Math.floor(ms[i] / BIN)]);
  return most;
}
