import { readFile } from 'node:fs/promises';
import { EcgError, type ErrorCode } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import { type ForkedWorker, forkWorker } from '../jobs/fork-worker.js';
import { createTurns } from '../jobs/turns.js';
import { WorkerDied } from '../jobs/worker-died.js';
import type { ImportedSummary, ImportMessage, ImportTask } from './import-messages.js';

/** How often a process that imports is weighed. */
const WEIGH_EVERY_MS = 100;
/** Imports after which a process is replaced, whatever it says. */
const IMPORTS_EACH = 50;
/** s that a process may take to start on a busy machine. */
const START_SECONDS = 60;

export interface ImporterOptions {
  /** s that one import may take. */
  readonly seconds: number;
  /** MiB that one may occupy, all told. */
  readonly megabytes: number;
  /** Imports at the same time. */
  readonly atOnce: number;
}

interface ImportRunOptions {
  readonly signal?: AbortSignal;
  /** 0…1. */
  readonly onProgress?: (done: number) => void;
}

/** Opens uploads in processes of their own, which are killed when they take too long or too much. */
export interface Importer {
  /**
   * Writes the description (`INFO_FILE`) and the pyramid (`PYRAMID_FILE`) of an upload into `task.folder`.
   *
   * @throws EcgError what opening throws; `cancelled`
   * @throws ServiceFault `timed-out`, `too-large`, `storage-full`
   * @throws WorkerDied when the process ended otherwise
   */
  run(task: ImportTask, options?: ImportRunOptions): Promise<ImportedSummary>;
  close(): void;
}

interface Importing {
  readonly process: ForkedWorker;
  imports: number;
}

export function createImporter({ seconds, megabytes, atOnce }: ImporterOptions): Importer {
  const turns = createTurns(atOnce);
  const idle: Importing[] = [];
  const all = new Set<Importing>();

  const start = (): Importing => {
    const started: Importing = {
      process: forkWorker(new URL('./import.worker.js', import.meta.url), Math.max(64, megabytes)),
      imports: 0,
    };
    all.add(started);
    started.process.child.once('exit', () => {
      all.delete(started);
      const at = idle.indexOf(started);
      if (at >= 0) idle.splice(at, 1);
    });
    return started;
  };

  /** A process that is still well takes the next upload: starting one costs more than most imports. */
  const keep = async (importing: Importing): Promise<void> => {
    const { child, isWell, setIdle } = importing.process;
    importing.imports++;
    const used = await residentMegabytes(child.pid ?? 0);
    if (!isWell() || importing.imports >= IMPORTS_EACH || used > megabytes / 2) child.kill('SIGKILL');
    else {
      setIdle(true);
      idle.push(importing);
    }
  };

  return {
    async run(task, options = {}) {
      const done = await turns.take(options.signal);
      try {
        const importing = idle.pop() ?? start();
        try {
          return await runIn(importing, task, { seconds, megabytes }, options);
        } finally {
          await keep(importing);
        }
      } finally {
        done();
      }
    },
    close() {
      turns.close();
      for (const { process } of all) process.child.kill('SIGKILL');
    },
  };
}

function runIn(
  importing: Importing,
  task: ImportTask,
  limits: { readonly seconds: number; readonly megabytes: number },
  { signal, onProgress }: ImportRunOptions,
): Promise<ImportedSummary> {
  const { child, ranOutOfMemory, setIdle } = importing.process;
  let fault: Error | undefined;
  const kill = (why: Error) => {
    fault ??= why;
    child.kill('SIGKILL');
  };
  const onAbort = () => kill(new EcgError('cancelled', 'import: cancelled'));
  let timer = setTimeout(
    () => kill(new WorkerDied(`the process that reads uploads did not start within ${START_SECONDS} s`)),
    1000 * START_SECONDS,
  );
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => kill(tooLong(limits.seconds)), 1000 * limits.seconds);
    child.send(task, (gone) => {
      if (gone !== null) kill(new WorkerDied(`the process that reads uploads was gone (${gone.message})`));
    });
  };
  const scales = setInterval(() => {
    void residentMegabytes(child.pid ?? 0).then((used) => {
      if (used > limits.megabytes) kill(tooHeavy(limits.megabytes));
    });
  }, WEIGH_EVERY_MS);
  const stop: (() => void)[] = [];
  const running = new Promise<ImportedSummary>((resolve, reject) => {
    const onMessage = (message: ImportMessage) => {
      if (message.kind === 'ready') begin();
      else if (message.kind === 'progress') onProgress?.(message.done);
      else if (message.kind === 'imported') resolve(message.summary);
      else {
        // What is no fault of a recording may be anything: the next upload gets a process that has seen nothing.
        if (message.code === null) child.kill('SIGKILL');
        reject(errorOf(message));
      }
    };
    const onExit = (code: number | null, killedBy: NodeJS.Signals | null) => {
      const died = new WorkerDied(`the process that read this upload ended (${killedBy ?? `code ${code}`})`);
      reject(fault ?? (ranOutOfMemory() ? tooHeavy(limits.megabytes) : died));
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.once('error', reject);
    stop.push(() => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', reject);
    });
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  setIdle(false);
  if (signal?.aborted) onAbort();
  else if (importing.imports > 0) begin();
  return running.finally(() => {
    clearTimeout(timer);
    clearInterval(scales);
    signal?.removeEventListener('abort', onAbort);
    for (const each of stop) each();
  });
}

function tooHeavy(megabytes: number): ServiceFault {
  return new ServiceFault(
    'too-large',
    `import: reading this upload takes more than ${megabytes} MiB of memory; send it in parts, as WFDB or EDF, or ` +
      'raise limits.importMegabytes',
  );
}

function tooLong(seconds: number): ServiceFault {
  return new ServiceFault(
    'timed-out',
    `import: reading this upload takes longer than ${seconds} s; send it in parts, or raise limits.importSeconds`,
  );
}

function errorOf({ code, message }: Extract<ImportMessage, { kind: 'failed' }>): Error {
  if (code === 'storage-full')
    return new ServiceFault('storage-full', 'import: the disk of this server is full, free some space');
  if (
    code === null &&
    /Array buffer allocation failed|Invalid typed array length|Invalid string length/.test(message)
  )
    return new ServiceFault('too-large', `import: reading this upload takes too much memory (${message})`);
  return code === null ? new Error(`import: ${message}`) : new EcgError(code as ErrorCode, message);
}

/** MiB that a process occupies; 0 where nobody tells (another system than Linux, a process that is gone). */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(status.match(/^VmRSS:\s+(\d+) kB/m)?.[1] ?? 0) / 1024;
}
