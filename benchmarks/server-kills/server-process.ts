import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** ms that a server may take until it tells its address. */
const PATIENCE = 60_000;

/** A server in a process of its own, which can be killed. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** ms from its start to its address. */
  readonly startMs: number;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it gracefully; its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the built `ectopy serve` on a folder. */
export function startServer(data: string, args: readonly string[] = []): Promise<ServerProcess> {
  const begun = performance.now();
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ECTOPY_SERVER_LOG: 'error' },
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
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
      const startMs = performance.now() - begun;
      resolve({
        url,
        pid: child.pid ?? 0,
        startMs,
        kill: () => end(child, gone, 'SIGKILL').then(() => undefined),
        stop: () => end(child, gone, 'SIGTERM'),
      });
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code} before it said its address:\n${said}`));
    });
  });
}

function end(
  child: ChildProcess,
  gone: Promise<number | null>,
  signal: 'SIGKILL' | 'SIGTERM',
): Promise<number | null> {
  child.kill(signal);
  return gone;
}
