import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_RECIPE } from '../../tests/beat-recipe.js';
import { drawnBeatSet } from '../../tests/beat-set.js';
import { createRandom } from '../core/index.js';
import { inputShape } from '../models/index.js';
import { augmentBeat } from './augment.js';
import { composeRange, createBatches } from './batches.js';
import type { BeatSet } from './dataset.js';
import { createSampler } from './sampler.js';

const { input, augmentation } = TEST_RECIPE;
const shape = inputShape(input);
const still = { gain: 0, leadDropout: 0, shift: 0, jitter: 0, leadSwap: 0, transplant: 0, synthetic: null };
let set: BeatSet;

beforeAll(async () => {
  set = await drawnBeatSet(input, augmentation.shift, [1, 2]);
});

describe('createBatches', () => {
  const sampler = () => createSampler(set, 0.5, [1, 1, 1, 1, 1]);

  it('gives the same batch for a step in any order, another for another seed', () => {
    const one = createBatches(set, sampler(), TEST_RECIPE, 7);
    const two = createBatches(set, sampler(), TEST_RECIPE, 7);
    two(0);
    two(5);
    expect(two(3)).toEqual(one(3));
    expect(createBatches(set, sampler(), TEST_RECIPE, 8)(3)).not.toEqual(one(3));
  });

  it('is what inference sees when nothing is disturbed', () => {
    const batch = createBatches(set, sampler(), { ...TEST_RECIPE, augmentation: still }, 7)(0);
    batch.chosen.forEach((beat, row) => {
      const { waves, features } = composeRange(set, input, beat, beat + 1);
      const size = shape.channels * shape.length;
      expect(batch.waves.slice(row * size, (row + 1) * size)).toEqual(waves);
      expect(batch.features.slice(row * shape.features, (row + 1) * shape.features)).toEqual(features);
      expect(batch.labels[row]).toBe(set.label[beat]);
    });
  });
});

describe('augmentBeat', () => {
  /** Rows of a beat that all know: leads 1 and 2 everywhere, ratios of 1. */
  const rows = () => {
    const waves = new Float32Array(shape.channels * shape.length);
    for (let channel = 0; channel < shape.channels; channel++) {
      waves.fill(1 + (channel % 2), channel * shape.length, (channel + 1) * shape.length);
    }
    const features = new Float32Array(shape.features);
    features.fill(1, shape.groups.ratios.from, shape.groups.ratios.to);
    const { from, to } = shape.groups.likeness;
    features.fill(0.1, from, (from + to) / 2);
    features.fill(0.2, (from + to) / 2, to);
    features.fill(1, shape.groups.present.from, shape.groups.present.to);
    return { waves, features };
  };
  const act = (settings: Partial<typeof augmentation>, seed = 1) => {
    const made = rows();
    const label = augmentBeat(made, 0, 0.8, input, shape, { ...still, ...settings }, createRandom(seed));
    return { ...made, label };
  };

  it('takes a lead away with all that is known of it', () => {
    const { waves, features } = act({ leadDropout: 1 });
    const lost = waves[0] === 0 ? 0 : 1;
    for (let channel = 0; channel < shape.channels; channel++) {
      expect(waves[channel * shape.length]).toBe(channel % 2 === lost ? 0 : 1 + (channel % 2));
    }
    expect(features[shape.groups.present.from + lost]).toBe(0);
    expect(features[shape.groups.present.from + 1 - lost]).toBe(1);
  });

  it('exchanges two leads with all that is known of them', () => {
    const { waves, features } = act({ leadSwap: 1 });
    expect([0, 1, 2, 3].map((channel) => waves[channel * shape.length])).toEqual([2, 1, 2, 1]);
    expect(features[shape.groups.likeness.from]).toBeCloseTo(0.2, 6);
    expect(features[shape.groups.likeness.to - 1]).toBeCloseTo(0.1, 6);
  });

  it('moves beat times, not the time they span', () => {
    const { features } = act({ jitter: 0.01 });
    const ratios = features.subarray(shape.groups.ratios.from, shape.groups.ratios.to);
    expect(ratios.some((x) => Math.abs(x - 1) > 1e-3)).toBe(true);
    // Each error lengthens one interval and shortens the next: only the ends' two remain.
    const sum = ratios.reduce((total, x) => total + x - 1, 0);
    expect(Math.abs(sum)).toBeLessThan(8 * 0.0125);
    expect(ratios.every((x) => Math.abs(x - 1) < 8 * 0.0125)).toBe(true);
  });

  it('makes premature beats: a short interval before, the label S, the QRS untouched', () => {
    const synthetic = {
      premature: 1,
      stillNormal: 0,
      wholeRecord: 0.5,
      longRuns: 0.5,
      fibrillation: 0,
      irregularity: 0.15,
    };
    let early = 0;
    for (let seed = 0; seed < 50; seed++) {
      const { waves, features, label } = act({ synthetic }, seed);
      expect(label).toBe(1);
      // Coupling intervals go up to 0.88, and 4 % of normal error on top.
      expect(features[shape.groups.ratios.from + input.rr.reach]).toBeLessThan(0.88 * 1.2);
      if (features[shape.groups.ratios.from + input.rr.reach] < 0.9) early++;
      for (let k = shape.peak - 7; k < shape.length; k++) expect(waves[k]).toBe(1);
    }
    expect(early).toBeGreaterThan(40);
  });

  it('makes irregular rhythms that keep their label', () => {
    const synthetic = {
      premature: 0,
      stillNormal: 0,
      wholeRecord: 0.5,
      longRuns: 0.5,
      fibrillation: 1,
      irregularity: 0.15,
    };
    const { features, label } = act({ synthetic });
    expect(label).toBe(0);
    const ratios = features.slice(shape.groups.ratios.from, shape.groups.ratios.to);
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeGreaterThan(1.2);
  });
});
