import { markdownTable, percentCell } from '../tables/markdown.js';
import type { PairedComparison } from './compare-paired.js';

/** A change and what it did. */
export interface PairedRow {
  readonly name: string;
  readonly comparison: PairedComparison;
}

/**
 * A Markdown table of changes against one baseline; figures are shares and stand as percentages, differences as points.
 * @param figure  what was compared, `macro-F1`
 */
export function formatPairedTable(figure: string, baseline: string, rows: readonly PairedRow[]): string {
  const levels = [...new Set(rows.map(({ comparison }) => `${Math.round(comparison.level * 100)} %`))];
  return markdownTable(
    ['change', baseline, figure, 'points', `${levels.join('/')} interval`, 'p', 'better', 'verdict'],
    rows.map(({ name, comparison }) => [
      name,
      percentCell(comparison.baselineMean),
      percentCell(comparison.otherMean),
      points(comparison.difference),
      `${points(comparison.interval.low)} to ${points(comparison.interval.high)}`,
      comparison.p < 0.001 ? '< 0.001' : comparison.p.toFixed(3),
      `${comparison.wins} of ${comparison.pairs}`,
      comparison.verdict,
    ]),
  );
}

/** `+0.42`, `−1.30`, `0.00`. */
function points(share: number): string {
  const text = Math.abs(share * 100).toFixed(2);
  return Number(text) === 0 ? text : `${share > 0 ? '+' : '−'}${text}`;
}
