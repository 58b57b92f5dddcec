/**
 * What each beat counts so that every record counts 1, however many beats it has.
 *
 * @param record  record of each beat
 */
export function recordWeights(record: ArrayLike<number>): Float64Array {
  const beats = new Map<number, number>();
  for (let i = 0; i < record.length; i++) beats.set(record[i], (beats.get(record[i]) ?? 0) + 1);
  return Float64Array.from({ length: record.length }, (_, i) => 1 / beats.get(record[i])!);
}

/** The smallest value at or below which `share` of the weight lies. */
export function weightedQuantile(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  share: number,
): number {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const all = order.reduce((sum, i) => sum + weights[i], 0);
  let below = 0;
  for (const i of order) {
    below += weights[i];
    if (below >= share * all - 1e-9 * all) return values[i];
  }
  return Number.NaN;
}
