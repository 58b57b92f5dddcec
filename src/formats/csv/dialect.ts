import { cellBounds, findCells } from './cells.js';
import type { Dialect } from './number.js';

/** Cells of a line beyond this many are not looked at; a recording has no such number of columns. */
export const MOST_COLUMNS = 4096;

/**
 * How the lines of a table are written: separator and decimal mark, from its last lines, which are data.
 *
 * `;` and tab separate where every line has them; a comma then marks decimals. A single number with one comma a line
 * is a decimal where `decimalComma` says so (a sampling rate written `512,508`), else two columns.
 */
export function sniffDialect(lines: readonly string[], decimalComma: boolean): Dialect {
  const separator = separatorOf(lines, decimalComma);
  const cells = lines.flatMap((line) => cellsOf(line, { separator, decimal: '.' }));
  return { separator, decimal: usesDecimalComma(cells) ? ',' : '.' };
}

function separatorOf(lines: readonly string[], decimalComma: boolean): Dialect['separator'] {
  const bare = lines.map((line) => line.replace(/"[^"]*"|'[^']*'/g, '0'));
  const all = (pattern: RegExp) => bare.every((line) => pattern.test(line.trim()));
  // A row may lack its last cells, so most lines decide.
  const most = (pattern: RegExp) => bare.filter((line) => pattern.test(line)).length > 0.7 * bare.length;
  if (most(/;/)) return ';';
  if (most(/\t/)) return '\t';
  if (!most(/,/)) return most(/\S\s+\S/) ? ' ' : ';';
  if (all(/^[+-]?\d+(,\d+)?( +[+-]?\d+(,\d+)?)+$/)) return ' ';
  return decimalComma && all(/^[+-]?\d+,\d+$/) ? ';' : ',';
}

/** The cells of a line as text, without quotes. */
export function cellsOf(line: string, dialect: Dialect): string[] {
  const bytes = new TextEncoder().encode(line);
  const bounds = cellBounds(Math.min(MOST_COLUMNS, bytes.length + 1));
  findCells(bytes, 0, bytes.length, dialect, bounds);
  const decoder = new TextDecoder();
  return Array.from({ length: Math.min(bounds.count, MOST_COLUMNS) }, (_, i) =>
    decoder.decode(bytes.subarray(bounds.from[i], bounds.to[i])).trim(),
  );
}

/** Of `1.234,5` and `1,234.5` the last mark is the decimal one; two commas group thousands; one comma is a decimal. */
function usesDecimalComma(cells: readonly string[]): boolean {
  const withComma = cells.filter((cell) => /^[+\-\u2212]?[\d.]*,[\d.,]*(e[+-]?\d+)?$/i.test(cell));
  if (withComma.length === 0) return false;
  const both = withComma.find((cell) => cell.includes('.'));
  if (both !== undefined) return both.lastIndexOf(',') > both.lastIndexOf('.');
  if (cells.some((cell) => /^[+\-\u2212]?\d+\.\d+$/.test(cell))) return false;
  return !withComma.some((cell) => cell.indexOf(',') !== cell.lastIndexOf(','));
}
