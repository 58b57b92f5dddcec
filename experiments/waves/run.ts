// Cross-validates the network of waves on LUDB, trains the one that is released, and writes models/waves.onnx,
// models/int8/waves.onnx, results.json, tables.md and strip.svg.
//   npx tsx experiments/waves/run.ts [--data FOLDER] [--run FOLDER]
// FOLDER of --data holds ludb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted.
// --run takes the networks of a finished or interrupted run instead of training anew.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/core/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { parseWaveRecipe, type TrainingEvent } from '../../src/training/index.js';
import { crossValidateWaves, loadWaveRecords, trainWaveModel } from '../../src/training/node.js';
import { waveResults, waveTables } from './results.js';
import { drawStrip } from './strip.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' }, run: { type: 'string' } } });

const recipe = parseWaveRecipe(JSON.parse(readFileSync(`${here}config.json`, 'utf8')), 'config.json');
const training = {
  recipe,
  records: await loadWaveRecords(values.data ?? datasetsFolder()),
  runsFolder: `${root}runs`,
  ...(values.run !== undefined && { resume: values.run }),
  onEvent: (event: TrainingEvent) => {
    if (event.kind !== 'epoch') return;
    const { epoch, loss } = event.figures;
    console.log(`${event.run}: epoch ${epoch} of ${event.epochs}, loss ${loss.toFixed(4)}`);
  },
};
const validated = await crossValidateWaves(training);
console.log(validated.folder);

const date = new Date().toISOString().slice(0, 10);
const results = waveResults(validated.scoring, date);
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, waveTables(validated.scoring, training.records));
writeFileSync(`${here}strip.svg`, drawStrip(validated.predicted, recipe.input, validated.decoding));
const files = await trainWaveModel(validated, {
  ...training,
  metrics: results.figures.map(({ id, value, interval, unit, split }) => ({
    id,
    value,
    interval,
    unit,
    split,
  })),
  date,
  software: `ectopy ${VERSION}`,
});
mkdirSync(`${root}models/int8`, { recursive: true });
writeFileSync(`${root}models/waves.onnx`, files.fp32);
writeFileSync(`${root}models/int8/waves.onnx`, files.int8);
