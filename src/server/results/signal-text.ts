import { breatheWhenDue } from '../../core/index.js';

/** Numbers that are written between two looks at the clock. */
const PORTION = 4096;

/** A piece of JSON: text as it stands, or a list of numbers to be written. */
export type JsonPiece = string | Float32Array | Float64Array;

/**
 * JSON text out of its pieces, a portion at a time: half a million numbers hold nobody up. Numbers of 32 bits have as
 * few digits as name them alone; those that are none are `null`.
 */
export async function* writeJsonPieces(pieces: readonly JsonPiece[]): AsyncGenerator<string> {
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      yield piece;
      continue;
    }
    yield '[';
    for (let from = 0; from < piece.length; from += PORTION) {
      await breatheWhenDue();
      const portion = piece.subarray(from, from + PORTION);
      const texts: string[] = [];
      for (const value of portion) texts.push(numberText(value, piece instanceof Float32Array));
      yield (from === 0 ? '' : ',') + texts.join(',');
    }
    yield ']';
  }
}

function numberText(value: number, isSingle: boolean): string {
  if (!Number.isFinite(value)) return 'null';
  if (!isSingle) return String(value);
  // Seven digits name most numbers of 32 bits, nine each of them.
  const short = Number(value.toPrecision(7));
  return String(Math.fround(short) === value ? short : Number(value.toPrecision(9)));
}
