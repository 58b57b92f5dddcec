import type { Dimension } from './search-config.js';

/** A dimension with an order. */
export type Range = Exclude<Dimension, { kind: 'choice' }>;

/** Where a value lies in its range, 0…1, on the scale the range is searched on. */
export function toUnit(range: Range, value: number): number {
  const { low, high } = range;
  if (range.kind === 'log') return Math.log(value / low) / Math.log(high / low);
  // Every whole number owns an interval of equal width.
  if (range.kind === 'integer') return (value - low + 0.5) / (high - low + 1);
  return (value - low) / (high - low);
}

/** The value at `unit` of its range, 0…1; whole numbers for integers. */
export function fromUnit(range: Range, unit: number): number {
  const { low, high } = range;
  if (range.kind === 'integer') return Math.min(high, low + Math.floor(unit * (high - low + 1)));
  const value = range.kind === 'log' ? low * (high / low) ** unit : low + unit * (high - low);
  return Math.min(high, Math.max(low, value));
}
