import { fromUnit } from './scale.js';
import type { Dimension, Point } from './search-config.js';

/** Point `index` of the product of all dimensions' values, the last dimension running fastest; null past the end. */
export function gridPoint(space: readonly Dimension[], index: number): Point | null {
  let rest = index;
  const values = new Map<string, unknown>();
  for (const dimension of [...space].reverse()) {
    const count = countOf(dimension);
    values.set(dimension.path, valueAt(dimension, rest % count));
    rest = Math.floor(rest / count);
  }
  if (rest > 0) return null;
  return Object.fromEntries(space.map(({ path }) => [path, values.get(path)]));
}

function countOf(dimension: Dimension): number {
  if (dimension.kind === 'choice') return dimension.values.length;
  if (dimension.kind === 'integer') return dimension.high - dimension.low + 1;
  return dimension.steps ?? 1;
}

function valueAt(dimension: Dimension, k: number): unknown {
  if (dimension.kind === 'choice') return dimension.values[k];
  if (dimension.kind === 'integer') return dimension.low + k;
  return fromUnit(dimension, k / Math.max(1, countOf(dimension) - 1));
}
