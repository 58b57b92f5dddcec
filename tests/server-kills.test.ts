import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killLoop } from '../benchmarks/server-kills/kill-loop.js';

// `npx tsx benchmarks/server-kills/run.ts` does 200.
it('a server that is killed 20 times holds all it acknowledged and shows nothing half-made', {
  timeout: 240_000,
}, async () => {
  const data = await mkdtemp(join(tmpdir(), 'ectopy-kills-'));
  try {
    const { ledger } = await killLoop({ data, kills: 20, seed: 20 });
    expect(ledger.lost).toEqual([]);
    // It was no idle server: each kind of work was acknowledged.
    expect(ledger.recordings.filter(({ id }) => id !== undefined).length).toBeGreaterThan(5);
    expect(ledger.uploads.some(({ acknowledged }) => acknowledged > 0)).toBe(true);
    expect(ledger.corrections.length).toBeGreaterThan(0);
    expect(ledger.streams.some(({ acknowledged, events }) => acknowledged > 0 && events.size > 0)).toBe(true);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
