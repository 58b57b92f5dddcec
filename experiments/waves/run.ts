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
import { waveForward } from '../../src/models/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';
import {
  createDecodingChooser,
  type PredictedRecord,
  parseWaveRecipe,
  predictWaves,
  releaseWaves,
  waveExamples,
} from '../../src/training/index.js';
import {
  loadWaveRecords,
  recipeSha256,
  trainReleasedWaves,
  trainWaveFolds,
} from '../../src/training/node.js';
import { createScoring, waveResults, waveTables } from './results.js';
import { drawStrip } from './strip.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string' }, run: { type: 'string' } } });

const recipe = parseWaveRecipe(JSON.parse(readFileSync(`${here}config.json`, 'utf8')), 'config.json');
const records = await loadWaveRecords(values.data ?? datasetsFolder());
const training = {
  recipe,
  records,
  runsFolder: `${root}runs`,
  onEvent: (event: { kind: string; run: string; figures?: { epoch: number; loss: number } }) => {
    if (event.figures !== undefined)
      console.log(`${event.run}: epoch ${event.figures.epoch}, loss ${event.figures.loss.toFixed(4)}`);
  },
};
const { folder, foldOf } = await trainWaveFolds({
  ...training,
  ...(values.run !== undefined && { resume: values.run }),
});
const network = await trainReleasedWaves({ ...training, resume: folder });
console.log(folder);

const runtime = await createNativeRuntime({ threads: 1 });
const predicted: PredictedRecord[] = [];
for (let fold = 0; fold < recipe.folds.count; fold++) {
  const session = await runtime.open(readFileSync(`${folder}/fold-${fold + 1}.onnx`));
  const forward = waveForward(session, recipe.input);
  for (const [i, record] of records.entries()) {
    if (foldOf[i] === fold)
      predicted[i] = { record, leads: await predictWaves(record, recipe.input, forward) };
  }
  await session.release();
}
// The rules for a fold are chosen on the patients of the others, as networks that had not seen them predicted these.
const scoring = createScoring(recipe);
const chooser = createDecodingChooser(predicted, recipe.input);
const all = [...records.keys()];
for (let fold = 0; fold < recipe.folds.count; fold++) {
  const decoding = chooser.choose(
    all.filter((i) => foldOf[i] !== fold),
    'the other folds',
  );
  predicted.forEach(({ record, leads }, i) => {
    if (foldOf[i] === fold) scoring.add(record, leads, decoding);
  });
  console.log(`fold ${fold + 1} scored`, JSON.stringify(decoding));
}
const decoding = chooser.choose(
  all,
  `${records.length} patients of ludb, each predicted by a network of ${recipe.folds.count} folds that had not seen them: best F1`,
);

const date = new Date().toISOString().slice(0, 10);
const results = waveResults(scoring, date);
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, waveTables(scoring, records));
const files = await releaseWaves(runtime, recipe, network, records, waveExamples(records, recipe.input), {
  decoding,
  metrics: results.figures.map(({ id, value, interval, unit, split }) => ({
    id,
    value,
    ...(interval !== null && { interval }),
    unit,
    split,
  })),
  recipeSha256: recipeSha256(recipe),
  date,
  software: `ectopy ${VERSION}`,
});
mkdirSync(`${root}models/int8`, { recursive: true });
writeFileSync(`${root}models/waves.onnx`, files.fp32);
writeFileSync(`${root}models/int8/waves.onnx`, files.int8);

writeFileSync(`${here}strip.svg`, drawStrip(predicted, recipe.input, decoding));
