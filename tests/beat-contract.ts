import type { InputContract } from '../src/models/index.js';

/** A small input contract for tests, with every part in use. */
export const TEST_CONTRACT: InputContract = {
  fs: 128,
  leads: { count: 2, first: ['MLII', 'II'], mostInvalid: 0.1 },
  resample: { cutoff: 40, halfWidth: 0.05 },
  baseline: { decimation: 4, windows: [7, 19] },
  alignment: { search: 0.05, weights: [1, 0.5] },
  window: { before: 0.25, after: 0.3125 },
  span: 1800,
  scale: { reach: 0.1, smallest: 0.001 },
  clip: 6,
  template: { minRr: 0.85, maxRr: 1.4, mostBeats: 100, fewest: 5, difference: true },
  rr: {
    shortest: 0.2,
    longest: 3,
    meanReach: 1800,
    reach: 10,
    clip: [0.2, 3],
    statistics: ['pre', 'post', 'pre/post', 'irregularity', 'compensation'],
  },
  likeness: {
    reach: 2,
    zones: [
      { name: 'qrs', from: -0.08, to: 0.09, floor: 0.05 },
      { name: 'p', from: -0.26, to: -0.07, floor: 0.02 },
    ],
    smallest: 0.02,
    relative: ['qrs'],
    neighbourhood: ['p'],
  },
};
