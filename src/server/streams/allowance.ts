/** How many samples may come now: a speed, and a burst beyond it. */
export interface Allowance {
  /** Uses up samples. */
  take(samples: number, now: number): void;
  /** ms until more may come; 0 when they may now. */
  waitMs(now: number): number;
}

/**
 * @param rate   samples a second that it grows by
 * @param burst  samples that it grows to, and begins with
 */
export function createAllowance(rate: number, burst: number, begin: number): Allowance {
  let left = burst;
  let at = begin;
  const grow = (now: number): void => {
    // A clock that was set back gives nothing, and takes nothing away.
    left = Math.min(burst, left + (Math.max(0, now - at) / 1000) * rate);
    at = now;
  };
  return {
    take(samples, now) {
      grow(now);
      left -= samples;
    },
    waitMs(now) {
      grow(now);
      return left >= 0 ? 0 : Math.ceil((-left / rate) * 1000);
    },
  };
}
