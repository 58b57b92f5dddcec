/**
 * A number with fixed decimals, ties to even as C prints them; JavaScript's `toFixed` rounds ties up.
 *
 * @param decimals  0…6
 */
export function fixed(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const scaled = value * scale;
  const below = Math.floor(scaled);
  if (scaled - below === 0.5 && (below + 0.5) / scale === value) {
    return ((below % 2 === 0 ? below : below + 1) / scale).toFixed(decimals);
  }
  return value.toFixed(decimals);
}

/** `98.58`, or `-` where undefined. */
export function percent2(fraction: number): string {
  return Number.isNaN(fraction) ? '-' : fixed(fraction * 100, 2);
}

/** `98`, halves up, or `-` where undefined. */
export function percent0(fraction: number): string {
  return Number.isNaN(fraction) ? '-' : String(Math.floor(fraction * 100 + 0.5));
}

/** Seconds as `5:06.906` or `1:47:51.301`; below a minute `0.000`, or `0:00.000` with `minutes`. */
export function clock(seconds: number, minutes = false): string {
  const ms = Math.round(seconds * 1000);
  const h = Math.floor(ms / 3_600_000);
  const m = Math.floor(ms / 60_000) % 60;
  const s = fixed((ms % 60_000) / 1000, 3);
  if (h > 0) return `${h}:${String(m).padStart(2, '0')}:${s.padStart(6, '0')}`;
  return m > 0 || minutes ? `${m}:${s.padStart(6, '0')}` : s;
}
