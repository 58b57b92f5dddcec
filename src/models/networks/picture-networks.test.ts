import { describe, expect, it } from 'vitest';
import {
  CLASSES,
  checkNetworks,
  conv,
  countParameters,
  dense,
  gru,
  lstm,
  type NetworkCase,
} from '../../../tests/network-checks.js';
import { buildNetwork, type NetworkConfig } from './table.js';

const dropout = 0.3;
const two = [
  { channels: 4, kernel: 3, pool: 2 },
  { channels: 5, kernel: 3, pool: 2 },
];

const CASES: readonly NetworkCase[] = [
  {
    config: {
      kind: 'shallow-cnn-2d',
      colours: 1,
      reduce: 2,
      convs: two,
      batchNorm: false,
      hidden: 8,
      dropout,
    },
    shape: [2, 16, 24],
    map: [5, 2, 3],
    parameters: conv(2, 4, 9) + 4 + conv(4, 5, 9) + 5 + dense(30, 8) + dense(8, 3),
  },
  {
    config: { kind: 'deep-cnn-2d', colours: 3, reduce: 1, convs: two, batchNorm: true, hidden: 8, dropout },
    shape: [1, 9, 12],
    map: [5, 2, 3],
    parameters: conv(3, 4, 9) + 8 + conv(4, 5, 9) + 10 + dense(30, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-2d',
      colours: 1,
      reduce: 1,
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: true },
      readout: 'last',
      hidden: 8,
      dropout,
    },
    shape: [1, 9, 12],
    map: [5, 2, 3],
    parameters: conv(1, 4, 9) + 8 + conv(4, 5, 9) + 10 + 2 * lstm(10, 5) + dense(10, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-gru-attention-2d',
      colours: 1,
      reduce: 2,
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: true },
      attention: { kind: 'additive', units: 4 },
      hidden: 8,
      dropout,
    },
    shape: [1, 16, 24],
    map: [5, 2, 3],
    parameters:
      conv(1, 4, 9) + 8 + conv(4, 5, 9) + 10 + 2 * gru(10, 5) + dense(10, 4) + 4 + dense(10, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'convnext-v2',
      stem: 2,
      stages: [
        { depth: 1, width: 4 },
        { depth: 2, width: 6 },
      ],
      dropPath: 0.3,
      dropout,
    },
    shape: [2, 9, 12],
    map: [6, 2, 3],
    // Stem with norm, blocks, norm and convolution between the stages, norm and logits.
    parameters: conv(2, 4, 4) + 4 + 8 + block(4) + (8 + conv(4, 6, 4) + 6) + 2 * block(6) + 12 + dense(6, 3),
  },
];

/** A block of ConvNeXt V2, part by part: depthwise, norm, expansion, response norm, projection. */
function block(width: number): number {
  const parts = [
    conv(1, width, 49) + width,
    2 * width,
    dense(width, 4 * width),
    8 * width,
    dense(4 * width, width),
  ];
  const sum = parts.reduce((a, b) => a + b);
  expect(sum).toBe(8 * width ** 2 + 65 * width);
  return sum;
}

checkNetworks(CASES);

describe('published sizes', () => {
  const stages = (depths: number[], widths: number[]) =>
    depths.map((depth, i) => ({ depth, width: widths[i] }));
  const convnext = (depths: number[], widths: number[]): NetworkConfig => ({
    kind: 'convnext-v2',
    stem: 4,
    stages: stages(depths, widths),
    dropPath: 0.1,
    dropout: 0,
  });

  it('has 3,708,400 parameters as ConvNeXt V2 Atto', () => {
    // Woo et al., arXiv:2301.00808, table 11, and the published weights: 3.7 M.
    expect(countParameters(convnext([2, 2, 6, 2], [40, 80, 160, 320]), [3, 32, 32], 1000)).toBe(3_708_400);
  });

  it('has 271,269 parameters as the small one over one plane', () => {
    expect(countParameters(convnext([1, 1, 2, 1], [16, 32, 64, 128]), [1, 64, 128], 5)).toBe(271_269);
  });

  it('is the network of 128 × 128 × 3 as the deep CNN', () => {
    const config: NetworkConfig = {
      kind: 'deep-cnn-2d',
      colours: 3,
      reduce: 1,
      convs: [32, 64, 128].map((channels) => ({ channels, kernel: 3, pool: 2 })),
      batchNorm: false,
      hidden: 256,
      dropout: 0.5,
    };
    // By the layers: 896, 18,496, 73,856, 16 · 16 · 128 · 256 + 256, 256 · 6 + 6.
    expect(countParameters(config, [1, 128, 128], 6)).toBe(896 + 18_496 + 73_856 + 8_388_864 + 1_542);
  });
});

it('does not make colours of colours', () => {
  const build = () => buildNetwork(CASES[1].config, { shape: [3, 9, 12], classes: CLASSES });
  expect(build).toThrow(/colours 3 repeats one grey plane, the pictures have 3/);
});
