// Trains the beat network that the package uses, on every patient with beat labels; writes models/beats.onnx, its
// integers in models/int8, results.json and tables.md. No test set is left: the figures are of a cross-validation by
// patient over both databases.
//   npx tsx experiments/beats-product/run.ts [--data FOLDER] [--run FOLDER]
// FOLDER of --data holds mitdb and svdb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted.
// --run takes the networks of a finished or interrupted run instead of training anew.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/core/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { crossValidateBeats, readBeatRecipe, trainBeats } from '../../src/training/node.js';
import { byDatabase } from './by-database.js';

const COMMAND = 'npx tsx experiments/beats-product/run.ts';
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' }, run: { type: 'string' } } });

const recipe = await readBeatRecipe(`${here}config.json`);
const options = {
  recipe,
  dataFolder: values.data ?? datasetsFolder(),
  cacheFolder: `${root}.cache/training`,
  runsFolder: `${root}runs`,
  workers: 2,
  software: `ectopy ${VERSION}`,
  onEvent: (event: { kind: string; run?: string }) => {
    if (event.kind === 'epoch') console.log(event.run);
  },
};
const trained = await trainBeats({ ...options, ...(values.run !== undefined && { resume: values.run }) });
const { heldOut } = await crossValidateBeats({ ...options, resume: trained.folder });
const { figures, intervals } = trained.crossValidation;
const split = `${recipe.folds.count} folds by patient over all of mitdb and svdb, R peaks given, literature map, ${recipe.folds.networks} networks a fold`;
const date = new Date().toISOString().slice(0, 10);
const published = [
  ['macro-f1', 'macro-F1'],
  ['s-f1', 'S-F1'],
  ['v-f1', 'V-F1'],
].map(([id, name]) => ({
  id: `beats.product.cv.${id}`,
  value: figures[name],
  interval: intervals[name],
  unit: 'fraction',
  split,
  command: COMMAND,
  date,
}));
const parts = byDatabase(heldOut);
writeFileSync(
  `${here}results.json`,
  `${JSON.stringify({ figures: published, crossValidation: { figures, intervals }, byDatabase: parts.rows }, null, 1)}\n`,
);
writeFileSync(
  `${here}tables.md`,
  `# The beat network of the package\n\nHeld-out beats: ${split}.\n\n${parts.table}\n`,
);
mkdirSync(`${root}models/int8`, { recursive: true });
copyFileSync(`${trained.folder}/model.onnx`, `${root}models/beats.onnx`);
copyFileSync(`${trained.folder}/model.int8.onnx`, `${root}models/int8/beats.onnx`);
for (const { id, value, interval } of published) console.log(id, value, interval);
console.log(parts.table);
