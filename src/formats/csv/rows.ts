import type { Gap } from '../../core/index.js';
import type { Axis } from './plan.js';
import type { RowStretch } from './scan.js';

/** Rows on the time axis of the recording. */
export interface PlacedRows {
  readonly row: number;
  readonly rows: number;
  /** Sample of the first row. */
  readonly position: number;
}

/** Hz, and how sure: the rate of a table by its time column. */
export interface MeasuredRate {
  readonly fs: number;
  /** Before the rounding of the times was taken into account. */
  readonly counted: number;
  /** Hz to both sides, from the last digit of the times. */
  readonly doubt: number;
}

/** Hz. */
const USUAL_RATES = [
  250, 500, 1000, 360, 128, 256, 125, 512, 200, 100, 300, 130, 400, 2000, 50, 1024, 257, 240, 180,
];

/**
 * The sampling frequency that a time column makes: rows over seconds of all unbroken stretches, or undefined when
 * they last no time. Of the rates that the rounding of the times allows, one in common use or the one
 * with the fewest decimals.
 */
export function measureRate(
  stretches: readonly RowStretch[],
  rows: number,
  quantum: number,
): MeasuredRate | undefined {
  let seconds = 0;
  let steps = 0;
  let pieces = 0;
  stretches.forEach(({ row, begin, end }, i) => {
    const count = (stretches[i + 1]?.row ?? rows) - row - 1;
    if (count < 1) return;
    seconds += end - begin;
    steps += count;
    pieces++;
  });
  if (!(seconds > 0)) return undefined;
  const fs = steps / seconds;
  const doubt = (fs * quantum * pieces) / seconds + fs * 1e-12;
  const off = (rate: number) => Math.abs(rate - fs);
  const usual = USUAL_RATES.reduce((best, rate) => (off(rate) < off(best) ? rate : best));
  if (off(usual) <= doubt) return { fs: usual, counted: fs, doubt };
  for (let decimals = 0; decimals < 12; decimals++) {
    const round = Number(fs.toFixed(decimals));
    if (round > 0 && Math.abs(round - fs) <= doubt) return { fs: round, counted: fs, doubt };
  }
  return { fs, counted: fs, doubt };
}

/** Every stretch of rows at its sample, and the gaps between them. */
export function placeRows(
  stretches: readonly RowStretch[],
  rows: number,
  fs: number,
  axis: Axis | undefined,
): { readonly placed: readonly PlacedRows[]; readonly gaps: readonly Gap[]; readonly length: number } {
  const scale = axis?.kind === 'time' ? fs : 1;
  const origin = stretches[0]?.begin ?? 0;
  const placed: PlacedRows[] = [];
  const gaps: Gap[] = [];
  let end = 0;
  const all = stretches.length > 0 ? stretches : [{ row: 0, begin: 0, end: 0 }];
  all.forEach(({ row, begin }, i) => {
    const first = i === 0 ? 0 : row;
    const count = (all[i + 1]?.row ?? rows) - first;
    const position = Math.max(end, Math.round((begin - origin) * scale));
    if (position > end) gaps.push({ from: end, to: position });
    placed.push({ row: first, rows: count, position });
    end = position + count;
  });
  return { placed, gaps, length: end };
}
