import type { RunOptions } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { cellBounds, findCells } from './cells.js';
import type { Layout } from './layout.js';
import { walkLines } from './lines.js';
import { LARGEST_VALUE, parseNumber } from './number.js';
import type { PlacedRows } from './rows.js';
import { isNoRow, ROWS_A_MARK } from './scan.js';

/** A column to read, its scale and the samples it will hold. */
export interface WantedColumn {
  readonly column: number;
  /** `value = written · factor`. */
  readonly factor: number;
  /** NaN where nothing was read. */
  readonly samples: Float32Array;
}

/**
 * Fills the samples `from…to` of the wanted columns from the rows they lie in, a megabyte of text at a time.
 *
 * @throws EcgError `cancelled`
 */
export async function readRows(
  source: ByteSource,
  layout: Layout,
  placed: readonly PlacedRows[],
  marks: readonly number[],
  from: number,
  to: number,
  wanted: readonly WantedColumn[],
  options?: RunOptions,
): Promise<void> {
  const inside = placed.filter(({ position, rows }) => position < to && position + rows > from);
  const first = inside[0];
  const last = inside[inside.length - 1];
  if (first === undefined || last === undefined) return;
  const begin = first.row + Math.max(0, from - first.position);
  const end = last.row + Math.min(last.rows, to - last.position);
  const mark = Math.floor(begin / ROWS_A_MARK);
  const cells = cellBounds(layout.columns.length);
  const capacity = layout.columns.length;
  let row = mark * ROWS_A_MARK;
  let part = 0;
  let sample = 0;
  await walkLines(
    source,
    marks[mark] ?? layout.dataOffset,
    (bytes, lineFrom, lineTo) => {
      if (isNoRow(bytes, lineFrom, lineTo)) return undefined;
      if (row >= end) return false;
      if (row >= begin) {
        let place = inside[part] as PlacedRows;
        while (row >= place.row + place.rows) place = inside[++part] as PlacedRows;
        sample = place.position + row - place.row - from;
        findCells(bytes, lineFrom, lineTo, layout.dialect, cells);
        for (const { column, factor, samples } of wanted) {
          if (column >= cells.count || column >= capacity) continue;
          const value = parseNumber(
            bytes,
            cells.from[column] as number,
            cells.to[column] as number,
            layout.dialect.decimal,
          );
          if (Math.abs(value) <= LARGEST_VALUE) samples[sample] = value * factor;
        }
      }
      row++;
      return undefined;
    },
    progressOf(options, () => sample + 1, to - from),
  );
}

/** Progress in samples rather than bytes of the rest of the file. */
function progressOf(options: RunOptions | undefined, done: () => number, total: number): RunOptions {
  const onProgress = options?.onProgress;
  return {
    ...(options?.signal === undefined ? {} : { signal: options.signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: () => onProgress({ stage: 'read', done: done(), total }) }),
  };
}
