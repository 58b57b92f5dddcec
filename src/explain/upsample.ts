/**
 * A grid drawn larger: linear between the centres of its cells, level beyond the outermost ones.
 *
 * @param grid  [rows, columns]
 * @returns     [height, width]
 */
export function upsample(
  grid: ArrayLike<number>,
  rows: number,
  columns: number,
  height: number,
  width: number,
): Float32Array {
  const out = new Float32Array(height * width);
  const across = places(columns, width);
  for (const [y, { low, high, share }] of places(rows, height).entries()) {
    for (let x = 0; x < width; x++) {
      const at = across[x];
      const top = mix(grid[low * columns + at.low], grid[low * columns + at.high], at.share);
      const bottom = mix(grid[high * columns + at.low], grid[high * columns + at.high], at.share);
      out[y * width + x] = mix(top, bottom, share);
    }
  }
  return out;
}

interface Place {
  readonly low: number;
  readonly high: number;
  /** Of `high`. */
  readonly share: number;
}

/** Between which of `cells` the centre of each of `size` samples lies. */
function places(cells: number, size: number): Place[] {
  return Array.from({ length: size }, (_, i) => {
    const position = Math.min(cells - 1, Math.max(0, ((i + 0.5) * cells) / size - 0.5));
    const low = Math.floor(position);
    return { low, high: Math.min(cells - 1, low + 1), share: position - low };
  });
}

function mix(a: number, b: number, share: number): number {
  return a + share * (b - a);
}
