/** The mean of `values[from … to − 1]`; NaN of none. */
export function mean(values: Float64Array | readonly number[], from = 0, to = values.length): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
}

/** The standard deviation of `values[from … to − 1]`, with n − 1; NaN of fewer than two. */
export function deviation(values: Float64Array | readonly number[], from = 0, to = values.length): number {
  if (to - from < 2) return Number.NaN;
  const centre = mean(values, from, to);
  let sum = 0;
  for (let i = from; i < to; i++) sum += (values[i] - centre) ** 2;
  return Math.sqrt(sum / (to - from - 1));
}
