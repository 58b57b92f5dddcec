/**
 * The bundled screening network of a training run, with the figures that this recipe reached on DS2 on its card.
 *
 *   npx ectopy train cardiospike --protocol honest --seeds 1
 *   npx tsx experiments/cardiospike/release.ts <run>
 *
 * DS2 is not scored again: its figures were made with the same configuration and seed. The run has to reproduce the
 * validation figures of the network that was scored, to the last digit.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EcgError } from '../../src/core/index.js';
import { addTestMetrics, loadClassifier } from '../../src/models/index.js';
import { createNativeRuntime } from '../../src/nn/node.js';

interface Scores {
  readonly accuracy: number;
  readonly macroF1: number;
}
interface Network {
  readonly name: string;
  readonly fp32: { readonly validation: Scores; readonly test: Scores };
  readonly int8: { readonly validation: Scores; readonly test: Scores };
}
interface Results {
  readonly figures: readonly {
    readonly id: string;
    readonly value: number;
    readonly interval: [number, number];
    readonly unit: string;
    readonly split: string;
  }[];
  readonly runs: readonly { readonly protocol: string; readonly networks: readonly Network[] }[];
}
interface Trained {
  readonly networks: readonly Network[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const [run] = process.argv.slice(2);
if (run === undefined)
  throw new EcgError('bad-option', 'release: no run, give the folder that "ectopy train" wrote');
const scored = JSON.parse(
  readFileSync(join(root, 'experiments/cardiospike/results.json'), 'utf8'),
) as Results;
const trained = JSON.parse(readFileSync(join(run, 'metrics.json'), 'utf8')) as Trained;
const honest = scored.runs.find(({ protocol }) => protocol === 'honest')?.networks[0];
const network = trained.networks.find(({ name }) => name === honest?.name);
if (honest === undefined || network === undefined)
  throw new EcgError('bad-format', `release: ${run} holds no run of the honest protocol`);

const runtime = await createNativeRuntime();
for (const form of ['fp32', 'int8'] as const) {
  for (const measure of ['accuracy', 'macroF1'] as const)
    if (network[form].validation[measure] !== honest[form].validation[measure])
      throw new EcgError(
        'bad-format',
        `release: ${form} has a validation ${measure} of ${network[form].validation[measure]}, the scored network ${honest[form].validation[measure]}; train with --seeds 1`,
      );
  const file = join(run, honest.name, form === 'fp32' ? 'model.onnx' : 'model.int8.onnx');
  const bytes = new Uint8Array(readFileSync(file));
  const label = `DS1 → DS2 by patient, scored once with the same configuration, seed and validation figures, before this file was trained; ${form === 'fp32' ? 'single precision' : '8-bit integers'}`;
  const recipe = scored.figures
    .filter(({ id }) => /^cardiospike\.honest\.(auroc|sensitivity|specificity)$/.test(id))
    .map(({ id, value, interval, unit, split }) => ({
      id: id.replace('cardiospike.honest.', ''),
      value,
      interval,
      unit,
      split,
    }));
  const released = addTestMetrics(bytes, [
    { id: 'accuracy', value: honest[form].test.accuracy, unit: 'fraction', split: label },
    { id: 'macro-f1', value: honest[form].test.macroF1, unit: 'fraction', split: label },
    ...recipe,
  ]);
  // The file has to reproduce its golden vectors before anybody gets it.
  await (await loadClassifier(released, runtime)).close();
  const to = form === 'fp32' ? 'models/screening.onnx' : 'models/int8/screening.onnx';
  writeFileSync(join(root, to), released);
  process.stdout.write(`${to}: ${released.length} bytes\n`);
}
