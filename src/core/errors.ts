/** What kind of fault an `EcgError` reports; the command line and the server map each to one exit code or status. */
export type ErrorCode =
  | 'bad-format'
  | 'unsupported'
  | 'bad-shape'
  | 'bad-option'
  | 'too-short'
  | 'not-found'
  | 'cancelled';

/** Characters. */
const LONGEST_MESSAGE = 1500;

/**
 * The only error the library throws on purpose. The message says where, what, what it got
 * and what to do: `wfdb: signal format 99 is not supported, use 16, 80 or 212 (100.hea, line 2)`.
 */
export class EcgError extends Error {
  override readonly name = 'EcgError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    // Messages quote files, and a line of a broken file has no end.
    super(message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message, options);
    this.code = code;
  }
}
