import { EcgError, type ErrorCode } from '../core/index.js';

/** A fault as a thread tells it: an error's class does not survive the way. */
export interface ThreadFault {
  /** Of an `EcgError`, or `not-found` of a file that is gone; undefined for a bug. */
  readonly code: ErrorCode | undefined;
  readonly message: string;
}

export function threadFault(error: unknown): ThreadFault {
  const isGone = (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
  return {
    code: error instanceof EcgError ? error.code : isGone ? 'not-found' : undefined,
    // Node's words name the path.
    message: isGone ? 'a file is gone' : error instanceof Error ? error.message : String(error),
  };
}
