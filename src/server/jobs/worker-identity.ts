import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** One process among all that share a database. */
export interface WorkerIdentity {
  /** The name under which one claim is held: no two claims share it, even of one process. */
  claim(): string;
  /** Whether the process that made a claim is known to have ended: only one of this machine can be. */
  hasEnded(claim: string): boolean;
}

/**
 * Who this process is: its machine (and there its space of process numbers), its number, and when that number was
 * given to it, so that neither another container nor a later process is taken for it.
 */
export function createWorkerIdentity(): WorkerIdentity {
  const place = createHash('sha256')
    .update([hostname(), text('/proc/sys/kernel/random/boot_id'), link('/proc/self/ns/pid')].join('\n'))
    .digest('hex')
    .slice(0, 12);
  const own = `${place}:${process.pid}:${startOf(process.pid) ?? 0}`;
  return {
    claim: () => `${own}:${randomUUID().slice(0, 8)}`,
    hasEnded: (claim) => {
      const [where, pid, start] = claim.split(':');
      if (where !== place || !/^\d+$/.test(pid ?? '')) return false;
      if (process.platform === 'linux') return (startOf(Number(pid)) ?? -1) !== Number(start);
      return !exists(Number(pid));
    },
  };
}

/** When a living process was started, in ticks since the machine was; undefined when there is none. */
function startOf(pid: number): number | undefined {
  // The name of the program stands in brackets and may hold anything.
  const [state, ...rest] = text(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  // A process that ended and was not fetched yet is a zombie.
  return rest.length < 19 || state === 'Z' ? undefined : Number(rest[18]);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
