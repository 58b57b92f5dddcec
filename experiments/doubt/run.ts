// Calibration, conformal sets, risk and coverage, and what is outside of a finished run of a beat recipe; DS2 is not read.
//   npx tsx experiments/doubt/run.ts --run runs/NAME [--data FOLDER] [--cache FOLDER] [--out FOLDER]
// FOLDER of --data holds mitdb, svdb and nstdb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EcgError } from '../../src/core/index.js';
import { formatDoubtReport, formatRecordCoverage } from '../../src/evaluation/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { inputShape } from '../../src/models/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';
import { compareCalibrations } from './alternatives.js';
import { unseenBeats } from './held-out.js';
import { outsideRows, scoreMicroseconds } from './outside.js';
import { drawDoubt } from './plot.js';
import { fitOn, protocols } from './protocols.js';
import { doubtResults, doubtTables } from './tables.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    run: { type: 'string' },
    data: { type: 'string' },
    cache: { type: 'string' },
    out: { type: 'string' },
  },
});
if (values.run === undefined) {
  throw new EcgError('bad-option', 'doubt: give the folder of a finished run with --run');
}
const run = resolve(values.run);
const dataFolder = values.data ?? datasetsFolder();
const out = values.out ?? here;
const runtime = await createNativeRuntime({ threads: 1 });
const folders = {
  run,
  dataFolder,
  cacheFolder: values.cache ?? `${root}.cache/training`,
  runsFolder: resolve(run, '..'),
};
const unseen = await unseenBeats(folders, runtime);
const { recipe, heldOut } = unseen;
const coverage = recipe.calibration.coverage;
console.log(`${heldOut.set.label.length} beats of ${heldOut.set.records.length} records`);
const told = protocols(unseen, coverage);
for (const { name, report } of told) {
  const risk = report.riskCoverage.risk.map(
    (row) => `${100 * row.coverage} %: ${(100 * row.risk).toFixed(2)}`,
  );
  console.log(name, `ECE ${report.reliability.ece.toFixed(4)}, wrong at`, ...risk);
}
const alternatives = compareCalibrations(unseen);
const fitted = fitOn(unseen, () => true, coverage);
const outside = await outsideRows(unseen, fitted, folders, runtime);
for (const row of outside) console.log(row.beats, row.auroc.toFixed(3), (100 * row.outside).toFixed(1));
const shape = inputShape(recipe.input);
const microseconds = scoreMicroseconds(unseen.familiarOfFold.get(-1)!, shape.channels * shape.length);
const found = {
  recipe: `${recipe.name} ${recipe.version}`,
  fitted,
  told,
  alternatives,
  outside,
  microseconds,
};
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/results.json`, `${JSON.stringify(doubtResults(found), null, 1)}\n`);
writeFileSync(
  `${out}/tables.md`,
  doubtTables(found, { report: formatDoubtReport, records: formatRecordCoverage }),
);
writeFileSync(`${out}/risk-coverage.svg`, drawDoubt(told));
