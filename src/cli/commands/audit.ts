import type { Command } from 'commander';
import { EcgError } from '../../core/index.js';
import type { ChainHead } from '../../server/index.js';
import { addStorageFlags, type StorageFlags, serverConfig } from '../server-options.js';

interface VerifyFlags extends StorageFlags {
  readonly expect?: string;
}

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('the log of who saw or changed what');
  addStorageFlags(
    audit
      .command('verify')
      .description('whether the log is the one that was written; prints its head, to be noted elsewhere')
      .option('--expect <seq:hash>', 'a head that was noted earlier, so that a cut-off end is found too'),
  ).action(runVerify);
  addStorageFlags(audit.command('show').description('the log, a JSON line a row')).action(runShow);
}

async function runVerify(flags: VerifyFlags): Promise<void> {
  const expected = flags.expect === undefined ? undefined : headOf(flags.expect);
  const { auditRows, openStorage, verifyChain } = await import('../../server/index.js');
  const storage = await openStorage(await serverConfig(flags), { exclusive: false });
  try {
    const { rows, head, fault } = await verifyChain(auditRows(storage.database), expected);
    if (fault !== null)
      throw new EcgError(
        'bad-format',
        `audit: row ${fault.seq}: ${fault.message}; the ${rows} rows before are whole`,
      );
    process.stdout.write(`${rows} rows, each as it was written\nhead ${head.seq}:${head.hash}\n`);
  } finally {
    await storage.close();
  }
}

async function runShow(flags: StorageFlags): Promise<void> {
  const { auditRows, openStorage } = await import('../../server/index.js');
  const storage = await openStorage(await serverConfig(flags), { exclusive: false });
  try {
    for await (const row of auditRows(storage.database)) process.stdout.write(`${JSON.stringify(row)}\n`);
  } finally {
    await storage.close();
  }
}

function headOf(text: string): ChainHead {
  const found = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (found === null)
    throw new EcgError(
      'bad-option',
      `audit: ${text.slice(0, 100)} is no head; give it as it was printed, 12:9f86…`,
    );
  return { seq: Number(found[1]), hash: found[2] ?? '' };
}
