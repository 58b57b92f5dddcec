/** How a stretch of a lead loses its offset and its scale. */
type Normalisation = 'min-max' | 'z-score' | 'none';

/**
 * Scales some samples in place: to 0…1, to mean 0 and standard deviation 1, or not at all; a flat stretch becomes zeros
 * where it is scaled.
 *
 * @param x     finite
 * @param to    exclusive
 */
export function normaliseStretch(x: Float32Array, from: number, to: number, how: Normalisation): void {
  if (how === 'none' || to <= from) return;
  const [offset, scale] = how === 'min-max' ? rangeOf(x, from, to) : momentsOf(x, from, to);
  for (let i = from; i < to; i++) x[i] = scale > 0 ? (x[i] - offset) / scale : 0;
}

function rangeOf(x: Float32Array, from: number, to: number): [number, number] {
  let low = x[from];
  let high = x[from];
  for (let i = from + 1; i < to; i++) {
    if (x[i] < low) low = x[i];
    if (x[i] > high) high = x[i];
  }
  return [low, high - low];
}

function momentsOf(x: Float32Array, from: number, to: number): [number, number] {
  const n = to - from;
  let sum = 0;
  for (let i = from; i < to; i++) sum += x[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = from; i < to; i++) squares += (x[i] - mean) ** 2;
  return [mean, Math.sqrt(squares / n)];
}
