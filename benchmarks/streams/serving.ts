import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a server takes of the machine. */
export interface Taken {
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly cpuS: number;
}

/** A server in a process of its own. */
export interface Serving {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  readonly child: ChildProcess;
  /** The last thing it said it takes. */
  readonly taken: Taken | null;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server in a folder. */
export async function startServing(folder: string, options: readonly string[] = []): Promise<Serving> {
  const file = fileURLToPath(new URL('./serve.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file, folder, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let taken: Taken | null = null;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new Error('the server ended before it listened')));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = JSON.parse(line) as { address: string } | Taken;
      if ('address' in said) resolve(said.address);
      else taken = said;
    });
  });
  return {
    address,
    child,
    get taken() {
      return taken;
    },
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
    stop() {
      child.kill('SIGTERM');
      return gone;
    },
  };
}
