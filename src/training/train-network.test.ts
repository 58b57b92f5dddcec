import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_RECIPE } from '../../tests/beat-recipe.js';
import { drawnBeatSet } from '../../tests/beat-set.js';
import { BEAT_CLASSES } from '../core/index.js';
import { loadBeatModel, readModelCard } from '../models/index.js';
import type { Runtime } from '../nn/index.js';
import { createNativeRuntime, createWasmRuntime } from '../nn/node.js';
import type { BeatSet } from './dataset.js';
import type { TrainingEvent } from './events.js';
import { predictLogits } from './predict.js';
import { releaseBeatModel } from './release.js';
import { type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from './train-network.js';
import { validationFigures } from './validation.js';

const { input, training } = TEST_RECIPE;
let runtime: Runtime;
let train: BeatSet;
let unseen: BeatSet;
let trained: TrainedNetwork;
let checkpoints: Uint8Array[];

const options = (more: Partial<TrainNetworkOptions> = {}): TrainNetworkOptions => ({
  recipe: TEST_RECIPE,
  train,
  seed: 4,
  run: 'test',
  ...more,
});

beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
  train = await drawnBeatSet(input, TEST_RECIPE.augmentation.shift, [1, 2, 3, 4]);
  unseen = await drawnBeatSet(input, 0, [11, 12]);
  checkpoints = [];
  trained = await trainNetwork(
    runtime,
    options({
      validation: unseen,
      checkpointSteps: 25,
      save: async (bytes) => {
        checkpoints.push(bytes);
      },
    }),
  );
});

describe('trainNetwork', () => {
  it('learns to tell drawn beats apart', () => {
    const { epochs } = trained;
    expect(epochs).toHaveLength(training.epochs);
    expect(epochs[3].loss).toBeLessThan(0.6 * epochs[0].loss);
    // Chance, or all N, gives a macro-F1 of about 0.3.
    expect(epochs[3].validation['macro-F1']).toBeGreaterThan(0.8);
  });

  it('gives the same numbers for the same seed, others for another', async () => {
    const again = await trainNetwork(runtime, options());
    expect(again.parameters).toEqual(trained.parameters);
    expect(again.statistics).toEqual(trained.statistics);
    expect(again.epochs.map(({ loss }) => loss)).toEqual(trained.epochs.map(({ loss }) => loss));
    const other = await trainNetwork(runtime, options({ seed: 5 }));
    expect(other.parameters).not.toEqual(trained.parameters);
  });

  it('goes on from any checkpoint to the same numbers, bit for bit', async () => {
    // Every 25 steps, and after each epoch of 30: 25 30 50 60 75 90 100 120.
    expect(checkpoints).toHaveLength(8);
    for (const resume of [checkpoints[0], checkpoints[3], checkpoints[7]]) {
      const resumed = await trainNetwork(runtime, options({ resume, validation: unseen }));
      expect(resumed).toEqual(trained);
    }
  });

  it('refuses a checkpoint of another recipe, and a damaged one', async () => {
    const recipe = { ...TEST_RECIPE, training: { ...training, weightDecay: 0.02 } };
    await expect(trainNetwork(runtime, options({ recipe, resume: checkpoints[0] }))).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('another recipe'),
    });
    const short = checkpoints[0].subarray(0, checkpoints[0].length - 9);
    await expect(trainNetwork(runtime, options({ resume: short }))).rejects.toMatchObject({
      code: 'bad-format',
    });
  });

  it('reports steps and epochs, and stops when cancelled', async () => {
    const events: TrainingEvent[] = [];
    const signal = { aborted: false };
    const run = trainNetwork(
      runtime,
      options({
        signal,
        onEvent: (event) => {
          events.push(event);
          if (event.kind === 'epoch') signal.aborted = true;
        },
      }),
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    const last = events[events.length - 1];
    expect(last).toMatchObject({ kind: 'epoch', run: 'test', epochs: 4, figures: { epoch: 1 } });
  });

  it('refuses beats of one class', async () => {
    const normal = { ...train, label: train.label.map(() => 0) };
    await expect(trainNetwork(runtime, options({ train: normal }))).rejects.toMatchObject({
      code: 'too-short',
    });
  });
});

describe('releaseBeatModel', () => {
  const released = (members: TrainedNetwork[]) =>
    releaseBeatModel(
      runtime,
      TEST_RECIPE,
      members,
      train,
      { temperature: 1.3, leastProbability: 0.6, figures: {}, intervals: {} },
      {
        training: [{ database: 'drawn', records: ['1', '2'] }],
        heldOut: [{ database: 'drawn', records: ['11'] }],
        metrics: [],
        recipeSha256: '0'.repeat(64),
        date: '2026-11-20',
        software: 'test',
      },
    );
  const release = async (members: TrainedNetwork[]) => (await released(members)).fp32;

  it('says nearly the same in integers', async () => {
    const { fp32, int8 } = await released([trained]);
    expect(readModelCard(int8).quantised).toBe(true);
    const label = async (bytes: Uint8Array) => {
      const logits = await predictLogits(runtime, bytes, TEST_RECIPE.input, train);
      return train.label.map((_, i) =>
        [0, 1, 2, 3, 4].reduce((best, c) => (logits[i * 5 + c] > logits[i * 5 + best] ? c : best), 0),
      );
    };
    const [exact, rounded] = [await label(fp32), await label(int8)];
    const same = exact.filter((c, i) => c === rounded[i]).length / exact.length;
    expect(same).toBeGreaterThan(0.97);
    // A control: a network of other weights does not agree.
    const other = await label(
      (
        await released([
          await trainNetwork(
            runtime,
            options({
              seed: 9,
              recipe: { ...TEST_RECIPE, training: { ...TEST_RECIPE.training, epochs: 1, stepsPerEpoch: 1 } },
            }),
          ),
        ])
      ).fp32,
    );
    expect(exact.filter((c, i) => c === other[i]).length / exact.length).toBeLessThan(0.97);
  });

  it('makes one file that every runtime loads, with the mean of the networks', async () => {
    const second = await trainNetwork(runtime, options({ seed: 9 }));
    const [both, one, two] = await Promise.all([
      release([trained, second]),
      release([trained]),
      release([second]),
    ]);
    expect(readModelCard(both).calibration.temperature).toBe(1.3);
    const [a, b, mean] = await Promise.all(
      [one, two, both].map((bytes) => predictLogits(runtime, bytes, input, unseen)),
    );
    for (let i = 0; i < mean.length; i++) expect(mean[i]).toBeCloseTo((a[i] + b[i]) / 2, 4);
    expect(validationFigures(mean, unseen.label)['macro-F1']).toBeGreaterThan(0.8);
    for (const host of [runtime, await createWasmRuntime()]) {
      const model = await loadBeatModel(both, host);
      expect(model.card.labels.map((label) => label.class)).toEqual(BEAT_CLASSES);
      await model.close();
    }
  });

  it('is refused when its weights were changed', async () => {
    const bytes = await release([trained]);
    // The last five numbers are the logits' biases; they stand in the file as they are.
    const at = Buffer.from(bytes).indexOf(Buffer.from(trained.parameters.slice(-5).buffer));
    expect(at).toBeGreaterThan(0);
    const tampered = bytes.slice();
    const view = new DataView(tampered.buffer);
    view.setFloat32(at, view.getFloat32(at, true) + 0.05, true);
    await expect(loadBeatModel(tampered, runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringContaining('golden vectors'),
    });
  });

  it('is refused when it is no model, or has no card', async () => {
    await expect(loadBeatModel(new Uint8Array([1, 2, 3]), runtime)).rejects.toMatchObject({
      code: 'bad-format',
    });
    const card = new TextEncoder().encode('ectopy.card');
    const renamed = Buffer.from(await release([trained]));
    renamed.set(new TextEncoder().encode('ectopy.cart'), renamed.indexOf(Buffer.from(card)));
    await expect(loadBeatModel(renamed, runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringContaining('ectopy.card'),
    });
  });
});
