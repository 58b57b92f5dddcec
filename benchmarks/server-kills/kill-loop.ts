import { createRandom } from '../../src/core/index.js';
import { inspectFolder, inspectServer } from './inspect.js';
import { emptyLedger, type Ledger } from './ledger.js';
import { pause, sendCorrections, sendRecordings, sendUploads } from './loads.js';
import { type ServerProcess, startServer } from './server-process.js';
import { sendStreams } from './stream-load.js';

/** ms of work before a kill, at most. */
const LONGEST_LIFE = 2500;

export interface KillLoopOptions {
  readonly data: string;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (kill: number, ledger: Ledger) => void;
}

/** What was sent, what was lost of it, and how long the server took to start again. */
export interface KillLoopResult {
  readonly ledger: Ledger;
  /** ms. */
  readonly starts: readonly number[];
}

/**
 * A server that is killed at random moments during uploads, jobs, streams and corrections, started again, and in the end
 * asked for all that it ever acknowledged.
 */
export async function killLoop({ data, kills, seed, onKill }: KillLoopOptions): Promise<KillLoopResult> {
  const ledger = emptyLedger();
  const random = createRandom(seed);
  const starts: number[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    const server = await startServer(data);
    starts.push(server.startMs);
    const alive = new AbortController();
    const options = { url: server.url, ledger, random, alive: alive.signal };
    const loads = [sendRecordings, sendUploads, sendCorrections, sendStreams].map((load) => load(options));
    await pause(LONGEST_LIFE * random.next());
    // The kill comes first: requests under way break off.
    await server.kill();
    alive.abort();
    await Promise.all(loads);
    onKill?.(kill, ledger);
  }
  await lastLook(await startServer(data), ledger);
  await inspectFolder(data, ledger);
  return { ledger, starts };
}

async function lastLook(server: ServerProcess, ledger: Ledger): Promise<void> {
  try {
    await inspectServer(server.url, ledger);
  } finally {
    await server.kill();
  }
}
