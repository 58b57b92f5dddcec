import { EcgError } from '../core/index.js';
import { type ExportOptions, inferenceBuilder } from './export.js';
import { gradients } from './gradient.js';
import { writeModel } from './onnx/write.js';
import { input } from './ops/leaf.js';
import { inputValues } from './training-graph.js';

/** A trained network whose inside is asked what an output depends on. */
export interface GradientOptions extends ExportOptions {
  /** Name of the output that is derived. */
  readonly of: string;
  /** Name of the output with respect to which it is derived: a value on the way to `of`. */
  readonly at: string;
  /** Examples at a time; fixed. */
  readonly batchSize: number;
}

/**
 * A trained network in inference as an `.onnx` file that also gives the gradient of an output at a value inside:
 * batch norm by the running statistics, no dropout, through recurrent layers too.
 *
 * Inputs: the network's, and `<of>.weights` in the shape of that output. Outputs: `of`, `at`, and `<at>.gradient` of
 * Σ weights · `of`, in the shape of `at`.
 *
 * @throws EcgError `bad-option` for an output the network does not have, or when `of` does not depend on `at`
 */
export function exportGradient(options: GradientOptions): Uint8Array {
  const { network, inputs, of, at, batchSize, metadata = {} } = options;
  const outputs = network(inferenceBuilder(options, batchSize), inputValues(inputs, batchSize));
  for (const name of [of, at]) {
    if (!outputs[name])
      throw new EcgError(
        'bad-option',
        `nn.exportGradient: the network has no output ${name}, it gives ${Object.keys(outputs).join(', ')}`,
      );
  }
  const [gradient] = gradients([outputs[of]], [input(`${of}.weights`, outputs[of].shape)], [outputs[at]]);
  if (gradient === undefined)
    throw new EcgError(
      'bad-option',
      `nn.exportGradient: ${of} does not depend on ${at}, name a value on its way, not a reshaped copy beside it`,
    );
  return writeModel({ [of]: outputs[of], [at]: outputs[at], [`${at}.gradient`]: gradient }, { metadata });
}
