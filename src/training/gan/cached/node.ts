import type { RunOptions } from '../../../core/index.js';
import type { Runtime } from '../../../nn/index.js';
import { fingerprint } from '../../checkpoint.js';
import { cachedExamples } from '../../examples/cache/node.js';
import { copyExample, type ExampleSet, exampleSize } from '../../examples/example-set.js';
import { type GanConfig, synthesiseExamples } from '../synthesise-examples.js';

/** Raise it when generators change although what they are asked for does not. */
const VERSION = 1;

/**
 * Generated examples of a configuration, from the cache where they lie there: networks and seeds that train on the
 * same examples share one generator a class.
 *
 * @throws EcgError as `synthesiseExamples`
 */
export async function generatedExamples(
  runtime: Runtime,
  set: ExampleSet,
  train: Int32Array,
  config: GanConfig,
  cacheFolder: string,
  options?: RunOptions,
): Promise<ExampleSet> {
  const key = `generated-${fingerprint(JSON.stringify([VERSION, config, set.shape, set.classes, contents(set, train)]))}`;
  return cachedExamples(cacheFolder, key, () =>
    synthesiseExamples(runtime, set, train, config, config.seed, options),
  );
}

/** Which examples these are: their places, labels and the sum of every 97th one's numbers. */
function contents(set: ExampleSet, train: Int32Array): string {
  const row = new Float32Array(exampleSize(set));
  let sum = 0;
  for (let i = 0; i < train.length; i += 97) {
    copyExample(set, train[i], row, 0);
    for (let k = 0; k < row.length; k++) sum += row[k] * ((k % 7) + 1);
  }
  return `${fingerprint(train.join())} ${fingerprint(train.map((i) => set.label[i]).join())} ${sum}`;
}
