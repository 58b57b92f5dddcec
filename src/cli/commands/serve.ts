import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RunningServer } from '../../server/index.js';
import { addStorageFlags, type StorageFlags, serverConfig } from '../server-options.js';

interface Flags extends StorageFlags {
  readonly host?: string;
  readonly port?: string;
  readonly nats?: string;
  readonly access?: string;
  readonly workers?: string;
  readonly open?: boolean;
}

export function addServe(program: Command): void {
  addStorageFlags(
    program.command('serve').description('a server: upload recordings, see what was found, connect devices'),
  )
    .option(
      '--host <address>',
      'address to listen at; 127.0.0.1, which only this machine reaches, when omitted',
    )
    .option('--port <n>', 'port to listen at; 5000 when omitted, 0 takes any')
    .option('--access <mode>', 'who may use it: none (only on this machine), keys, oidc or keys+oidc')
    .option('--nats <address>', 'nats://host:port: work is shared with "ectopy worker" on other machines')
    .option('--workers <n>', 'analyses at a time; 1 when omitted, 0 leaves all to "ectopy worker"')
    .option('--open', 'open the page in a browser')
    .action(serve);
}

async function serve({ host, port, nats, access, workers, open, ...storage }: Flags): Promise<void> {
  const config = await serverConfig(storage, {
    host,
    port: numberOf(port),
    nats,
    workers: numberOf(workers),
    'access.mode': access,
  });
  const { startServer } = await import('../../server/index.js');
  const server = await startServer(config);
  const database = config.database.startsWith('sqlite:') ? '' : ', the database elsewhere';
  process.stdout.write(
    `Ectopy answers at ${server.url}\n` +
      `Data are kept in ${resolve(config.data)}${database}\n` +
      'Research use only: not a medical device.\n' +
      'Ctrl-C ends it.\n',
  );
  if (open === true) openBrowser(server.url);
  await untilEnded(server);
}

/** A number, or the text as it is for the check of the configuration to refuse. */
function numberOf(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
}

/** Waits for SIGINT or SIGTERM, then closes gracefully; a second one ends the process at once. */
function untilEnded(server: RunningServer): Promise<void> {
  return new Promise((ended, failed) => {
    let asked = false;
    const end = () => {
      if (asked) process.exit(130);
      asked = true;
      process.stdout.write('Closing…\n');
      server.close().then(ended, failed);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}

/** Opens an address in the browser, where there is one. */
function openBrowser(url: string): void {
  const [command, args]: [string, string[]] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]];
  // The address is printed: without a browser people still have it.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
