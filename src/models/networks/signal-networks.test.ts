import { checkNetworks, conv, dense, lstm, type NetworkCase } from '../../../tests/network-checks.js';

const dropout = 0.3;
const two = [
  { channels: 4, kernel: 5, pool: 2 },
  { channels: 6, kernel: 3, pool: 2 },
];

const CASES: readonly NetworkCase[] = [
  {
    config: {
      kind: 'rhythm-net',
      figures: 4,
      beat: 8,
      stem: { fold: 2, channels: 3, kernel: 3 },
      blocks: [
        { channels: 4, kernel: 3 },
        { channels: 4, kernel: 3 },
      ],
      beatChannels: 2,
      figureUnits: 5,
      hidden: 6,
      dropout,
    },
    shape: [3, 24],
    // 24 samples folded to 12, halved twice.
    map: [4, 1, 3],
    parameters:
      conv(4, 3, 3) +
      6 +
      (conv(3, 4, 3) + 8 + conv(4, 4, 3) + 8 + conv(3, 4, 1) + 8) +
      2 * (conv(4, 4, 3) + 8) +
      (conv(2, 2, 7) + 4 + conv(2, 2, 5) + 4) +
      (8 + dense(4, 5)) +
      dense(4 + 4 + 5 + 2, 6) +
      dense(6, 3),
  },
  {
    config: { kind: 'screening-cnn', convs: two, hidden: 8, dropout },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters: conv(1, 4, 5) + 4 + conv(4, 6, 3) + 6 + dense(30, 8) + dense(8, 3),
  },
  {
    config: { kind: 'cnn-bilstm', convs: two, units: 5, readout: 'last', hidden: 8, dropout },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters: conv(1, 4, 5) + 8 + conv(4, 6, 3) + 12 + 2 * lstm(6, 5) + dense(10, 8) + dense(8, 3),
  },
  {
    config: { kind: 'cnn-1d', convs: two, hidden: 8, dropout },
    shape: [2, 22],
    map: [6, 1, 5],
    parameters: conv(2, 4, 5) + 8 + conv(4, 6, 3) + 12 + dense(12, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'lstm-1d',
      frame: 4,
      embedding: 7,
      recurrent: { layers: 2, units: 5, bidirectional: true },
      readout: 'mean-max',
      hidden: 8,
      dropout,
    },
    shape: [2, 22],
    map: [7, 1, 6],
    parameters: dense(8, 7) + 2 * lstm(7, 5) + 2 * lstm(10, 5) + dense(20, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-1d',
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: false },
      readout: 'mean-max',
      hidden: 8,
      dropout,
    },
    shape: [2, 22],
    map: [6, 1, 5],
    parameters: conv(2, 4, 5) + 8 + conv(4, 6, 3) + 12 + lstm(6, 5) + dense(10, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-attention-1d',
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: true },
      attention: { kind: 'additive', units: 4 },
      hidden: 8,
      dropout,
    },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters:
      conv(1, 4, 5) + 8 + conv(4, 6, 3) + 12 + 2 * lstm(6, 5) + dense(10, 4) + 4 + dense(10, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-attention-1d',
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: true },
      attention: { kind: 'multi-head', heads: 2 },
      hidden: 8,
      dropout,
    },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters:
      conv(1, 4, 5) +
      8 +
      conv(4, 6, 3) +
      12 +
      2 * lstm(6, 5) +
      (4 * dense(10, 10) + 20) +
      dense(10, 8) +
      dense(8, 3),
  },
  {
    config: {
      kind: 'resnet-1d',
      stem: { channels: 4, kernel: 7, stride: 2, pool: 2 },
      kernel: 3,
      stages: [
        { channels: 4, blocks: 1 },
        { channels: 6, blocks: 2 },
      ],
      dropout,
    },
    shape: [2, 45],
    map: [6, 1, 6],
    // The first stage keeps its width and needs no projection; the second has one.
    parameters:
      conv(2, 4, 7) +
      8 +
      2 * (conv(4, 4, 3) + 8) +
      (conv(4, 6, 3) + 12 + conv(6, 6, 3) + 12 + conv(4, 6, 1) + 12) +
      2 * (conv(6, 6, 3) + 12) +
      dense(6, 3),
  },
];

checkNetworks(CASES);
