import type { Command } from 'commander';
import { EcgError } from '../../core/index.js';
import type { Actor, Storage } from '../../server/index.js';
import { addStorageFlags, type StorageFlags, serverConfig } from '../server-options.js';

interface CreateFlags extends StorageFlags {
  readonly name: string;
  readonly role: string;
  readonly days?: string;
  readonly scopes?: string;
}

type Server = typeof import('../../server/index.js');

/** Whoever has a shell on the server’s machine. */
const OPERATOR: Actor = { id: 'operator', kind: 'system', role: 'admin' };

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys of the server');
  addStorageFlags(keys.command('list').description('all keys, without their secrets')).action(runList);
  addStorageFlags(
    keys
      .command('create')
      .description('a new key; it is shown this once')
      .requiredOption('--name <text>', 'what it is for')
      .option('--role <role>', 'viewer, editor or admin', 'viewer')
      .option('--days <n>', 'how long it is valid; for ever when omitted')
      .option('--scopes <tags>', 'only these parts of the interface, separated by commas'),
  ).action(runCreate);
  addStorageFlags(
    keys
      .command('revoke')
      .description('makes a key useless at once')
      .argument('<id>', 'as "keys list" shows it'),
  ).action(runRevoke);
}

async function withStorage(
  flags: StorageFlags,
  work: (storage: Storage, server: Server) => Promise<void>,
): Promise<void> {
  const server = await import('../../server/index.js');
  const storage = await server.openStorage(await serverConfig(flags), { exclusive: false });
  try {
    await work(storage, server);
  } finally {
    await storage.close();
  }
}

async function runList(flags: StorageFlags): Promise<void> {
  await withStorage(flags, async ({ database }, { listApiKeys }) => {
    const rows = await listApiKeys(database);
    if (rows.length === 0)
      process.stdout.write('no keys; make one with "ectopy keys create --name … --role …"\n');
    for (const { id, name, role, scopes, expires_at, revoked_at } of rows) {
      const only = scopes === null ? '' : ` for ${(JSON.parse(scopes) as string[]).join(', ')}`;
      const until =
        revoked_at !== null
          ? `revoked ${revoked_at.slice(0, 10)}`
          : expires_at === null
            ? 'does not expire'
            : `until ${expires_at.slice(0, 10)}`;
      process.stdout.write(`${id}  ${role.padEnd(6)}  ${until.padEnd(18)}  ${name}${only}\n`);
    }
  });
}

async function runCreate(flags: CreateFlags): Promise<void> {
  const { ROLES } = await import('../../server/index.js');
  const role = ROLES.find((known) => known === flags.role);
  if (role === undefined)
    throw new EcgError('bad-option', `keys: role ${flags.role} is not known, use one of ${ROLES.join(', ')}`);
  const order = {
    name: flags.name,
    role,
    scopes: flags.scopes === undefined ? null : flags.scopes.split(',').map((tag) => tag.trim()),
    expiresAt: flags.days === undefined ? null : inDays(flags.days),
  };
  await withStorage(flags, async ({ database }, { createAuditLog, issueKey }) => {
    const { row, token } = await issueKey(database, order, Date.now());
    await createAuditLog(database, Date.now).append(OPERATOR, 'key.create', row.id, {
      role,
      scopes: order.scopes,
    });
    process.stderr.write(`key ${row.id} (${role}); keep it now, it cannot be shown again:\n`);
    process.stdout.write(`${token}\n`);
  });
}

async function runRevoke(id: string, flags: StorageFlags): Promise<void> {
  await withStorage(flags, async ({ database }, { createAuditLog, revokeApiKey }) => {
    await revokeApiKey(database, id, new Date().toISOString());
    await createAuditLog(database, Date.now).append(OPERATOR, 'key.revoke', id);
    process.stdout.write(`key ${id} opens nothing any more\n`);
  });
}

function inDays(text: string): string {
  const days = Number(text);
  if (!(days > 0 && days <= 36_500))
    throw new EcgError('bad-option', `keys: ${text} days are impossible, give 1 to 36500`);
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
