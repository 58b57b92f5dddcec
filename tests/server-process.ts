import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** A server in a process of its own, run from the sources as people run it. */
export interface ServerProcess {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** All it has printed on both outputs. */
  output(): string;
  /** Ends it gracefully and removes its folder. */
  stop(): Promise<number | null>;
}

/** Starts `ectopy serve` in a folder of its own and waits until it says where it listens. */
export async function startServerProcess(args: readonly string[] = []): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-server-'));
  const child = spawn(
    process.execPath,
    ['--import', tsx, main, 'serve', '--port', '0', '--data', join(folder, 'data'), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ECTOPY_SERVER_LOG: 'warn' } },
  );
  let text = '';
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code, signal) => {
      text += `\nended with ${code ?? signal}\n`;
      resolve(code);
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      text += chunk.toString();
      const found = /http:\/\/[\d.]+:\d+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then((code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
  });
  const { hostname, port } = new URL(url);
  return {
    url,
    host: hostname,
    port: Number(port),
    child,
    output: () => text,
    async stop() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const code = await ended;
      clearTimeout(hard);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
