import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread of ours. Run from its sources (tests, tsx), it is TypeScript too, which it has to learn first.
 *
 * @param file  its entry, `….worker.js`; from sources, the `.ts` beside it is run
 */
export function startThread(file: URL, options: WorkerOptions = {}): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(file, options);
  const source = JSON.stringify(file.href.replace(/\.js$/, '.ts'));
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(bootstrap, { ...options, eval: true });
}
