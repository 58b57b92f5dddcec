import { Worker } from 'node:worker_threads';

/**
 * Ends this process when its parent is gone. A thread of its own looks, because this one may be deep in a file that
 * never ends.
 */
export function watchParent(): void {
  const watch = `const parent = ${process.ppid};
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(watch, { eval: true }).unref();
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // Ctrl-C and service managers tell all processes at once; the parent decides what becomes of its work.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
}
