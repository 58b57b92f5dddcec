import { addLombSpectrum } from './lomb-spectrum.js';
import { mean } from './moments.js';
import type { NnIntervals } from './nn-intervals.js';
import { nnSegments } from './segments.js';

/** Power of NN intervals by band, ms²; null where the recording is too short for it. */
export interface FrequencyDomainHrv {
  /** Sum of the bands that are given. */
  readonly totalMs2: number;
  /** Up to 0.003 Hz, of the recording as a whole. */
  readonly ulfMs2: number | null;
  /** 0.003…0.04 Hz. */
  readonly vlfMs2: number | null;
  /** 0.04…0.15 Hz. */
  readonly lfMs2: number;
  /** 0.15…0.4 Hz. */
  readonly hfMs2: number;
  /** Null where there is no HF power. */
  readonly lfHf: number | null;
}

/** Upper ends of the bands, Hz. */
const ULF = 0.003;
const VLF = 0.04;
const LF = 0.15;
const HF = 0.4;
/** s. */
const SEGMENT = 300;
/** s under which no LF power is given. */
const SHORTEST = 120;
/** ms²: less power is what rounding leaves of even intervals, and no ratio is taken of it. */
const LEAST_POWER = 1e-6;
/** s of NN intervals from which ULF power is given. */
const ULF_FROM = 18 * 3600;

/**
 * The power of NN intervals in the bands of heart-rate variability: the mean of periodograms of 5 min segments that
 * overlap by half; of a recording between 2 and 5 min one periodogram, without VLF. ULF is of one periodogram over
 * all, where NN intervals fill 18 h and more.
 *
 * Values stand at the beats that end them; nothing is interpolated, so ectopic beats leave holes, not bends.
 *
 * @returns  null under 2 min, or when no segment is filled to two thirds
 *
 * Source: bands and lengths: Task Force, Circulation 93(5):1043–1065, 1996, doi:10.1161/01.CIR.93.5.1043; Lomb's
 * periodogram instead of interpolation: Clifford & Tarassenko, IEEE TBME 52(4):630–638, 2005,
 * doi:10.1109/TBME.2005.844028; averaging: Welch, IEEE Trans. Audio Electroacoust. 15(2):70–73, 1967.
 */
export async function frequencyDomainHrv(nn: NnIntervals): Promise<FrequencyDomainHrv | null> {
  const n = nn.ms.length;
  if (n < 2) return null;
  const start = nn.at[0] - nn.ms[0] / 1000;
  const span = nn.at[n - 1] - start;
  if (span < SHORTEST) return null;
  const seconds = Math.min(SEGMENT, span);
  const segments = nnSegments(nn, seconds, seconds / 2);
  if (segments.length === 0) return null;

  const step = 1 / (2 * seconds);
  const density = new Float64Array(Math.floor(HF / step));
  for (const { from, to, start } of segments) {
    const series = { times: nn.at.subarray(from, to), values: nn.ms.subarray(from, to) };
    await addLombSpectrum(series, start, seconds, step, density);
  }
  const power = (low: number, high: number) => powerBetween(density, step, low, high) / segments.length;
  const vlf = seconds < SEGMENT ? null : power(ULF, VLF);
  const lf = power(VLF, LF);
  const hf = power(LF, HF);
  const ulf = mean(nn.ms) * n < 1000 * ULF_FROM ? null : await ulfPower(nn, start, span);
  return {
    totalMs2: (ulf ?? 0) + (vlf ?? 0) + lf + hf,
    ulfMs2: ulf,
    vlfMs2: vlf,
    lfMs2: lf,
    hfMs2: hf,
    lfHf: hf > LEAST_POWER ? lf / hf : null,
  };
}

async function ulfPower(nn: NnIntervals, start: number, span: number): Promise<number> {
  const step = 1 / span;
  const density = new Float64Array(Math.floor(ULF / step));
  await addLombSpectrum({ times: nn.at, values: nn.ms }, start, span, step, density);
  return powerBetween(density, step, 0, ULF);
}

/** What lies above `low` and up to `high`, Hz; entry k is at (k + 1) · `step`. */
function powerBetween(density: Float64Array, step: number, low: number, high: number): number {
  const slack = 1e-9;
  let sum = 0;
  for (let k = 0; k < density.length; k++) {
    const frequency = (k + 1) * step;
    if (frequency > low + slack && frequency <= high + slack) sum += density[k];
  }
  return sum * step;
}
