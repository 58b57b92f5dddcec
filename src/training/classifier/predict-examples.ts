import { EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import type { Runtime } from '../../nn/index.js';
import { copyExample, type ExampleSet, exampleSize } from '../examples/example-set.js';

/** Numbers given to a network at once: activations of pictures are many times as large, and memory stays under 2 GB. */
const MOST_NUMBERS = 2 ** 19;
const MOST_EXAMPLES = 256;

/**
 * Logits [indices, classes] of the chosen examples by the network in `bytes`.
 *
 * @param bytes  reads `x` [N, ...shape] and gives `logits`
 * @param batch  examples a run; as many as memory allows, 256 at most, when omitted
 * @throws EcgError `bad-format` for another file than a network's; `bad-shape` when its logits are not one for each
 *   class of the set; `cancelled`
 */
export async function predictExamples(
  runtime: Runtime,
  bytes: Uint8Array,
  set: ExampleSet,
  indices: ArrayLike<number>,
  batch = Math.min(MOST_EXAMPLES, Math.ceil(MOST_NUMBERS / exampleSize(set))),
  options?: RunOptions,
): Promise<Float32Array> {
  const session = await runtime.open(bytes);
  const size = exampleSize(set);
  const classes = set.classes.length;
  const logits = new Float32Array(indices.length * classes);
  const room = new Float32Array(Math.min(batch, indices.length) * size);
  try {
    for (let from = 0; from < indices.length; from += batch) {
      throwIfCancelled(options, 'predictExamples');
      const rows = Math.min(batch, indices.length - from);
      for (let row = 0; row < rows; row++) copyExample(set, indices[from + row], room, row * size);
      const x = { data: room.subarray(0, rows * size), shape: [rows, ...set.shape] };
      const part = (await session.run({ x }))['logits'].data as Float32Array;
      if (part.length !== rows * classes) {
        throw new EcgError(
          'bad-shape',
          `predictExamples: ${part.length / rows} logits an example for ${classes} classes (${set.classes}), give a network made for them`,
        );
      }
      logits.set(part, from * classes);
      options?.onProgress?.({ stage: 'predict', done: from + rows, total: indices.length });
    }
  } finally {
    await session.release();
  }
  return logits;
}
