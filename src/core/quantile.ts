/**
 * The value below which the share `p` of the values lies, linear between the two around the rank; NaN of none.
 *
 * @param sorted  ascending
 * @param p       0…1
 *
 * Source: Hyndman & Fan, The American Statistician 50(4):361–365, 1996, definition 7.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const rank = p * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? NaN;
  const above = sorted[Math.ceil(rank)] ?? NaN;
  // Between two infinities lies the same one.
  return above === below ? below : below + (above - below) * (rank - Math.floor(rank));
}
