import { deviation } from './moments.js';
import type { NnIntervals } from './nn-intervals.js';

/**
 * The widths of the Poincaré plot, each interval against the one before it: across the diagonal (SD1) and along it (SD2).
 *
 * @returns  ms; null with fewer than two pairs of intervals that share a beat
 *
 * Source: Brennan, Palaniswami & Kamen, IEEE TBME 48(11):1342–1347, 2001, doi:10.1109/10.959330.
 */
export function poincare({ ms, follows }: NnIntervals): { sd1Ms: number; sd2Ms: number } | null {
  const across = new Float64Array(ms.length);
  const along = new Float64Array(ms.length);
  let pairs = 0;
  for (let i = 1; i < ms.length; i++) {
    if (follows[i] === 0) continue;
    across[pairs] = (ms[i] - ms[i - 1]) / Math.SQRT2;
    along[pairs++] = (ms[i] + ms[i - 1]) / Math.SQRT2;
  }
  return pairs < 2 ? null : { sd1Ms: deviation(across, 0, pairs), sd2Ms: deviation(along, 0, pairs) };
}
