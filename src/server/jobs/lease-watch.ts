/** A running job as the database shows it. */
export interface LeaseSeen {
  readonly id: string;
  readonly worker: string | null;
  readonly lease_until: string | null;
}

/** Tells jobs whose holder has gone silent. */
export interface LeaseWatch {
  /** Of all running jobs those whose holder is gone. */
  look<T extends LeaseSeen>(running: readonly T[]): T[];
}

/**
 * A lease has ended when its row did not change for its whole length of *this* process's monotonic clock, or when its
 * holder was a process of this machine that has ended.
 *
 * No two clocks are compared: the time in the row is only looked at for whether it is still the same, and the holder
 * changes it at least four times a lease. So a wall clock that jumps, here or there, neither ends a lease nor keeps one
 * for ever; what a process that has just started pays is to watch for one lease before it believes that another
 * machine's worker is gone.
 *
 * @param now  ms of a monotonic clock
 */
export function createLeaseWatch(
  leaseMs: number,
  hasEnded: (worker: string) => boolean,
  now: () => number = () => performance.now(),
): LeaseWatch {
  let known = new Map<string, { readonly mark: string; readonly since: number }>();
  return {
    look(running) {
      const at = now();
      const next: typeof known = new Map();
      const over = running.filter((job) => {
        const mark = `${job.worker} ${job.lease_until}`;
        const before = known.get(job.id);
        const seen = before?.mark === mark ? before : { mark, since: at };
        next.set(job.id, seen);
        return at - seen.since >= leaseMs || job.worker === null || hasEnded(job.worker);
      });
      known = next;
      return over;
    },
  };
}
