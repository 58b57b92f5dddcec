// Reproduces every report of golden/ec57 and counts the numbers that differ.
//   npx tsx experiments/ec57-golden/run.ts [SHARED]
// SHARED holds data/mitdb and golden/ec57; the folder `shared` beside the repository when omitted.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compareReports, readGoldenRecords, writeReports } from './reports.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const shared = process.argv[2] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const folder = `${shared}/golden/ec57/reports`;

const written = new Map(
  ['qrs', 'sim'].flatMap((annotator) => [...writeReports(readGoldenRecords(shared, annotator), annotator)]),
);
const reports = readdirSync(folder)
  .sort()
  .map((name) => ({
    name,
    ...compareReports(readFileSync(`${folder}/${name}`, 'utf8'), written.get(name) ?? ''),
  }));

const numbers = reports.reduce((sum, r) => sum + r.numbers, 0);
const differing = reports.reduce((sum, r) => sum + r.differing, 0);
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: here, encoding: 'utf8' }).trim();
const result = {
  figures: [
    {
      id: 'ec57.golden.differences',
      value: differing,
      unit: 'count',
      split: 'mitdb, 48 records, EC57 map, two test annotators',
      command: 'npx tsx experiments/ec57-golden/run.ts',
      date: new Date().toISOString().slice(0, 10),
    },
  ],
  commit,
  numbers,
  reportsEqualByteForByte: reports.filter((r) => r.sameText).length,
  reports: reports.map(({ name, numbers, differing, sameText }) => ({ name, numbers, differing, sameText })),
};
writeFileSync(`${here}results.json`, `${JSON.stringify(result, null, 2)}\n`);
for (const { name, differing, lines } of reports) {
  if (lines.length === 0) continue;
  console.log(`${name}: ${differing} numbers differ`);
  for (const [expected, got] of lines) console.log(`  - ${expected}\n  + ${got}`);
}
console.log(`${differing} of ${numbers} numbers differ in ${reports.length} reports`);
