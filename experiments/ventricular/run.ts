// Cross-validates and trains the ventricular network; writes models/ventricular.onnx, its INT8 form, results.json and tables.md.
//   npx tsx experiments/ventricular/run.ts [--data FOLDER] [--runs FOLDER] [--cv RUN] [--release RUN]
// FOLDER of --data holds vfdb, mitdb, cinc2017, svdb and ptbxl; the folder `ectopy data get` fills when omitted.
// --cv and --release take finished or interrupted runs instead of training anew. Ten minutes on one core.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EcgError, VERSION } from '../../src/core/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { loadVentricularModel } from '../../src/models/index.js';
import { createRuntime } from '../../src/nn/node.js';
import { selectRecipe } from '../../src/training/index.js';
import { readRecipe, trainVentricular } from '../../src/training/node.js';
import { type Outside, scoreOutside } from './outside.js';
import { formatVentricularTables, ventricularResults } from './results.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    runs: { type: 'string', default: `${root}runs` },
    cache: { type: 'string', default: `${root}.cache/training` },
    cv: { type: 'string' },
    release: { type: 'string' },
  },
});

const dataFolder = values.data ?? datasetsFolder();

/** Points of sensitivity and specificity together that INT8 may cost. */
const MOST_LOST = 0.005;

const found = await readRecipe(`${here}config.json`);
if (found.kind !== 'examples')
  throw new EcgError('bad-option', 'ventricular: config.json is no recipe over examples');
const trained = await trainVentricular({
  recipe: selectRecipe(found.recipe, {}),
  dataFolder,
  cacheFolder: values.cache,
  runsFolder: values.runs,
  workers: 1,
  software: `ectopy ${VERSION}`,
  ...(values.cv !== undefined && { resume: values.cv }),
  ...(values.release !== undefined && { resumeRelease: values.release }),
  onEvent: (event) => {
    if (event.kind === 'epoch')
      console.log(
        `${event.run}: epoch ${event.figures.epoch} of ${event.epochs}, loss ${event.figures.loss.toFixed(4)}`,
      );
  },
});
const model = await loadVentricularModel(trained.fp32, await createRuntime({ threads: 1 }));
const known = new Set(model.card.data.training.flatMap(({ records }) => records));
const outside: Outside[] = [];
for (const database of ['cinc2017', 'svdb', 'ptbxl']) {
  outside.push(await scoreOutside(model, dataFolder, database, known, trained.threshold));
  console.log(outside[outside.length - 1]);
}
await model.close();
const results = ventricularResults(
  trained,
  outside,
  { fp32: trained.fp32.length, int8: trained.int8.length },
  new Date().toISOString().slice(0, 10),
);
const { both, int8 } = results.windows;
const lost = Math.max(
  both.sensitivity.value - int8.sensitivity.value,
  both.specificity.value - int8.specificity.value,
);
mkdirSync(`${root}models/int8`, { recursive: true });
writeFileSync(`${root}models/ventricular.onnx`, trained.fp32);
if (lost <= MOST_LOST) writeFileSync(`${root}models/int8/ventricular.onnx`, trained.int8);
else console.log(`INT8 loses ${(100 * lost).toFixed(2)} points: not written`);
writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${here}tables.md`, formatVentricularTables(results));
for (const { id, value, interval } of results.figures) console.log(id, value.toFixed(4), interval ?? '');
console.log('threshold', results.threshold);
