import { EcgError, type RunOptions } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { cellBounds, findCells } from './cells.js';
import type { Layout } from './layout.js';
import { walkLines } from './lines.js';
import { isMissing, LARGEST_VALUE, parseNumber } from './number.js';
import type { Axis, Plan } from './plan.js';
import { timeReader } from './time.js';

/** Rows that follow each other without a gap. */
export interface RowStretch {
  /** The first row. */
  readonly row: number;
  /** s, or sample number, of the first row; the row count of the file where there is no axis. */
  readonly begin: number;
  /** Of the last row. */
  readonly end: number;
}

/** What one pass over a table finds. */
export interface TableScan {
  readonly rows: number;
  /** Byte offset of row 0, `ROWS_A_MARK`, 2 · `ROWS_A_MARK`, … */
  readonly marks: readonly number[];
  readonly stretches: readonly RowStretch[];
  /** Smallest and largest value of each signal; ±Infinity where it has none. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Cells without a value, and cells that are no number, of all signals. */
  readonly missing: number;
  readonly unreadable: number;
  readonly warnings: readonly string[];
}

/** Rows between two remembered byte offsets. */
export const ROWS_A_MARK = 4096;
const HASH = 35;

/**
 * One pass over the rows of a table in bounded memory: where they lie in the file and in time, and what is odd.
 *
 * @throws EcgError `unsupported` when more than one step in twenty of the time column is irregular; `cancelled`
 */
export async function scanTable(
  source: ByteSource,
  layout: Layout,
  plan: Plan,
  options?: RunOptions,
): Promise<TableScan> {
  const { dialect } = layout;
  const width = layout.columns.length;
  // One more, to tell a separator at the end of the line from another cell.
  const cells = cellBounds(width + 1);
  const count = plan.signals.length;
  const least = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const marks: number[] = [];
  const clock = axisFollower(plan.axis, dialect.decimal);
  let rows = 0;
  let missing = 0;
  let unreadable = 0;
  let firstUnreadable = '';
  let ragged = 0;
  await walkLines(
    source,
    layout.dataOffset,
    (bytes, from, to, offset) => {
      if (isNoRow(bytes, from, to)) return;
      findCells(bytes, from, to, dialect, cells);
      if (cells.count !== width && !(cells.count === width + 1 && cells.from[width] === cells.to[width]))
        ragged++;
      if (rows % ROWS_A_MARK === 0) marks.push(offset);
      for (let i = 0; i < count; i++) {
        const column = plan.signals[i] as number;
        const begin = column < cells.count ? (cells.from[column] as number) : to;
        const end = column < cells.count ? (cells.to[column] as number) : to;
        const value = parseNumber(bytes, begin, end, dialect.decimal);
        if (Math.abs(value) <= LARGEST_VALUE) {
          if (value < (least[i] as number)) least[i] = value;
          if (value > (most[i] as number)) most[i] = value;
          continue;
        }
        const text = new TextDecoder().decode(bytes.subarray(begin, Math.min(end, begin + 20)));
        if (isMissing(text)) missing++;
        else {
          unreadable++;
          firstUnreadable ||= `${JSON.stringify(text)} in row ${rows + 1}`;
        }
      }
      clock.row(rows, bytes, cells.from, cells.to, cells.count);
      rows++;
      if (clock.breaks() > 100 && clock.breaks() > rows / 20) {
        throw new EcgError(
          'unsupported',
          `csv: the time column of ${source.name} is irregular (${clock.breaks()} of ${rows} steps differ), ` +
            'resample it to a constant rate first',
        );
      }
    },
    options,
  );
  const warnings = [
    ...(missing > 0 ? [`${missing} empty or NaN cells are NaN samples.`] : []),
    ...(unreadable > 0
      ? [`${unreadable} cells are no numbers and NaN samples, the first ${firstUnreadable}.`]
      : []),
    ...(ragged > 0 ? [`${ragged} of ${rows} rows do not have ${width} columns.`] : []),
    ...clock.warnings(),
  ];
  return { rows, marks, stretches: clock.stretches(rows), least, most, missing, unreadable, warnings };
}

/** Blank lines and `#` comments hold no sample. */
export function isNoRow(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte !== 32 && byte !== 9 && byte !== 13) return byte === HASH;
  }
  return true;
}

interface AxisFollower {
  row(row: number, bytes: Uint8Array, from: Int32Array, to: Int32Array, count: number): void;
  breaks(): number;
  stretches(rows: number): RowStretch[];
  warnings(): string[];
}

/** s; a clock that jumps back by more than half a day has passed midnight. */
const HALF_DAY = 43200;
const DAY = 86400;

/** Follows the time or sample column from row to row and notes where it breaks. */
function axisFollower(axis: Axis | undefined, decimal: '.' | ','): AxisFollower {
  if (axis === undefined) {
    return {
      row: () => {},
      breaks: () => 0,
      stretches: (rows) => [{ row: 0, begin: 0, end: rows - 1 }],
      warnings: () => [],
    };
  }
  const read =
    axis.kind === 'time' ? timeReader(axis.time, decimal) : timeReader({ kind: 'number', scale: 1 }, decimal);
  const limit = axis.kind === 'time' ? 1.5 * axis.step + axis.quantum : 1.5;
  const turns = axis.kind === 'time' && axis.time.kind === 'clock';
  const done: RowStretch[] = [];
  let first = 0;
  let begin = Number.NaN;
  let last = Number.NaN;
  let days = 0;
  let unread = 0;
  let backward = 0;
  return {
    row: (row, bytes, from, to, count) => {
      const { column } = axis;
      let value = column < count ? read(bytes, from[column] as number, to[column] as number) : Number.NaN;
      if (Number.isNaN(value)) {
        unread++;
        return;
      }
      value += days * DAY;
      if (turns && value < last - HALF_DAY) {
        days++;
        value += DAY;
      }
      if (Number.isNaN(last)) begin = value;
      else if (value - last > limit || value < last) {
        if (value < last) backward++;
        done.push({ row: first, begin, end: last });
        first = row;
        begin = value;
      }
      last = value;
    },
    breaks: () => done.length,
    stretches: () => (Number.isNaN(last) ? [] : [...done, { row: first, begin, end: last }]),
    warnings: () => [
      ...(unread > 0 ? [`${unread} rows do not tell their time and follow directly.`] : []),
      ...(backward > 0
        ? [`The time column runs backwards ${backward} times; rows follow directly there.`]
        : []),
    ],
  };
}
