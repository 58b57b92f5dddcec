import type { BeatRecipe } from '../src/training/index.js';
import { TEST_CONTRACT } from './beat-contract.js';

/** A recipe small enough to train in a second, with every part in use. */
export const TEST_RECIPE: BeatRecipe = {
  name: 'tiny',
  version: '0.0.1',
  train: [{ database: 'mitdb', records: ['101', '106'], except: [] }],
  validate: { sources: [], every: 1 },
  test: [{ database: 'mitdb', records: 'DS2', except: [] }],
  leaky: false,
  input: TEST_CONTRACT,
  network: {
    waves: [
      { channels: 6, kernel: 5 },
      { channels: 8, kernel: 3 },
    ],
    ratios: { reach: 4, channels: 4, kernel: 3, units: 6 },
    likeness: { reach: 1, units: 6 },
    statistics: true,
    hidden: 12,
    dropout: 0.1,
  },
  sampling: { power: 0.5, classes: [1, 1, 1, 1, 1] },
  augmentation: {
    gain: 0.1,
    leadDropout: 0.1,
    shift: 1,
    jitter: 0.004,
    leadSwap: 0.1,
    transplant: 0.3,
    synthetic: {
      premature: 0.1,
      stillNormal: 0.4,
      wholeRecord: 0.5,
      longRuns: 0.5,
      fibrillation: 0.05,
      irregularity: 0.15,
    },
  },
  training: {
    epochs: 4,
    stepsPerEpoch: 30,
    batchSize: 32,
    learningRate: 0.02,
    warmup: 0.25,
    weightDecay: 0.01,
    labelSmoothing: 0.02,
    clipNorm: 5,
    ema: 0.9,
    logitAdjustment: 0.1,
    adversary: 0.05,
    threads: 1,
  },
  folds: { count: 2, seed: 1, networks: 1 },
  calibration: { coverage: 0.95 },
  seeds: [1, 2],
};
