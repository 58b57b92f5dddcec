// Networks as graphs of operations, written as ONNX files, trained and run by ONNX Runtime.
//
// Define a network once; it is built for training and for inference alike:
//
//   const network: Network = (b, { signals, rr }) => {
//     let x = fromSignals(b, signals);                                    // [N, 2, 256]
//     x = conv1d(b, 'conv1', x, { channels: 32, kernel: 5, bias: false });
//     x = relu(maxPool1d(batchNorm(b, 'norm1', x), 2));                   // pool before ReLU: same result, half the work
//     const features = concat([averageOverTime(b, x), rr], 1);            // [N, 32 + 4]
//     const hidden = dropout(b, 'drop', relu(dense(b, 'hidden', features, { units: 64 })), 0.3);
//     return { logits: dense(b, 'head', hidden, { units: 5 }) };
//   };
//
// Train it, in a worker thread, for a step blocks; the last batch is padded with rows of weight 0:
//
//   const runtime = await createNativeRuntime({ threads: 2 });            // from './node.js'
//   const trainer = await createTrainer(runtime, {
//     network,
//     inputs: { signals: ['N', 2, 256], rr: ['N', 4], targets: ['N', 5], weights: ['N'] },
//     loss: ({ logits }, { targets, weights }) => crossEntropy(logits, targets, { weights, labelSmoothing: 0.1 }),
//     optimiser: adamW({ weightDecay: 0.01 }),
//     batchSize: 256, clipNorm: 1, emaDecay: 0.999,
//   }, { seed: 1 });
//   const rate = cosineRate(1e-3, steps);
//   const { loss } = await trainer.step({ signals, rr, targets, weights }, rate(step));   // Float32Arrays
//   const checkpoint = trainer.state();                                   // trainer.restore(checkpoint)
//
// Export it and run it, here or in a browser, with any batch size:
//
//   const bytes = trainer.export({ metadata: { card: JSON.stringify(card) } });
//   const model = await openModel(runtime, bytes);
//   const { logits } = await model.run({ signals: { data, shape: [n, 2, 256] }, rr: { data: rrs, shape: [n, 4] } });
//   readModelMetadata(bytes).card;
//
// Make it a quarter of the size, with integer kernels, by the ranges that some hundred training examples show:
//
//   const { bytes: small, report } = await quantiseModel(runtime, bytes, [{ signals: { data, shape: [n, 2, 256] }, rr }]);

export {
  type Builder,
  type InputShapes,
  initialParameters,
  type Network,
  type ParameterSpec,
  scoped,
} from './builder.js';
export { type ExportOptions, exportModel } from './export.js';
export { exportGradient, type GradientOptions } from './export-gradient.js';
export { type FileGradientOptions, fileGradients, lastMaps } from './file-gradient.js';
export { gradients, gradientsOf } from './gradient.js';
export type { Shape, Value } from './graph.js';
export { filled, glorotUniform, heNormal, type Initialiser, orthogonal, uniform } from './initialisers.js';
export { type AttentionOptions, attention } from './layers/attention.js';
export { type Conv1dOptions, type Conv2dOptions, conv1d, conv2d } from './layers/convolution.js';
export { type DenseOptions, dense } from './layers/dense.js';
export { dropPath } from './layers/drop-path.js';
export { globalResponseNorm } from './layers/grn.js';
export { type BatchNormOptions, batchNorm, dropout, layerNorm } from './layers/normalisation.js';
export { gru, lstm, type RecurrentOptions, type RecurrentOutput } from './layers/recurrent.js';
export {
  averageOverTime,
  flattenImages,
  fromSignals,
  maximumOverTime,
  maxPool1d,
  toFeatures,
  toSignals,
  toTokens,
} from './layers/signals.js';
export {
  binaryCrossEntropy,
  type CrossEntropyOptions,
  crossEntropy,
  meanAbsoluteError,
  meanSquaredError,
} from './losses.js';
export { type Model, openModel } from './model.js';
export { addModelMetadata, readModelMetadata } from './onnx/metadata.js';
export { shuffleWeights, weightDepths } from './onnx/shuffle-weights.js';
export { type ModelSignature, readModelSignature, type TensorSignature } from './onnx/signature.js';
export { type WriteOptions, writeModel } from './onnx/write.js';
export { gelu, selu, silu } from './ops/activations.js';
export { expand, reduceSum } from './ops/broadcast.js';
export { conv, convTranspose } from './ops/convolution.js';
export {
  abs,
  add,
  cos,
  divide,
  elu,
  equal,
  erf,
  exp,
  greater,
  greaterOrEqual,
  leakyRelu,
  log,
  maximum,
  minimum,
  multiply,
  negate,
  power,
  relu,
  reverseGradient,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  stopGradient,
  subtract,
  tanh,
} from './ops/elementwise.js';
export { gather } from './ops/gather.js';
export { concat, pad, reshape, reverse, slice, split, transpose } from './ops/layout.js';
export { constant, input } from './ops/leaf.js';
export { matmul } from './ops/matmul.js';
export { averagePool, globalAveragePool, maxPool } from './ops/pooling.js';
export { reduceMax, reduceMean, reduceSumSquare } from './ops/reduce.js';
export { logSoftmax, softmax } from './ops/softmax.js';
export { OPS, type Op } from './ops/table.js';
export { upsample } from './ops/upsample.js';
export {
  type AdamWOptions,
  adamW,
  type Optimiser,
  type SgdOptions,
  sgd,
  type UpdateInputs,
} from './optimisers.js';
export { type OnnxRuntimeModule, onnxRuntime } from './ort.js';
export type { CalibrationBatches } from './quantise/calibrate.js';
export { leastError, type RangeRule, wholeRange, withoutTails } from './quantise/histogram.js';
export { type QuantisedModel, type QuantiseOptions, quantiseModel } from './quantise/quantise-model.js';
export type { Runtime, Session, Tensor } from './runtime.js';
export {
  constantRate,
  cosineRate,
  type OneCycleOptions,
  oneCycleRate,
  type PlateauOptions,
  type PlateauState,
  reducePlateau,
  type Schedule,
  startPlateau,
  stepRate,
  withWarmup,
} from './schedules.js';
export {
  createTrainer,
  type StepReport,
  type Trainer,
  type TrainerOptions,
  type TrainingState,
} from './trainer.js';
export { buildTrainingGraph, type TrainingGraph, type TrainingPlan } from './training-graph.js';
