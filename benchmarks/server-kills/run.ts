/**
 * Whether a server that is killed again and again loses anything: `kill -9` at random moments during uploads (whole and
 * resumable), jobs, live streams and corrections, then a look at all that was acknowledged.
 *
 *   npm run build && npx tsx benchmarks/server-kills/run.ts [--kills 200] [--seed 1] [--no-write]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { killLoop } from './kill-loop.js';

const { values: flags } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'no-write': { type: 'boolean', default: false },
  },
});
const kills = Number(flags.kills);
const data = mkdtempSync(join(tmpdir(), 'ectopy-kills-'));
const { ledger, starts } = await killLoop({
  data,
  kills,
  seed: Number(flags.seed),
  onKill: (kill, { lost }) => {
    if (kill % 10 === 0 || lost.length > 0) console.log(`${kill} kills, ${lost.length} lost`);
  },
});
rmSync(data, { recursive: true, force: true });

const acknowledged = {
  recordings: ledger.recordings.filter(({ id }) => id !== undefined).length,
  uploads: ledger.uploads.filter(({ acknowledged }) => acknowledged > 0).length,
  corrections: ledger.corrections.length,
  streams: ledger.streams.length,
  streamSamples: ledger.streams.reduce((sum, stream) => sum + stream.acknowledged, 0),
  events: ledger.streams.reduce((sum, stream) => sum + stream.events.size, 0),
};
for (const sentence of ledger.lost) console.error(`lost: ${sentence}`);
const split = `kill -9 at a random moment of up to 2 s after each start, up to 6 s after every eighth; acknowledged: ${acknowledged.recordings} recordings, ${acknowledged.uploads} resumable uploads, ${acknowledged.corrections} corrections, ${acknowledged.streamSamples} samples and ${acknowledged.events} events of ${acknowledged.streams} streams`;
const figure = (id: string, value: number) => ({
  id,
  value,
  unit: '',
  split,
  command: 'npx tsx benchmarks/server-kills/run.ts',
  date: new Date().toISOString().slice(0, 10),
});
const figures = [figure('server.kills', kills), figure('server.kills.lost', ledger.lost.length)];
for (const { id, value } of figures) console.log(`${id}: ${value}`);
const sorted = [...starts].sort((a, b) => a - b);
console.log(`${split}; median start ${Math.round(sorted[sorted.length >> 1] ?? 0)} ms`);
if (!flags['no-write']) {
  const file = fileURLToPath(new URL('./results.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify({ figures, acknowledged, lost: ledger.lost }, null, 2)}\n`);
}
process.exitCode = ledger.lost.length > 0 ? 1 : 0;
