/** What one column of pixels of a trend shows; NaN where no interval ends in it. */
export interface TrendColumns {
  readonly lowest: Float64Array;
  readonly middle: Float64Array;
  readonly highest: Float64Array;
}

/**
 * A series of values in time, as lowest, median and highest of each of `columns` equal stretches, so that no
 * extreme is lost however long the recording.
 *
 * @param samples  where each value stands, ascending
 * @param values   NaN where there is none
 * @param length   of the recording, samples
 */
export function decimate(
  samples: ArrayLike<number>,
  values: ArrayLike<number>,
  length: number,
  columns: number,
): TrendColumns {
  const empty = () => new Float64Array(columns).fill(Number.NaN);
  const out = { lowest: empty(), middle: empty(), highest: empty() };
  let i = 0;
  for (let column = 0; column < columns; column++) {
    const end = ((column + 1) * length) / columns;
    const inside: number[] = [];
    for (; i < samples.length && samples[i] < end; i++) if (!Number.isNaN(values[i])) inside.push(values[i]);
    if (inside.length === 0) continue;
    inside.sort((a, b) => a - b);
    out.lowest[column] = inside[0];
    out.middle[column] = inside[inside.length >> 1];
    out.highest[column] = inside[inside.length - 1];
  }
  return out;
}
