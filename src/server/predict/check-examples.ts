import { EcgError } from '../../core/index.js';
import type { Tensor } from '../../nn/index.js';
import type { Examples, Tensors } from './batch-queue.js';
import type { ServedModel } from './model-host.js';

/** Examples of one request: more would keep all others waiting. */
const MOST_EXAMPLES = 64;

/**
 * Examples that fit a network, in its own precision: what one client got wrong must not fail the others of its batch.
 * @throws EcgError `bad-shape` naming the input, what it got and what is wanted
 */
export function checkExamples(model: ServedModel, inputs: Tensors): Examples {
  const at = `inference: ${model.name}`;
  for (const name of Object.keys(inputs))
    if (!model.inputs.some((input) => input.name === name))
      throw new EcgError('bad-shape', `${at} has no input ${name}, give ${model.inputs.map((i) => i.name)}`);
  const checked: Record<string, Tensor> = {};
  let rows: number | undefined;
  for (const { name, shape: wanted } of model.inputs) {
    const tensor = inputs[name];
    if (tensor === undefined) throw new EcgError('bad-shape', `${at}: input ${name} is missing`);
    const { data, shape } = tensor;
    const fits =
      shape.length === wanted.length &&
      shape.every((size, axis) => size >= 1 && (wanted[axis] === -1 || wanted[axis] === size));
    if (!fits)
      throw new EcgError(
        'bad-shape',
        `${at}: input ${name} has the shape [${shape}], give [${wanted}] with any number for −1`,
      );
    const size = shape.reduce((product, n) => product * n, 1);
    if (data.length !== size)
      throw new EcgError(
        'bad-shape',
        `${at}: input ${name} has ${data.length} numbers, [${shape}] holds ${size}`,
      );
    rows ??= shape[0] as number;
    if (rows > MOST_EXAMPLES)
      throw new EcgError(
        'bad-shape',
        `${at}: ${rows} examples in one request, give at most ${MOST_EXAMPLES}`,
      );
    if (shape[0] !== rows)
      throw new EcgError('bad-shape', `${at}: input ${name} has ${shape[0]} examples, another has ${rows}`);
    const single = data instanceof Float32Array ? data : Float32Array.from(data);
    for (let i = 0; i < single.length; i++)
      if (!Number.isFinite(single[i]))
        throw new EcgError(
          'bad-shape',
          `${at}: number ${i} of input ${name} is not finite in single precision`,
        );
    checked[name] = { data: single, shape };
  }
  return { inputs: checked, rows: rows ?? 0 };
}
