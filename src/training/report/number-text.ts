import type { Estimate } from '../../evaluation/index.js';

/** `0.943`, or a dash where undefined. */
export function fractionText(value: number | null, decimals = 3): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(decimals);
}

/** `0.931–0.954`, or nothing where undefined. */
export function intervalText({ low, high }: Estimate, decimals = 3): string {
  return low === null || high === null
    ? ''
    : `${fractionText(low, decimals)}–${fractionText(high, decimals)}`;
}

/** `49,692` */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `312 B`, `48.2 kB`, `1.25 MB` */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

/** `48 s`, `12 min`, `3 h 20 min` */
export function durationText(seconds: number): string {
  if (seconds < 100) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `0.84 ms`, or a dash where not measured. */
export function millisecondsText(ms: number | null): string {
  return ms === null ? '–' : `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
}

/** `99.4 %`, without pretending that a rare error is none. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1 %';
  if (share < 1 && share > 0.999) return '>99.9 %';
  return `${share === 0 || share === 1 ? share * 100 : (share * 100).toFixed(1)} %`;
}
