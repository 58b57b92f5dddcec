// Megabytes of the networks that `analyze` uses by default, in single precision and in 8-bit integers.
//   npx tsx benchmarks/model-size/run.ts
import { statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MODEL_ROLES } from '../../src/core/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const megabytes = (folder: string): number =>
  MODEL_ROLES.reduce((sum, role) => sum + statSync(`${root}${folder}/${role}.onnx`).size, 0) / 1e6;

const figure = (id: string, folder: string) => ({
  id,
  value: Number(megabytes(folder).toFixed(3)),
  unit: 'MB',
  split: `files of ${MODEL_ROLES.join(', ')} in ${folder}, cards and golden vectors included`,
  command: 'npx tsx benchmarks/model-size/run.ts',
  date: new Date().toISOString().slice(0, 10),
});
const figures = [figure('models.fp32-megabytes', 'models'), figure('models.int8-megabytes', 'models/int8')];
writeFileSync(`${root}benchmarks/model-size/results.json`, `${JSON.stringify({ figures }, null, 1)}\n`);
for (const { id, value } of figures) console.log(id, value);
