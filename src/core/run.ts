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

/** ms of computing between two breaths; what is done between two looks at the clock comes on top. */
const BREATH_EVERY = 8;
/** Items between two looks at the clock. */
const PORTION = 4096;

/** When this thread last breathed, whatever it was working on: stages that take turns share their breaths. */
let lastBreath = Number.NEGATIVE_INFINITY;

/** A pause in which the host can paint, answer and notice a cancel. */
export async function breathe(): Promise<void> {
  await new Promise<void>((resolve) => {
    // Timers wait 1 ms in Node and 4 ms in a page; the others do not.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else if (typeof MessageChannel === 'function') {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    } else setTimeout(resolve, 0);
  });
  lastBreath = performance.now();
}

/** A breath where the last one is some ms ago; long work asks for it after every short piece. */
export async function breatheWhenDue(): Promise<void> {
  if (performance.now() - lastBreath > BREATH_EVERY) await breathe();
}

/**
 * Goes through `from`…`to − 1` in portions, with breaths between them where they are due.
 *
 * @param work  takes the items from its first argument to one before its second
 */
export async function inPortions(
  from: number,
  to: number,
  work: (from: number, to: number) => void,
  size = PORTION,
): Promise<void> {
  for (let at = from; at < to; at += size) {
    await breatheWhenDue();
    work(at, Math.min(to, at + size));
  }
}
