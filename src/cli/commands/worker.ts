import type { Command } from 'commander';
import { addStorageFlags, type StorageFlags, serverConfig } from '../server-options.js';

interface Flags extends StorageFlags {
  readonly nats?: string;
  readonly workers?: string;
}

export function addWorker(program: Command): void {
  addStorageFlags(
    program
      .command('worker')
      .description(
        'analyses what is uploaded to a server that uses PostgreSQL, on this or any other machine',
      ),
  )
    .option(
      '--nats <address>',
      'nats://host:port of the server’s work queue; without it the database is asked',
    )
    .option('--workers <n>', 'analyses at a time; 1 when omitted')
    .action(work);
}

async function work({ nats, workers, ...storage }: Flags): Promise<void> {
  const count = workers !== undefined && /^\d+$/.test(workers) ? Number(workers) : workers;
  const { startWorker } = await import('../../server/index.js');
  const worker = await startWorker(await serverConfig(storage, { nats, workers: count }));
  process.stdout.write('The worker waits for jobs. Ctrl-C ends it and gives back what it is doing.\n');
  await new Promise<void>((ended, failed) => {
    let asked = false;
    const end = () => {
      // A second time at once: what is not given back is taken back from it.
      if (asked) process.exit(130);
      asked = true;
      worker.close().then(ended, failed);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
