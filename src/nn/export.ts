import { EcgError } from '../core/index.js';
import type { Builder, InputShapes, Network } from './builder.js';
import { sizeOf, type Value } from './graph.js';
import { writeModel } from './onnx/write.js';
import { constant } from './ops/leaf.js';
import { describeNetwork, inputValues } from './training-graph.js';

/** A trained network and its numbers. */
export interface ExportOptions {
  readonly network: Network;
  /** As in the training plan; inputs that only the loss reads do not come along. */
  readonly inputs: InputShapes;
  /** The flat vectors of a `TrainingState`. */
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  /** Entries of the file's metadata: the card, golden vectors. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A network for inference as an `.onnx` file: batch norm folded into the convolutions, dropout gone, ONNX's own
 * recurrent operators, any batch size.
 *
 * @throws EcgError `bad-shape` when the vectors do not fit the network; `bad-option` when the network fixes the size of
 *   the batch
 */
export function exportModel(options: ExportOptions): Uint8Array {
  // A size of the batch that was built in would differ between the two files.
  const [file, other] = [2, 3].map((batchSize) => write(options, batchSize));
  if (file.length !== other.length || file.some((byte, i) => byte !== other[i]))
    throw new EcgError(
      'bad-option',
      'nn.exportModel: the network fixes the size of the batch, use −1 in reshape',
    );
  return file;
}

function write(options: ExportOptions, batchSize: number): Uint8Array {
  const { network, inputs, metadata = {} } = options;
  const outputs = network(inferenceBuilder(options, batchSize), inputValues(inputs, batchSize, true));
  return writeModel(outputs, { metadata });
}

/** Builds for inference, with the trained numbers as constants. */
export function inferenceBuilder(
  { network, inputs, parameters, statistics }: ExportOptions,
  batchSize: number,
): Builder {
  const specs = describeNetwork(network, inputs, batchSize);
  const parameterAt = new Map(specs.parameters.map((spec) => [spec.name, spec]));
  const statisticsAt = new Map(specs.statistics.map((spec) => [spec.name, spec]));
  const wanted = specs.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (parameters.length !== wanted)
    throw new EcgError(
      'bad-shape',
      `nn.exportModel: ${parameters.length} parameters, the network has ${wanted}`,
    );
  const piece = (data: Float32Array, offset: number, shape: readonly number[], name: string): Value =>
    constant(data.slice(offset, offset + sizeOf(shape)), shape, name);
  const missing = (): never => {
    throw new EcgError(
      'bad-option',
      'nn.exportModel: the network is not the same in inference, build it the same way',
    );
  };
  return {
    training: false,
    parameter(name) {
      const { offset, shape } = parameterAt.get(name) ?? missing();
      return piece(parameters, offset, shape, name);
    },
    statistics(name, channels) {
      const { offset } = statisticsAt.get(name) ?? missing();
      return {
        mean: piece(statistics, offset, [channels], `${name}.mean`),
        variance: piece(statistics, offset + channels, [channels], `${name}.variance`),
      };
    },
    observe: missing,
    mask: missing,
  };
}
