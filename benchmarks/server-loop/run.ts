/**
 * How long the thread that answers requests computes in one turn at most, while a day of ECG is uploaded, read, analysed,
 * fetched in every form and corrected: nobody else is answered meanwhile. Linux only.
 *
 *   npm run build && npx tsx benchmarks/server-loop/run.ts [--hours 24] [--no-write]
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { longestTurns } from './longest-turns.js';

const { values: flags } = parseArgs({
  options: { hours: { type: 'string', default: '24' }, 'no-write': { type: 'boolean', default: false } },
});
const hours = Number(flags.hours);
const turns = await longestTurns(hours);
for (const [what, ms] of Object.entries(turns)) console.log(`${what}: ${ms.toFixed(1)} ms`);
const longest = Math.max(...Object.values(turns));
const figure = {
  id: 'server.loop.longest-block-ms',
  value: Math.round(longest * 10) / 10,
  unit: 'ms',
  split: `a synthetic recording of ${hours} h, two leads, 360 Hz: upload, import, analysis, all reads, a correction`,
  command: 'npx tsx benchmarks/server-loop/run.ts',
  date: new Date().toISOString().slice(0, 10),
};
console.log(`${figure.id}: ${figure.value}`);
if (!flags['no-write']) {
  const file = fileURLToPath(new URL('./results.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify({ figures: [figure], turns }, null, 2)}\n`);
}
