import { createRandom, type Random } from '../../src/core/index.js';
import { inspectFolder, inspectServer } from './inspect.js';
import { emptyLedger, type Ledger } from './ledger.js';
import { pause, sendCorrections, sendRecordings, sendUploads } from './loads.js';
import { type ServerProcess, startServer } from './server-process.js';
import { sendStreams } from './stream-load.js';

/** ms of work before a kill, at most; now and then a longer life, in which a job may end. */
const LONGEST_LIFE = 2000;
const LONG_LIFE = 6000;
const LONG_EVERY = 8;
/** ms that the first recordings may take to be analysed, so that there are beats to correct. */
const FIRST_ANALYSIS = 60_000;

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
  await firstRecordings(await startServer(data), ledger, random);
  for (let kill = 1; kill <= kills; kill++) {
    const server = await startServer(data);
    starts.push(server.startMs);
    const alive = new AbortController();
    const options = { url: server.url, ledger, random, alive: alive.signal };
    const loads = [sendRecordings, sendUploads, sendCorrections, sendStreams].map((load) => load(options));
    await pause((kill % LONG_EVERY === 0 ? LONG_LIFE : LONGEST_LIFE) * random.next());
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

/** Recordings with an analysis, before the first kill. */
async function firstRecordings({ url, kill }: ServerProcess, ledger: Ledger, random: Random): Promise<void> {
  const alive = new AbortController();
  const options = { url, ledger, random, alive: alive.signal };
  const loads = [sendRecordings(options), sendCorrections(options)];
  const until = performance.now() + FIRST_ANALYSIS;
  while (ledger.corrections.length === 0 && performance.now() < until) await pause(50);
  await kill();
  alive.abort();
  await Promise.all(loads);
}

/** Asks for all of it, and lets the server end by itself, so that nothing is under way in its folder. */
async function lastLook(server: ServerProcess, ledger: Ledger): Promise<void> {
  let code: number | null = null;
  try {
    await inspectServer(server.url, ledger);
  } finally {
    code = await server.stop();
  }
  if (code !== 0) ledger.lost.push(`the server ended with ${code} when it was asked to`);
}
