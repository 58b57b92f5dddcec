/** A watch over how long the page cannot answer. */
export interface MainThreadWatch {
  stop(): Promise<{ longestGapMs: number; longestTaskMs: number }>;
}

const TICK_MS = 5;

/** Two witnesses of one thing: a timer that comes late, and the browser's own list of tasks over 50 ms. */
export function watchMainThread(): MainThreadWatch {
  let longestGapMs = 0;
  let longestTaskMs = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - last);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  const count = (entries: readonly { readonly duration: number }[]) => {
    for (const { duration } of entries) longestTaskMs = Math.max(longestTaskMs, duration);
  };
  const observer = new PerformanceObserver((list) => count(list.getEntries()));
  observer.observe({ type: 'longtask' });
  return {
    async stop() {
      tick();
      clearInterval(timer);
      // The browser reports a task some time after its end.
      await new Promise((resolve) => setTimeout(resolve, 100));
      count(observer.takeRecords());
      observer.disconnect();
      return { longestGapMs, longestTaskMs };
    },
  };
}
