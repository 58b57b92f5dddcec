import { describe, expect, it } from 'vitest';
import { EcgError } from '../src/core/index.js';
import { open } from '../src/formats/index.js';
import { fuzzInput } from './fuzz/inputs.js';
import { judge } from './fuzz/judge.js';
import { fuzzSeeds } from './fuzz/seeds.js';
import { count, type Tally, tableOf } from './fuzz/tally.js';

// `npx tsx scripts/fuzz.ts` runs 200,000 of these.
const INPUTS = 4000;

describe('any bytes', () => {
  it('give a recording or an EcgError, in bounded time and memory', { timeout: 120_000 }, async () => {
    const seeds = fuzzSeeds();
    const tally: Tally = new Map();
    for (let index = 0; index < INPUTS; index++) {
      const input = fuzzInput(seeds, 7, index);
      const verdict = await judge(input);
      expect(verdict.violation, `${input.reader}, input ${index}`).toBeUndefined();
      count(tally, input.reader, verdict);
    }
    const rows = [...tally.values()];
    expect(rows.length, tableOf(tally)).toBeGreaterThanOrEqual(18);
    // Damage that never left a readable file, or never broke one, would test nothing.
    expect(rows.reduce((sum, { recordings }) => sum + recordings, 0)).toBeGreaterThan(INPUTS / 10);
    expect(rows.reduce((sum, { errors }) => sum + errors, 0)).toBeGreaterThan(INPUTS / 10);
  });

  it('are judged strictly: other errors and unsound recordings count as violations', async () => {
    const input = fuzzInput(fuzzSeeds(), 1, 1);
    // A file map that throws something else while it is read.
    const broken = { ...input, files: new Map([[input.open, undefined as unknown as Uint8Array]]) };
    Object.defineProperty(broken, 'files', {
      value: { get: () => ({ length: 9, subarray: () => ({ length: 9, subarray: () => null }) }) },
    });
    expect((await judge(broken)).violation).toContain('Error');
    await expect(open({ ...emptySource(), read: async () => new Uint8Array(0) })).rejects.toThrow(EcgError);
  });
});

function emptySource() {
  return { name: 'x', size: 0, sibling: async () => undefined, close: async () => {} };
}
