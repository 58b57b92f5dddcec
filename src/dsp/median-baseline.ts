/** The two-median estimate of baseline wander, on means of `decimation` samples. */
export interface MedianBaseline {
  /** Samples averaged into one before the medians; the baseline is slow, the medians need not be fast. */
  readonly decimation: number;
  /** Odd window lengths, in decimated samples, applied one after the other. */
  readonly windows: readonly number[];
}

/** Samples on either side of a sample that its baseline depends on. */
export function baselineReach(baseline: MedianBaseline): number {
  const blocks = baseline.windows.reduce((sum, w) => sum + (w - 1) / 2, 1);
  return (blocks + 1) * baseline.decimation;
}

/**
 * The signal less its baseline: block means, running medians over the windows, linear interpolation
 * between block centres. Ends repeat the end values.
 *
 * @param x  finite, any unit; its first sample must lie on a multiple of `decimation` for slices to agree
 *
 * Source: de Chazal et al., IEEE TBME 51(7):1196–1206, 2004, doi:10.1109/TBME.2004.827359 (medians of 200
 * and 600 ms). Departs: the medians run on block means, at a quarter of the cost and the same baseline.
 */
export function subtractMedianBaseline(x: Float32Array, baseline: MedianBaseline): Float32Array {
  const { decimation } = baseline;
  const blocks = Math.ceil(x.length / decimation);
  if (blocks === 0) return new Float32Array(0);
  let slow: Float32Array = new Float32Array(blocks);
  for (let b = 0; b < blocks; b++) {
    const from = b * decimation;
    const to = Math.min(x.length, from + decimation);
    let sum = 0;
    for (let i = from; i < to; i++) sum += x[i];
    slow[b] = sum / (to - from);
  }
  for (const w of baseline.windows) slow = runningMedian(slow, w);
  const out = new Float32Array(x.length);
  const centre = (decimation - 1) / 2;
  for (let i = 0; i < x.length; i++) {
    const position = (i - centre) / decimation;
    const b = Math.min(blocks - 1, Math.max(0, Math.floor(position)));
    const next = Math.min(blocks - 1, b + 1);
    const fraction = Math.min(1, Math.max(0, position - b));
    out[i] = x[i] - (slow[b] + fraction * (slow[next] - slow[b]));
  }
  return out;
}

/** The median of each odd window, kept sorted while it slides; ends repeat the end values. */
function runningMedian(x: Float32Array, window: number): Float32Array {
  const half = (window - 1) / 2;
  const last = x.length - 1;
  const at = (i: number) => x[Math.min(last, Math.max(0, i))];
  const sorted = Float32Array.from({ length: window }, (_, i) => at(i - half)).sort();
  const out = new Float32Array(x.length);
  out[0] = sorted[half];
  for (let i = 1; i < x.length; i++) {
    replaceSorted(sorted, at(i - 1 - half), at(i + half));
    out[i] = sorted[half];
  }
  return out;
}

/** Takes `gone` out of an ascending array and puts `come` in, by shifting what lies between. */
function replaceSorted(sorted: Float32Array, gone: number, come: number): void {
  let i = 0;
  while (i < sorted.length - 1 && sorted[i] !== gone) i++;
  while (i + 1 < sorted.length && sorted[i + 1] < come) {
    sorted[i] = sorted[i + 1];
    i++;
  }
  while (i > 0 && sorted[i - 1] > come) {
    sorted[i] = sorted[i - 1];
    i--;
  }
  sorted[i] = come;
}
