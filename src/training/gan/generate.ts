import { breatheWhenDue, createRandom, type RunOptions, throwIfCancelled } from '../../core/index.js';
import { exportModel, openModel, type Runtime } from '../../nn/index.js';
import { generatorInputs } from './adversarial-plans.js';
import { gridOf, NOISE, generator as network } from './signal-networks.js';
import { endsOf, unstandardise } from './standard-signals.js';
import { drawNoise, type Generator } from './train-generator.js';

/** Signals made at a time. */
const BATCH = 256;

/**
 * New signals [count, channels, samples] of a generator, in the units of the examples it was fitted to.
 * @throws EcgError `cancelled`
 */
export async function generate(
  runtime: Runtime,
  generator: Generator,
  count: number,
  seed: number,
  options: RunOptions = {},
): Promise<Float32Array> {
  const { form, scale, parameters, lengths } = generator;
  const { channels, samples } = form;
  const bytes = exportModel({
    network: (b, { noise, inside, stretch }) => ({ signals: network(b, form, { noise, inside, stretch }) }),
    inputs: generatorInputs(form),
    parameters,
    statistics: new Float32Array(0),
  });
  const model = await openModel(runtime, bytes);
  const random = createRandom(seed);
  const made = new Float32Array(count * channels * samples);
  try {
    for (let from = 0; from < count; from += BATCH) {
      throwIfCancelled(options, 'gan');
      await breatheWhenDue();
      const n = Math.min(BATCH, count - from);
      const drawn = Uint16Array.from({ length: n }, () => lengths[random.integer(lengths.length)]);
      const { inside, stretch } = endsOf(drawn, samples);
      const { signals } = await model.run({
        noise: { data: drawNoise(n, random), shape: [n, NOISE] },
        inside: { data: inside, shape: [n, 1, samples] },
        stretch: { data: stretch, shape: [n, gridOf(samples), gridOf(samples)] },
      });
      made.set(signals.data, from * channels * samples);
    }
  } finally {
    await model.release();
  }
  return unstandardise(made, scale);
}
