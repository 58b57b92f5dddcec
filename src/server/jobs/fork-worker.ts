import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Characters kept of what a dying process says. */
const LAST_WORDS = 4000;

/** A process of ours that may be killed at any moment. */
export interface ForkedWorker {
  readonly child: ChildProcess;
  /** Whether it ended because its objects grew beyond its limit. */
  ranOutOfMemory(): boolean;
  /** Whether it can be asked something. */
  isWell(): boolean;
  /** One that is idle does not keep this process alive. */
  setIdle(isIdle: boolean): void;
}

/**
 * Starts a process without our environment: no secret of ours is within its reach.
 *
 * @param file       its entry, `….worker.js`; from sources, the `.ts` beside it is run
 * @param megabytes  MiB of objects that it may hold
 */
export function forkWorker(file: URL, megabytes: number): ForkedWorker {
  const typescript = import.meta.url.endsWith('.ts');
  const entry = typescript ? fileURLToPath(file).replace(/\.js$/, '.ts') : fileURLToPath(file);
  // Run from its sources, the process has to learn TypeScript first.
  const loader = typescript
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href]
    : [];
  const child = fork(entry, [], {
    env: {},
    execArgv: [`--max-old-space-size=${Math.max(16, Math.floor(megabytes))}`, ...loader],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.on('data', (text: Buffer) => {
    lastWords = (lastWords + text.toString()).slice(-LAST_WORDS);
  });
  child.stderr?.on('error', () => {});
  // Whoever asks it something listens too; without a listener it would end this process.
  child.on('error', () => {});
  return {
    child,
    ranOutOfMemory: () => /heap out of memory|Array buffer allocation failed/.test(lastWords),
    isWell: () => child.connected && !child.killed && child.exitCode === null && child.signalCode === null,
    setIdle(isIdle) {
      const way = isIdle ? 'unref' : 'ref';
      child[way]();
      child.channel?.[way]();
      // A pipe is a socket, which Node's types of it do not say.
      (child.stderr as unknown as NodeJS.Process['stdin'] | null)?.[way]();
    },
  };
}
