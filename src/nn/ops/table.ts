import type { Rule } from '../graph.js';
import { geluRule } from './activations.js';
import { expandRule, reduceSumRule } from './broadcast.js';
import { convRule, convTransposeRule } from './convolution.js';
import * as elementwise from './elementwise.js';
import { gatherRule } from './gather.js';
import * as layout from './layout.js';
import { constantRule, inputRule } from './leaf.js';
import { matmulRule } from './matmul.js';
import { batchNormInferenceRule, batchNormRule, layerNormRule } from './normalisation.js';
import { averagePoolRule, maxPoolRule } from './pooling.js';
import { gruRule, lstmRule } from './recurrent.js';
import { reduceMaxRule, reduceMeanRule, reduceSumSquareRule } from './reduce.js';
import { logSoftmaxRule, softmaxRule } from './softmax.js';
import { upsampleRule } from './upsample.js';

/** Every operation the engine has; each needs a shape, a gradient, its ONNX form and test cases. */
export const OPS = {
  input: inputRule,
  constant: constantRule,
  add: elementwise.addRule,
  subtract: elementwise.subtractRule,
  multiply: elementwise.multiplyRule,
  divide: elementwise.divideRule,
  maximum: elementwise.maximumRule,
  minimum: elementwise.minimumRule,
  greater: elementwise.greaterRule,
  greaterOrEqual: elementwise.greaterOrEqualRule,
  equal: elementwise.equalRule,
  negate: elementwise.negateRule,
  exp: elementwise.expRule,
  log: elementwise.logRule,
  sqrt: elementwise.sqrtRule,
  abs: elementwise.absRule,
  sign: elementwise.signRule,
  sin: elementwise.sinRule,
  cos: elementwise.cosRule,
  tanh: elementwise.tanhRule,
  sigmoid: elementwise.sigmoidRule,
  erf: elementwise.erfRule,
  relu: elementwise.reluRule,
  leakyRelu: elementwise.leakyReluRule,
  elu: elementwise.eluRule,
  softplus: elementwise.softplusRule,
  gelu: geluRule,
  power: elementwise.powerRule,
  stopGradient: elementwise.stopGradientRule,
  reverseGradient: elementwise.reverseGradientRule,
  reshape: layout.reshapeRule,
  flatten: layout.flattenRule,
  transpose: layout.transposeRule,
  slice: layout.sliceRule,
  reverse: layout.reverseRule,
  concat: layout.concatRule,
  split: layout.splitRule,
  pad: layout.padRule,
  gather: gatherRule,
  expand: expandRule,
  reduceSum: reduceSumRule,
  reduceMean: reduceMeanRule,
  reduceMax: reduceMaxRule,
  reduceSumSquare: reduceSumSquareRule,
  matmul: matmulRule,
  conv: convRule,
  convTranspose: convTransposeRule,
  maxPool: maxPoolRule,
  averagePool: averagePoolRule,
  upsample: upsampleRule,
  batchNorm: batchNormRule,
  batchNormInference: batchNormInferenceRule,
  layerNorm: layerNormRule,
  softmax: softmaxRule,
  logSoftmax: logSoftmaxRule,
  lstm: lstmRule,
  gru: gruRule,
} satisfies Readonly<Record<string, Rule>>;

export type Op = keyof typeof OPS;
