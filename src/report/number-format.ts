/** `12,345`: a count with its thousands apart. */
export function formatCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `2.4 %`; `–` for null. Small shares keep two significant digits, so that few beats do not become none. */
export function formatShare(share: number | null): string {
  if (share === null) return '–';
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.95) return `${percent < 0.0095 ? '< 0.01' : percent.toPrecision(percent < 0.1 ? 1 : 2)} %`;
  // Not all is never shown as all.
  return `${percent > 99.9 ? '> 99.9' : percent.toFixed(1)} %`;
}

/** `74 /min`; `–` for null. */
export function formatRate(bpm: number | null): string {
  return bpm === null ? '–' : `${Math.round(bpm)} /min`;
}

/** `0.97`, and never 1.00: no probability is. */
export function formatProbability(p: number): string {
  return p >= 0.995 ? '> 0.99' : p.toFixed(2);
}

/** `1 couplet`, `2 couplets`. */
export function formatNumberOf(n: number, thing: string): string {
  return `${formatCount(n)} ${thing}${n === 1 ? '' : 's'}`;
}
