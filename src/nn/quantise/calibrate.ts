import { breatheWhenDue, EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import { encodeModel, type OnnxModel } from '../onnx/protobuf.js';
import type { Runtime, Tensor } from '../runtime.js';
import { countValues, emptyHistogram, type Histogram } from './histogram.js';

/** Inputs of a network by name, some examples at a time. */
export type CalibrationBatches =
  | Iterable<Readonly<Record<string, Tensor>>>
  | AsyncIterable<Readonly<Record<string, Tensor>>>;

/**
 * The values that activations of a model take on calibration batches.
 *
 * @param names  of the activations; inputs may be among them
 * @throws EcgError `bad-option` when there is no batch; `bad-shape` when one does not fit; `cancelled`
 */
export async function observeActivations(
  runtime: Runtime,
  model: OnnxModel,
  names: ReadonlySet<string>,
  batches: CalibrationBatches,
  options?: RunOptions,
): Promise<Map<string, Histogram>> {
  const present = new Set([...model.outputs, ...model.inputs].map(({ name }) => name));
  const more = [...names].filter((name) => !present.has(name));
  const session = await runtime.open(
    encodeModel({
      ...model,
      outputs: [...model.outputs, ...more.map((name) => ({ name, type: 1 }))],
      metadata: {},
    }),
  );
  const histograms = new Map([...names].map((name) => [name, emptyHistogram()]));
  const total = Array.isArray(batches) ? batches.length : 0;
  let done = 0;
  try {
    for await (const batch of batches) {
      throwIfCancelled(options, 'nn.quantiseModel');
      const results = { ...batch, ...(await session.run(batch)) };
      for (const [name, histogram] of histograms) countValues(histogram, results[name].data);
      done++;
      options?.onProgress?.({ stage: 'calibrate', done, total: Math.max(total, done) });
      await breatheWhenDue();
    }
  } finally {
    await session.release();
  }
  if (done === 0)
    throw new EcgError('bad-option', 'nn.quantiseModel: the calibration set is empty, give some examples');
  return histograms;
}
