import type { Random } from '../../core/index.js';
import type { Augmentation } from './training-config.js';

/** How much signals are changed at random. */
export type SignalAugmentation = Extract<Augmentation, { kind: 'signal' }>;

/**
 * Signals moved, scaled and made noisier in place, all channels by the same shift and gain; channels after the first
 * `options.channels` stay as they are.
 *
 * @param example  [C, L]
 * @param options  `shift`: moved by at most so many samples, the end repeated; `gain`: times 1 ± gain; `noise`:
 *   standard deviation of the added normal noise, in standard deviations of the example
 */
export function augmentSignal(
  example: Float32Array,
  shape: readonly number[],
  options: SignalAugmentation,
  random: Random,
): void {
  const length = shape[shape.length - 1];
  const row = example.subarray(0, (options.channels ?? shape[0]) * length);
  const shift = Math.min(options.shift, length - 1);
  const moved = shift === 0 ? 0 : random.integer(2 * shift + 1) - shift;
  for (let from = 0; moved !== 0 && from < row.length; from += length) move(row, from, from + length, moved);
  const gain = 1 + options.gain * (2 * random.next() - 1);
  for (let i = 0; i < row.length; i++) row[i] *= gain;
  if (options.noise === 0) return;
  const deviation = options.noise * standardDeviation(row);
  for (let i = 0; i < row.length; i++) row[i] += deviation * random.normal();
}

/** Samples `from`…`to − 1` moved to later times, or to earlier ones for a negative `by`. */
function move(row: Float32Array, from: number, to: number, by: number): void {
  if (by > 0) {
    row.copyWithin(from + by, from, to - by);
    row.fill(row[from], from, from + by);
  } else {
    row.copyWithin(from, from - by, to);
    row.fill(row[to - 1], to + by, to);
  }
}

function standardDeviation(row: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i];
  const mean = sum / row.length;
  let squares = 0;
  for (let i = 0; i < row.length; i++) squares += (row[i] - mean) ** 2;
  return Math.sqrt(squares / row.length);
}
