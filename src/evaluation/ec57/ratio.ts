/** A fraction of counts, kept as counts: `hits` of `of`. */
export interface Ratio {
  readonly hits: number;
  readonly of: number;
}

/** The fraction; NaN where it is undefined (0 of 0). */
export function fraction({ hits, of }: Ratio): number {
  return of === 0 ? NaN : hits / of;
}

/** The sum of fractions' counts: what a gross statistic is made of. */
export function addRatios(ratios: readonly Ratio[]): Ratio {
  return ratios.reduce((sum, r) => ({ hits: sum.hits + r.hits, of: sum.of + r.of }), { hits: 0, of: 0 });
}

/** The mean of the values that are defined; NaN when none is: what an average statistic is made of. */
export function meanDefined(values: readonly number[]): number {
  // Sorted, so that the order of the records cannot move the last digit.
  const defined = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return defined.length === 0 ? NaN : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
