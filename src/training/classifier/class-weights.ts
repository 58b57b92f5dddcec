/**
 * The weight of each class in the loss: (its share of the examples)^−power, scaled so that the mean over the
 * examples is 1; all 1 for a power of 0.
 *
 * @param counts  examples of each class, none 0
 * @param power   0…1
 */
export function classWeightsOf(counts: readonly number[], power: number): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const raw = counts.map((n) => (n / total) ** -power);
  const mean = raw.reduce((sum, weight, c) => sum + (weight * counts[c]) / total, 0);
  return raw.map((weight) => weight / mean);
}
