// Trains the beat network and scores it on DS2; writes models/beats.onnx and results.json.
//   npx tsx experiments/beats/run.ts [--data FOLDER] [--run FOLDER] [--no-score]
// FOLDER of --data holds mitdb and svdb; ECTOPY_DATA or the folder `ectopy data get` fills when omitted.
// --run takes the networks of a finished or interrupted run instead of training anew.
// Each scoring is a use of the test set and is counted in ds2-uses.json.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { VERSION } from '../../src/core/index.js';
import { formatClassReport } from '../../src/evaluation/index.js';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { addTestMetrics, readModelCard } from '../../src/models/index.js';
import { readBeatRecipe, scoreTest, trainBeats } from '../../src/training/node.js';
import { beatResults } from './results.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    run: { type: 'string' },
    'no-score': { type: 'boolean', default: false },
  },
});
const dataFolder = values.data ?? datasetsFolder();

const started = performance.now();
const trained = await trainBeats({
  recipe: await readBeatRecipe(`${here}config.json`),
  dataFolder,
  cacheFolder: `${root}.cache/training`,
  runsFolder: `${root}runs`,
  ...(values.run !== undefined && { resume: values.run }),
  workers: 2,
  software: `ectopy ${VERSION}`,
  onEvent: (event) => {
    if (event.kind !== 'epoch') return;
    const { epoch, loss, validation } = event.figures;
    const figures = Object.entries(validation).map(([name, x]) => `${name} ${x.toFixed(3)}`);
    console.log(`${event.run}: epoch ${epoch} of ${event.epochs}, loss ${loss.toFixed(4)}`, ...figures);
  },
});
console.log(`${trained.folder}: ${((performance.now() - started) / 60_000).toFixed(1)} min`);
console.log('cross-validation', trained.crossValidation.figures);
console.log('validation', trained.validation?.figures);
mkdirSync(`${root}models`, { recursive: true });
copyFileSync(`${trained.folder}/model.onnx`, `${root}models/beats.onnx`);

if (!values['no-score']) {
  const scores = await scoreTest({
    model: trained.model,
    runFolder: trained.folder,
    dataFolder,
    usesFile: `${here}ds2-uses.json`,
  });
  const results = beatResults(scores, trained, readModelCard(trained.model));
  writeFileSync(`${here}results.json`, `${JSON.stringify(results, null, 1)}\n`);
  // The released file carries its own test figures.
  const metrics = results.figures
    .filter(({ id }) => id.startsWith('beats.ds2.released.'))
    .map(({ id, value, interval, unit, split }) => ({
      id,
      value,
      interval: [...interval] as [number, number],
      unit,
      split,
    }));
  writeFileSync(`${root}models/beats.onnx`, addTestMetrics(trained.model, metrics));
  const released = scores.networks[0].reports;
  const tables = Object.values(released).map(formatClassReport).join('\n');
  writeFileSync(
    `${here}tables.md`,
    `# The beat network on DS2\n\nThe released model (mean of the networks). DS2 has been scored ${scores.uses} time${scores.uses === 1 ? '' : 's'}.\n\n${tables}`,
  );
  copyFileSync(
    `${trained.folder}/seed-${readModelCard(trained.model).training.seeds[0]}/curve.svg`,
    `${here}curve.svg`,
  );
  for (const { id, value, interval } of results.figures) console.log(id, value, interval);
  console.log(
    `DS2 has been scored ${scores.uses} time(s):`,
    readFileSync(`${here}ds2-uses.json`, 'utf8').length,
    'bytes',
  );
}
