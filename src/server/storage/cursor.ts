import * as v from 'valibot';
import { EcgError } from '../../core/index.js';

/** Where a page ended: the time and the id of its last row. */
const PlaceSchema = v.tuple([v.string(), v.string()]);
type Place = v.InferOutput<typeof PlaceSchema>;

/** A place as clients hand it back; what is in it is no promise. */
export function writeCursor(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id] satisfies Place)).toString('base64url');
}

/** @throws EcgError `bad-option` for anything that `writeCursor` did not write */
export function readCursor(cursor: string): { readonly at: string; readonly id: string } {
  try {
    const [at, id] = v.parse(PlaceSchema, JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, id };
  } catch (cause) {
    throw new EcgError(
      'bad-option',
      'page: the cursor is not one of ours, begin without it and use the one of each answer',
      { cause },
    );
  }
}
