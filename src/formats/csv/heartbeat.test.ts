import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import { HEARTBEAT_SAMPLES, type Heartbeats, readHeartbeatCsv } from './heartbeat.js';

/** Row r holds the value (r + i) mod 100 / 100 at sample i and the class r mod 5, in the notation of the original. */
const row = (r: number) =>
  `${[...Array(HEARTBEAT_SAMPLES)].map((_, i) => (((r + i) % 100) / 100).toExponential(18)).join(',')},${(r % 5).toExponential(18)}\n`;
const table = (n: number) => new TextEncoder().encode(Array.from({ length: n }, (_, r) => row(r)).join(''));

async function slices(bytes: Uint8Array, slice: number): Promise<Heartbeats[]> {
  const all: Heartbeats[] = [];
  for await (const part of readHeartbeatCsv(memorySource('mitbih_test.csv', bytes), slice)) all.push(part);
  return all;
}

describe('readHeartbeatCsv', () => {
  it('gives every beat once, in slices of the asked size', async () => {
    const parts = await slices(table(1000), 300);
    expect(parts.map(({ row, labels }) => [row, labels.length])).toEqual([
      [0, 300],
      [300, 300],
      [600, 300],
      [900, 100],
    ]);
    const last = parts[3] as Heartbeats;
    expect(last.beats).toHaveLength(100 * HEARTBEAT_SAMPLES);
    // By hand: row 999, sample 186 is (999 + 186) mod 100 = 85 hundredths; its class is 999 mod 5 = 4.
    expect(last.beats.at(-1)).toBe(Math.fround(0.85));
    expect(last.labels.at(-1)).toBe(4);
  });

  it('names the row that is no beat', async () => {
    const good = new TextDecoder().decode(table(3));
    const fault = async (text: string) =>
      slices(new TextEncoder().encode(text), 2).catch((e: Error) => e.message);
    expect(await fault(`${good}1,2,3\n`)).toContain('row 4 of mitbih_test.csv is no heartbeat');
    expect(await fault(good.replace(/.{24}\n$/, '7\n'))).toContain('row 3');
    expect(await fault(good.replace(/^[^,]+/, 'x'))).toContain('row 1, column 0');
    expect(await slices(new Uint8Array(0), 2)).toEqual([]);
    await expect(slices(table(1), 0)).rejects.toThrow('give 1 or more');
  });
});
