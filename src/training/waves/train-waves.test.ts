import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { openModel, type Runtime } from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { exportWaves, type TrainWavesOptions, trainWaves } from './train-waves.js';
import { WAVE_OUTPUTS, waveBatches } from './wave-batches.js';
import { parseWaveRecipe } from './wave-recipe.js';
import type { WaveExample } from './wave-set.js';

const recipe = parseWaveRecipe(
  {
    name: 'test',
    version: '0.0.1',
    input: { fs: 250, chunk: 512, margin: 32, highPass: { cutoff: 0.5, order: 2 }, scaleBlock: 2 },
    network: { kind: 'unet-1d', stem: 5, channels: [8, 12, 16], depth: [0, 1, 1], kernel: 5 },
    augmentation: {
      stretch: 0.2,
      gain: 0.2,
      shorten: 0.1,
      polarity: 0,
      wander: { share: 0.3, amplitude: 0.1 },
      noise: { share: 0.5, deviation: 0.02 },
    },
    training: {
      epochs: 10,
      batchSize: 8,
      learningRate: 0.01,
      rise: 0.2,
      weightDecay: 0.01,
      clipNorm: 1,
      ema: 0.9,
      threads: 1,
    },
    folds: { count: 2, seed: 1 },
    seed: 1,
  },
  'test',
);
let runtime: Runtime;

beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

/** A lead drawn by hand: humps 0.2 high as P, spikes as QRS and humps 0.4 high as T, every 0.8 s. */
function drawn(seed: number): WaveExample {
  const random = createRandom(seed);
  const signal = Float32Array.from({ length: 900 }, () => 0.01 * random.normal());
  const spans: { from: number; to: number; output: number }[] = [];
  const add = (centre: number, half: number, height: number, output: number): void => {
    spans.push({ from: centre - half, to: centre + half, output });
    for (let i = Math.ceil(centre - half); i <= centre + half; i++)
      signal[i] += height * Math.cos((Math.PI * (i - centre)) / (2 * half));
  };
  for (let r = 60 + 40 * random.next(); r < 820; r += 190 + 20 * random.next()) {
    add(r - 40, 12, 0.2, 1);
    add(r, 10, 1, 2);
    add(r + 60, 25, 0.4, 3);
  }
  return { signal, spans, unsure: [{ from: Number.NEGATIVE_INFINITY, to: 0 }] };
}

const examples = Array.from({ length: 24 }, (_, i) => drawn(i));
const train = (more: Partial<TrainWavesOptions> = {}) =>
  trainWaves(runtime, { recipe, examples, seed: 4, run: 'test', ...more });

describe('trainWaves', () => {
  it('learns what each sample belongs to', async () => {
    const trained = await train();
    const model = await openModel(runtime, exportWaves(recipe, trained));
    const unseen = drawn(100);
    const x = unseen.signal.slice(100, 100 + recipe.input.chunk);
    const { probabilities } = await model.run({ x: { data: x, shape: [1, 1, x.length] } });
    const shares = probabilities.data as Float32Array;
    let right = 0;
    for (let k = 0; k < x.length; k++) {
      const own = unseen.spans.find(({ from, to }) => k + 100 >= from && k + 100 <= to)?.output ?? 0;
      const row = [...shares.subarray(k * WAVE_OUTPUTS, (k + 1) * WAVE_OUTPUTS)];
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      if (row.indexOf(Math.max(...row)) === own) right++;
    }
    // All background would be right in about half.
    expect(right / x.length).toBeGreaterThan(0.85);
    await model.release();
  });

  it('goes on from any checkpoint to the same numbers, bit for bit', async () => {
    const short = { ...recipe, training: { ...recipe.training, epochs: 4 } };
    const saved: Uint8Array[] = [];
    const save = async (bytes: Uint8Array): Promise<void> => {
      saved.push(bytes);
    };
    const whole = await train({ recipe: short, save, checkpointSteps: 2 });
    expect(saved.length).toBeGreaterThan(5);
    for (const resume of saved) {
      const resumed = await train({ recipe: short, resume });
      expect(resumed.parameters).toEqual(whole.parameters);
      expect(resumed.epochs).toEqual(whole.epochs);
    }
    expect((await train({ recipe: short, seed: 5 })).parameters).not.toEqual(whole.parameters);
    await expect(train({ resume: saved[0] })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('refuses fewer leads than a batch', async () => {
    await expect(train({ examples: examples.slice(0, 3) })).rejects.toMatchObject({ code: 'too-short' });
  });
});

describe('waveBatches', () => {
  it('gives a step the same batch in whatever order it is asked for', () => {
    const copy = (batches: ReturnType<typeof waveBatches>, step: number) =>
      structuredClone({ ...batches(step) });
    const forwards = waveBatches(examples, recipe, 1);
    const [first, , third] = [0, 1, 5].map((step) => copy(forwards, step));
    const backwards = waveBatches(examples, recipe, 1);
    expect(copy(backwards, 5)).toEqual(third);
    expect(copy(backwards, 0)).toEqual(first);
    expect(copy(waveBatches(examples, recipe, 2), 0)).not.toEqual(first);
  });
});
