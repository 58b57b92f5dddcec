import { EcgError, type RunOptions } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { cellBounds, findCells } from './cells.js';
import type { Layout } from './layout.js';
import { walkLines } from './lines.js';
import { type Dialect, parseNumber } from './number.js';

/** Samples of one beat of the heartbeat tables. */
export const HEARTBEAT_SAMPLES = 187;
/** Hz. */
export const HEARTBEAT_FS = 125;

/** Some rows of a heartbeat table. */
export interface Heartbeats {
  /** [n, 187], 0…1 as the table has it, padded with zeros at the end of a beat. */
  readonly beats: Float32Array;
  /** [n], 0…4: N, S, V, F, Q. */
  readonly labels: Uint8Array;
  /** The first row of this slice in the file. */
  readonly row: number;
}

const COMMA: Dialect = { separator: ',', decimal: '.' };

/** Whether a table has 187 samples between 0 and 1 and a class from 0 to 4 in each row. */
export function isHeartbeatTable({ columns, rows }: Layout): boolean {
  if (columns.length !== HEARTBEAT_SAMPLES + 1) return false;
  return rows.slice(0, 20).every((row) => {
    const values = row.map(Number);
    const label = values[HEARTBEAT_SAMPLES] as number;
    return (
      Number.isInteger(label) &&
      label >= 0 &&
      label <= 4 &&
      values.slice(0, HEARTBEAT_SAMPLES).every((value) => value >= 0 && value <= 1)
    );
  });
}

/**
 * The rows of the well-known heartbeat table, a slice at a time: 187 samples at 125 Hz and a class each.
 *
 * These beats come from all records of the MIT-BIH database mixed: the same patients stand in its training and its
 * test file, and the zeros at the end of a beat give its RR interval away. Figures on it are no figures on new patients.
 *
 * @param slice rows held at a time, ≥ 1
 * @throws EcgError `bad-format` for a row that is no such beat, named by its number; `bad-option` for no rows a slice;
 *   `cancelled`
 *
 * Source: Kachuee, Fazeli & Sarrafzadeh, IEEE ICHI 2018:443–444, doi:10.1109/ICHI.2018.00092.
 */
export async function* readHeartbeatCsv(
  source: ByteSource,
  slice = 4096,
  options?: RunOptions,
): AsyncGenerator<Heartbeats, void, void> {
  if (!Number.isInteger(slice) || slice < 1) {
    throw new EcgError('bad-option', `csv: a slice of ${slice} rows is impossible, give 1 or more`);
  }
  const width = HEARTBEAT_SAMPLES + 1;
  const cells = cellBounds(width);
  let at = 0;
  for (let row = 0; ; ) {
    const beats = new Float32Array(slice * HEARTBEAT_SAMPLES);
    const labels = new Uint8Array(slice);
    let count = 0;
    let next = source.size;
    await walkLines(
      source,
      at,
      (bytes, from, to, offset) => {
        if (count === slice) {
          next = offset;
          return false;
        }
        if (from === to || (to - from === 1 && bytes[from] === 13)) return undefined;
        findCells(bytes, from, to, COMMA, cells);
        const label = parseNumber(bytes, cells.from[width - 1] as number, cells.to[width - 1] as number, '.');
        if (cells.count !== width || !Number.isInteger(label) || label < 0 || label > 4) {
          throw new EcgError(
            'bad-format',
            `csv: row ${row + count + 1} of ${source.name} is no heartbeat, it has to hold 187 samples and a class 0…4`,
          );
        }
        for (let i = 0; i < HEARTBEAT_SAMPLES; i++) {
          const value = parseNumber(bytes, cells.from[i] as number, cells.to[i] as number, '.');
          if (Number.isNaN(value)) {
            throw new EcgError(
              'bad-format',
              `csv: row ${row + count + 1}, column ${i} of ${source.name} is no number (0 to 1 expected)`,
            );
          }
          beats[count * HEARTBEAT_SAMPLES + i] = value;
        }
        labels[count++] = label;
        return undefined;
      },
      options?.signal === undefined ? {} : { signal: options.signal },
    );
    if (count > 0) {
      yield { beats: beats.subarray(0, count * HEARTBEAT_SAMPLES), labels: labels.subarray(0, count), row };
    }
    options?.onProgress?.({ stage: 'read', done: next, total: source.size });
    row += count;
    at = next;
    if (at >= source.size) return;
  }
}
