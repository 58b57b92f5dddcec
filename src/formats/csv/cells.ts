import type { Dialect } from './number.js';

/** The bounds of the cells of one line, reused from line to line. */
export interface Cells {
  /** Cells of the line, more than `capacity` possibly. */
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

const DOUBLE = 0x22;
const SINGLE = 0x27;

/** Room for the bounds of the first `capacity` cells of a line. */
export function cellBounds(capacity: number): Cells {
  return { count: 0, from: new Int32Array(capacity), to: new Int32Array(capacity) };
}

/**
 * Finds the cells of the line `bytes[from…to)`; quotes around a cell are left out, single ones too.
 */
export function findCells(bytes: Uint8Array, from: number, to: number, dialect: Dialect, cells: Cells): void {
  const blank = dialect.separator === ' ';
  const separator = dialect.separator.charCodeAt(0);
  const capacity = cells.from.length;
  let end = to;
  if (end > from && bytes[end - 1] === 13) end--;
  cells.count = 0;
  let at = from;
  if (blank) while (at < end && isSpace(bytes[at] as number)) at++;
  while (at <= end) {
    if (blank && at === end && cells.count > 0) break;
    while (!blank && at < end && bytes[at] === 32) at++;
    const quote = bytes[at];
    let begin = at;
    let stop: number;
    if (at < end && (quote === DOUBLE || quote === SINGLE)) {
      begin = at + 1;
      const close = bytes.indexOf(quote, begin);
      stop = close < 0 || close > end ? end : close;
      at = stop < end ? stop + 1 : end;
      while (at < end && !(blank ? isSpace(bytes[at] as number) : bytes[at] === separator)) at++;
    } else {
      while (at < end && !(blank ? isSpace(bytes[at] as number) : bytes[at] === separator)) at++;
      stop = at;
    }
    if (cells.count < capacity) {
      cells.from[cells.count] = begin;
      cells.to[cells.count] = stop;
    }
    cells.count++;
    at++;
    if (blank) while (at < end && isSpace(bytes[at] as number)) at++;
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9;
}
