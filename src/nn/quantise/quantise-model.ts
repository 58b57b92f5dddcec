import { EcgError, type RunOptions } from '../../core/index.js';
import { encodeModel } from '../onnx/protobuf.js';
import { decodeModel } from '../onnx/read.js';
import type { Runtime } from '../runtime.js';
import { activationSteps } from './affine.js';
import { type CalibrationBatches, observeActivations } from './calibrate.js';
import { leastError, type RangeRule } from './histogram.js';
import { planQuantisation } from './plan.js';
import { rewriteModel } from './rewrite.js';

/** How a network is quantised. */
export interface QuantiseOptions extends RunOptions {
  /** Chooses what range of an activation its bytes cover; `leastError` when omitted. */
  readonly range?: RangeRule;
  /** Names of weights that stay in single precision, with the products they take part in: `head.weight`. */
  readonly keep?: readonly string[];
  /** Bits of a weight, with sign; 7 when omitted. */
  readonly weightBits?: 7 | 8;
}

/** A quantised network and what was done to it. */
export interface QuantisedModel {
  readonly bytes: Uint8Array;
  readonly report: {
    /** Weights whose products are of integers. */
    readonly quantised: readonly string[];
    /** Weights kept as integers and computed with in single precision: those of recurrent layers. */
    readonly stored: readonly string[];
    readonly skipped: readonly { readonly weight: string; readonly reason: string }[];
    readonly bytesBefore: number;
    readonly bytesAfter: number;
  };
}

/**
 * A trained network with 8-bit weights and activations, by static quantisation: a quarter of the size. Weights are
 * symmetric with a scale an output channel, activations bytes over the range that calibration batches show, between
 * QuantizeLinear and DequantizeLinear. Softmax, norms and activation functions other than ReLU stay in single
 * precision.
 *
 * With weights of 7 bits the sum of two products fits 16 bits: processors that add such pairs with saturation (AVX2
 * without VNNI) then give the same numbers as all others.
 *
 * @param runtime      runs the network on the calibration batches
 * @param bytes        from `exportModel`; metadata entries come along, so seal the result rather than quantise what is
 *   sealed
 * @param calibration  some hundred training examples
 * @throws EcgError `bad-format` when the bytes are no ONNX file; `unsupported` when another program wrote it;
 *   `bad-option` when it is quantised already, there is no calibration batch or no weight of a name in `keep`;
 *   `bad-shape` when a batch does not fit; `cancelled`
 *
 * Source: Jacob et al., CVPR 2018, arXiv:1712.05877; least-error ranges as in Nagel et al., arXiv:2106.08295, 3.1.
 */
export async function quantiseModel(
  runtime: Runtime,
  bytes: Uint8Array,
  calibration: CalibrationBatches,
  options: QuantiseOptions = {},
): Promise<QuantisedModel> {
  const { range = leastError, keep = [], weightBits = 7 } = options;
  const model = decodeModel(bytes);
  if (model.nodes.some((node) => node.type === 'QuantizeLinear'))
    throw new EcgError('bad-option', 'nn.quantiseModel: the network is quantised already, give the original');
  const plan = planQuantisation(model, new Set(keep));
  const observed = new Set([...plan.bytes.values(), ...plan.bytesForProducts]);
  const histograms = await observeActivations(runtime, model, observed, calibration, options);
  const steps = new Map([...histograms].map(([name, seen]) => [name, activationSteps(...range(seen))]));
  const written = encodeModel(rewriteModel(model, plan, steps, weightBits === 7 ? 63 : 127));
  const weightsOf = (node: { inputs: readonly string[]; type: string }) =>
    node.type === 'Conv' || node.type === 'MatMul' ? [node.inputs[1]] : node.inputs.slice(1, 3);
  return {
    bytes: written,
    report: {
      quantised: [...plan.integer].flatMap(weightsOf),
      stored: [...plan.stored].flatMap(weightsOf),
      skipped: plan.skipped,
      bytesBefore: bytes.length,
      bytesAfter: written.length,
    },
  };
}
