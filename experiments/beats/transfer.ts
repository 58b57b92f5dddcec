// What a change of the recipe is worth from one laboratory's patients to another's: trained on DS1 and told on svdb, and
// the other way round. DS2 has no part in it. R peaks given, literature map; the networks' logits are averaged.
//   npx tsx experiments/beats/transfer.ts [--data FOLDER] [--seeds 1,2] [--set augmentation.synthetic.fibrillation=0.2]…
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { datasetsFolder } from '../../src/formats/datasets/node.js';
import { exportModel } from '../../src/nn/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';
import {
  averageLogits,
  collectBeats,
  networkInputs,
  parseBeatRecipe,
  plainNetwork,
  predictLogits,
  trainNetwork,
  validationFigures,
} from '../../src/training/index.js';
import { loadTrainingRecords, recordIds } from '../../src/training/node.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    seeds: { type: 'string', default: '1,2' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
const config = JSON.parse(readFileSync(`${here}config.json`, 'utf8')) as Record<string, unknown>;
for (const assignment of values.set) {
  const at = assignment.indexOf('=');
  const path = assignment.slice(0, at).split('.');
  const parent = path.slice(0, -1).reduce((part, key) => part[key] as Record<string, unknown>, config);
  parent[path[path.length - 1]] = JSON.parse(assignment.slice(at + 1));
}
const recipe = parseBeatRecipe(config, values.set.join(' '));
const folders = { dataFolder: values.data ?? datasetsFolder(), cacheFolder: `${root}.cache/training` };
const SIDES = [
  { name: 'DS1', source: { database: 'mitdb', records: 'DS1' as const, except: [] } },
  { name: 'svdb', source: { database: 'svdb', records: 'all' as const, except: [] } },
];
const sets = await Promise.all(
  SIDES.map(async ({ source }) => {
    const ids = await recordIds([source], folders.dataFolder);
    const { input, augmentation } = recipe;
    return collectBeats(await loadTrainingRecords(ids, input, augmentation.shift, folders), 1);
  }),
);
const runtime = await createNativeRuntime({ threads: 1 });
for (const from of [0, 1]) {
  const all: Float32Array[] = [];
  for (const seed of values.seeds.split(',').map(Number)) {
    const numbers = await trainNetwork(runtime, { recipe, train: sets[from], seed, run: `seed ${seed}` });
    const bytes = exportModel({ network: plainNetwork(recipe), inputs: networkInputs(recipe), ...numbers });
    all.push(await predictLogits(runtime, bytes, recipe.input, sets[1 - from]));
  }
  const figures = validationFigures(averageLogits(all), sets[1 - from].label);
  const told = Object.entries(figures).map(([name, x]) => `${name} ${x.toFixed(3)}`);
  console.log(`${SIDES[from].name} → ${SIDES[1 - from].name}:`, told.join('  '));
}
