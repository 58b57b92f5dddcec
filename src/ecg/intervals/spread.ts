import { quantile } from '../../core/index.js';

/** Where the values of some beats lie. */
export interface Spread {
  readonly median: number;
  /** 5 % and 95 % quantiles. */
  readonly p5: number;
  readonly p95: number;
  /** Beats whose value is known. */
  readonly beats: number;
}

/** The median and the 5 % and 95 % quantiles of the known values; null where none is known. */
export function spreadOf(values: Float64Array | Float32Array): Spread | null {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return null;
  return {
    median: quantile(known, 0.5),
    p5: quantile(known, 0.05),
    p95: quantile(known, 0.95),
    beats: known.length,
  };
}
