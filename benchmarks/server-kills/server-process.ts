import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** ms that a server may take until it tells its address. */
const PATIENCE = 60_000;

/** A server in a process of its own, which can be killed. */
export interface ServerProcess {
  readonly url: string;
  /** ms from its start to its address. */
  readonly startMs: number;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts the built `ectopy serve` on a folder. */
export function startServer(data: string, args: readonly string[] = []): Promise<ServerProcess> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [MAIN, 'serve', '--port', '0', '--data', data, '--log', 'error', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the server said no address within ${PATIENCE / 1000} s:\n${said}`));
    }, PATIENCE);
    const listen = (text: string): void => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url === undefined) return;
      clearTimeout(late);
      resolve({ url, startMs: performance.now() - begun, kill: () => kill(child, gone) });
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code} before it said its address:\n${said}`));
    });
  });
}

async function kill(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}
