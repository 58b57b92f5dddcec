// Trains and scores the rhythm network; writes models/rhythm.onnx (and models/int8/rhythm.onnx where that costs little),
// results.json, tables.md and confusion.svg.
//   npx tsx experiments/rhythm/run.ts [--data FOLDER] [--run FOLDER] [--config FILE] [--workers N] [--dry]
// FOLDER of --data holds cinc2017, mitdb and svdb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted.
// --run takes the networks of a finished or interrupted run instead of training anew; --dry writes nothing.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/core/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { drawConfusion, standaloneChart } from '../../src/training/index.js';
import { readRecipe, trainRhythm } from '../../src/training/node.js';
import { rhythmResults } from './results.js';
import { rhythmTables } from './tables.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    run: { type: 'string' },
    config: { type: 'string', default: `${here}config.json` },
    runs: { type: 'string', default: `${root}runs` },
    cache: { type: 'string', default: `${root}.cache/training` },
    workers: { type: 'string', default: '1' },
    dry: { type: 'boolean', default: false },
  },
});
const dataFolder = values.data ?? datasetsFolder();
const read = await readRecipe(values.config);
if (read.kind !== 'examples') throw new Error('experiments/rhythm: the configuration names no task');
const others = readdirSync(join(dataFolder, 'svdb'))
  .filter(
    (name) => name.endsWith('.hea') && existsSync(join(dataFolder, 'svdb', name.replace('.hea', '.dat'))),
  )
  .map((name) => `svdb/${name.slice(0, -4)}`)
  .sort();

const trained = await trainRhythm({
  recipe: read.recipe,
  others,
  dataFolder,
  cacheFolder: values.cache,
  runsFolder: values.runs,
  ...(values.run !== undefined && { resume: values.run }),
  workers: Number(values.workers),
  software: `ectopy ${VERSION}`,
  onEvent: (event) => {
    if (event.kind === 'epoch' && event.figures.epoch === event.epochs)
      console.log(`${event.run}: ${event.epochs} epochs, loss ${event.figures.loss.toFixed(4)}`);
  },
});
console.log(trained.folder);
const results = rhythmResults(trained);
for (const { id, value, interval } of results.figures) console.log(id, value, interval ?? '');
console.log(JSON.stringify(results.rules), results.sinus);
if (!values.dry) {
  writeFileSync(`${root}models/rhythm.onnx`, trained.fp32);
  if (results.int8Loss < 0.005) {
    mkdirSync(`${root}models/int8`, { recursive: true });
    writeFileSync(`${root}models/int8/rhythm.onnx`, trained.int8);
  }
  writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(`${here}tables.md`, rhythmTables(trained, results));
  writeFileSync(
    `${here}confusion.svg`,
    standaloneChart(
      drawConfusion('cinc2017, five folds by recording', {
        classes: ['N', 'A', 'O', '~'],
        confusion: results.challenge.confusion,
      }),
    ),
  );
}
