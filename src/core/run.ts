import { EcgError } from './errors.js';

/** The part of an `AbortSignal` the library needs; every `AbortSignal` fits. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** How far a long operation has come. */
export interface Progress {
  /** `read`, `detect`, `classify`, … */
  readonly stage: string;
  /** 0…`total`. */
  readonly done: number;
  readonly total: number;
}

/** What every operation that may last over a second accepts. */
export interface RunOptions {
  readonly signal?: CancelSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Nothing, unless the run was cancelled.
 * @throws EcgError `cancelled`
 */
export function throwIfCancelled(options: RunOptions | undefined, where: string): void {
  if (options?.signal?.aborted) throw new EcgError('cancelled', `${where}: cancelled`);
}

/** A pause in which the host can paint, answer and notice a cancel. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
