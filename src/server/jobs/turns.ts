import { EcgError } from '../../core/index.js';

/** So many at a time, the others in the order in which they came. */
export interface Turns {
  /**
   * Waits for a turn; what is returned ends it.
   * @throws EcgError `cancelled` when the signal fires first, or the turns are closed
   */
  take(signal?: AbortSignal): Promise<() => void>;
  /** Those who wait. */
  waiting(): number;
  /** Those who have their turn. */
  taken(): number;
  close(): void;
}

export function createTurns(atOnce: number): Turns {
  const waiting: { give(): void; refuse(): void }[] = [];
  let taken = 0;
  let closed = false;
  const end = () => {
    taken--;
    waiting.shift()?.give();
  };
  const turn = () => {
    taken++;
    let over = false;
    return () => {
      if (!over) end();
      over = true;
    };
  };
  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        const cancelled = () => reject(new EcgError('cancelled', 'job: cancelled'));
        if (closed || signal?.aborted) {
          cancelled();
          return;
        }
        if (taken < atOnce) {
          resolve(turn());
          return;
        }
        const onAbort = () => {
          waiting.splice(waiting.indexOf(entry), 1);
          cancelled();
        };
        const entry = {
          give: () => {
            signal?.removeEventListener('abort', onAbort);
            resolve(turn());
          },
          refuse: () => {
            signal?.removeEventListener('abort', onAbort);
            cancelled();
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(entry);
      }),
    waiting: () => waiting.length,
    taken: () => taken,
    close: () => {
      closed = true;
      for (const entry of waiting.splice(0)) entry.refuse();
    },
  };
}
