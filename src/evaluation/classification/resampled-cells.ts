import type { Resampled } from './bootstrap.js';

/**
 * Examples that each fall into one cell of a histogram, drawn patient by patient or one by one. A resample is then
 * a sum of few counts a patient, and the order of the examples cannot matter.
 *
 * @param cell   of each example, 0…width − 1
 * @param unit   index of the patient each example is drawn with; null draws examples one by one
 * @param units  how many patients there are
 */
export function resampledCells(
  cell: ArrayLike<number>,
  width: number,
  unit: ArrayLike<number> | null,
  units: number,
): Resampled {
  if (unit === null) {
    const sorted = Float64Array.from(cell).sort();
    const add = (u: number, sum: Float64Array) => {
      sum[sorted[u]!]! += 1;
    };
    return { units: sorted.length, width, add };
  }
  const counts = Array.from({ length: units }, () => new Map<number, number>());
  for (let i = 0; i < cell.length; i++) {
    const own = counts[unit[i]!]!;
    own.set(cell[i]!, (own.get(cell[i]!) ?? 0) + 1);
  }
  const cells = counts.map((own) => Uint32Array.from(own.keys()));
  const many = counts.map((own) => Float64Array.from(own.values()));
  return {
    units,
    width,
    add: (u, sum) => {
      const own = cells[u]!;
      const n = many[u]!;
      for (let i = 0; i < own.length; i++) sum[own[i]!]! += n[i]!;
    },
  };
}
