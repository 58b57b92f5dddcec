/** Wakes those who wait for a job that ends in this process; they look for themselves whether another one ended it. */
export interface Endings {
  tell(jobId: string): void;
  /** Taken before one looks, so that nothing that ends meanwhile is missed. */
  next(jobId: string): {
    /** Resolves when the job was told of, after `ms`, or when the signal fires. */
    within(ms: number, signal?: AbortSignal): Promise<void>;
    forget(): void;
  };
}

export function createEndings(): Endings {
  const waiting = new Map<string, Set<() => void>>();
  return {
    tell(jobId) {
      for (const wake of waiting.get(jobId) ?? []) wake();
    },
    next(jobId) {
      let wake = () => {};
      const told = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const all = waiting.get(jobId) ?? new Set();
      waiting.set(jobId, all.add(wake));
      return {
        async within(ms, signal) {
          const timer = setTimeout(wake, ms);
          signal?.addEventListener('abort', wake, { once: true });
          await told;
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
        },
        forget() {
          all.delete(wake);
          if (all.size === 0 && waiting.get(jobId) === all) waiting.delete(jobId);
        },
      };
    },
  };
}
