import { breatheWhenDue } from '../../core/index.js';

/** Values at uneven times. */
export interface UnevenSeries {
  /** s, ascending. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Additions between two looks at the clock. */
const PORTION = 100_000;

/**
 * The one-sided power spectral density of an uneven series at `step`, 2 `step`, … `count` · `step` Hz, added to `density`.
 *
 * The series loses its linear trend and is tapered by a Hann window over `start` … `start + seconds`; the density is
 * that of the periodogram fitted by least squares, so scaled that a sinusoid of amplitude A has the power A²/2.
 *
 * @param density  unit²/Hz, `count` entries
 *
 * Source: Lomb, Astrophys. Space Sci. 39:447–462, 1976, doi:10.1007/BF00648343; for RR intervals: Laguna, Moody & Mark,
 * IEEE TBME 45(6):698–715, 1998, doi:10.1109/10.678605.
 */
export async function addLombSpectrum(
  { times, values }: UnevenSeries,
  start: number,
  seconds: number,
  step: number,
  density: Float64Array,
): Promise<void> {
  const n = times.length;
  const y = withoutTrend(times, values);
  let window = 0;
  for (let j = 0; j < n; j++) {
    const w = 0.5 - 0.5 * Math.cos((2 * Math.PI * (times[j] - start)) / seconds);
    y[j] *= w;
    window += w * w;
  }
  // Each beat's phase is turned on by one step, instead of a sine for each beat and frequency.
  const turnC = times.map((t) => Math.cos(2 * Math.PI * step * (t - start)));
  const turnS = times.map((t) => Math.sin(2 * Math.PI * step * (t - start)));
  const c = new Float64Array(n).fill(1);
  const s = new Float64Array(n);
  const scale = seconds / window;
  const perBreath = Math.ceil(PORTION / n);
  for (let k = 0; k < density.length; k++) {
    if (k % perBreath === 0) await breatheWhenDue();
    let yc = 0;
    let ys = 0;
    let cc = 0;
    let cs = 0;
    for (let j = 0; j < n; j++) {
      const cosine = c[j] * turnC[j] - s[j] * turnS[j];
      const sine = s[j] * turnC[j] + c[j] * turnS[j];
      c[j] = cosine;
      s[j] = sine;
      yc += y[j] * cosine;
      ys += y[j] * sine;
      cc += cosine * cosine;
      cs += cosine * sine;
    }
    const ss = n - cc;
    const fitted = (yc * yc * ss - 2 * yc * ys * cs + ys * ys * cc) / (cc * ss - cs * cs);
    density[k] += fitted * scale;
  }
}

function withoutTrend(times: Float64Array, values: Float64Array): Float64Array {
  const n = times.length;
  let sumT = 0;
  let sumY = 0;
  for (let j = 0; j < n; j++) {
    sumT += times[j];
    sumY += values[j];
  }
  let tt = 0;
  let ty = 0;
  for (let j = 0; j < n; j++) {
    tt += (times[j] - sumT / n) ** 2;
    ty += (times[j] - sumT / n) * values[j];
  }
  return values.map((value, j) => value - sumY / n - (ty / tt) * (times[j] - sumT / n));
}
