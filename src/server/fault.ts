import type { ErrorCode } from '../core/index.js';

/** Faults of a service that no recording can cause. */
export type ServiceCode =
  | 'unauthorized'
  | 'forbidden'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'too-many-requests'
  | 'timed-out'
  | 'storage-full'
  | 'unavailable';

/** A fault of the service, with its code for programs and a message that says what to do. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly code: ServiceCode;
  /** s after which the client may try again. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ServiceCode,
    message: string,
    { retryAfterS, cause }: { retryAfterS?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

/** HTTP status of each kind of fault. */
export const STATUS: Readonly<Record<ErrorCode | ServiceCode, number>> = {
  'bad-format': 422,
  unsupported: 415,
  'bad-shape': 422,
  'bad-option': 400,
  'too-short': 422,
  'not-found': 404,
  cancelled: 409,
  unauthorized: 401,
  forbidden: 403,
  conflict: 409,
  'precondition-failed': 412,
  'precondition-required': 428,
  'too-large': 413,
  'too-many-requests': 429,
  'timed-out': 408,
  'storage-full': 507,
  unavailable: 503,
};
