import { beforeAll, describe, expect, it } from 'vitest';
import { TOY_CONFIG, TOY_NETWORK, toyExamples } from '../../../tests/toy-examples.js';
import {
  averageOverTime,
  conv1d,
  dense,
  fromSignals,
  type Network,
  type Runtime,
  relu,
} from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import type { TrainingEvent } from '../events.js';
import type { ExampleSet } from '../examples/example-set.js';
import { exportClassifier } from './classifier-plan.js';
import { validationFigures } from './epoch-figures.js';
import { predictExamples } from './predict-examples.js';
import { type TrainClassifierOptions, type TrainedClassifier, trainClassifier } from './train-classifier.js';
import type { TrainingConfig } from './training-config.js';

const range = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

const set = toyExamples(800, 1);
// 500 training examples: 16 steps an epoch, the last of 20 rows.
const sides = { set, train: range(0, 500), validation: range(500, 650), test: range(650, 800) };
/** All that can go wrong on resuming: order, augmentation, averages, the plateau, and the best epoch. */
const FULL: TrainingConfig = {
  ...TOY_CONFIG,
  epochs: 4,
  schedule: { kind: 'plateau', patience: 0, factor: 0.5 },
  loss: { labelSmoothing: 0.05, focalGamma: 1, classWeightPower: 0.5 },
  augmentation: { kind: 'signal', gain: 0.2, shift: 3, noise: 0.1 },
  smote: { share: 1, neighbours: 3 },
  clipNorm: 1,
  ema: 0.9,
  earlyStopping: { patience: 3 },
};
let runtime: Runtime;

beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

const train = (
  config: Partial<TrainingConfig> = {},
  more: Partial<TrainClassifierOptions> = {},
): Promise<TrainedClassifier> =>
  trainClassifier(runtime, {
    network: TOY_NETWORK,
    config: { ...TOY_CONFIG, ...config },
    set,
    train: sides.train,
    validation: sides.validation,
    seed: 4,
    run: 'test',
    ...more,
  });

async function figuresOf(trained: TrainedClassifier, of: ExampleSet, indices: Int32Array) {
  const bytes = exportClassifier(TOY_NETWORK, of.shape, trained);
  const logits = await predictExamples(runtime, bytes, of, indices, 64);
  return validationFigures(
    logits,
    Uint8Array.from(indices, (i) => of.label[i]),
    2,
  );
}

/** Without the time it took. */
const numbersOf = ({ seconds: _, ...rest }: TrainedClassifier) => rest;

describe('trainClassifier', () => {
  it('learns to tell sines from sawtooths', async () => {
    const trained = await train({ epochs: 8, schedule: { kind: 'one-cycle', rise: 0.3 } });
    expect(trained.epochs).toHaveLength(8);
    expect(trained.epochs[7].loss).toBeLessThan(0.3 * trained.epochs[0].loss);
    const { accuracy } = await figuresOf(trained, set, sides.test);
    expect(accuracy).toBeGreaterThan(0.95);
    // Chance, by a network that has not learned.
    const raw = await train({ epochs: 1, learningRate: 1e-9 });
    expect((await figuresOf(raw, set, sides.test))['accuracy']).toBeLessThan(0.8);
  });

  it('gives the same numbers for the same seed, others for another', async () => {
    const [one, two, other] = [await train(FULL), await train(FULL), await train(FULL, { seed: 5 })];
    expect(numbersOf(two)).toEqual(numbersOf(one));
    expect(other.parameters).not.toEqual(one.parameters);
  });

  it('goes on from any checkpoint to the same numbers, bit for bit', async () => {
    for (const power of [0, 0.5]) {
      const config = { ...FULL, sampling: { power, epochShare: 1 } };
      const saved: Uint8Array[] = [];
      const save = async (bytes: Uint8Array): Promise<void> => {
        saved.push(bytes);
      };
      const whole = await train(config, { save, checkpointSteps: 10 });
      // Some within an epoch, one after each.
      expect(saved.length).toBeGreaterThan(6);
      for (const resume of saved) {
        const resumed = await train(config, { resume });
        expect(numbersOf(resumed)).toEqual(numbersOf(whole));
        expect(resumed.seconds).toBeGreaterThan(0);
      }
    }
  });

  it('keeps the best epoch and stops when no better one comes', async () => {
    // A rate far too high after three epochs' warmup: what was learned is lost.
    const config: Partial<TrainingConfig> = {
      epochs: 40,
      learningRate: 0.5,
      schedule: { kind: 'cosine', warmup: 39 },
    };
    const trained = await train({ ...config, earlyStopping: { patience: 4 } });
    const scores = trained.epochs.map(({ validation }) => validation['macro-F1']);
    const best = scores.indexOf(Math.max(...scores)) + 1;
    expect(trained.bestEpoch).toBe(best);
    expect(trained.epochs).toHaveLength(best + 4);
    expect(best + 4).toBeLessThan(40);
    const figures = await figuresOf(trained, set, sides.validation);
    expect(figures).toEqual(trained.epochs[best - 1].validation);
    // Without it, as many epochs give the last one's numbers, which are worse.
    const last = await train({ ...config, epochs: 40 }, {});
    expect(last.bestEpoch).toBe(40);
    expect(await figuresOf(last, set, sides.validation)).toEqual(last.epochs[39].validation);
    expect(last.epochs.slice(0, best + 4)).toEqual(trained.epochs);
  });

  it('needs no validation: the last weights, and no figures', async () => {
    const blind = await train({ earlyStopping: { patience: 1 } }, { validation: new Int32Array(0) });
    const plain = await train();
    expect(blind.parameters).toEqual(plain.parameters);
    expect(blind.bestEpoch).toBe(4);
    expect(blind.epochs.every(({ validation }) => Object.keys(validation).length === 0)).toBe(true);
  });

  it('trains on added examples', async () => {
    const sawtooths = [...sides.train].filter((i) => set.label[i] === 1);
    const sines = sides.train.filter((i) => set.label[i] === 0);
    const extra: ExampleSet = {
      ...set,
      data: Float32Array.from(sawtooths.flatMap((i) => [...set.data.subarray(i * 32, i * 32 + 32)])),
      label: new Uint8Array(sawtooths.length).fill(1),
      record: Uint16Array.from(sawtooths, (i) => set.record[i]),
    };
    const trained = await train({ epochs: 8 }, { train: sines, extra });
    expect((await figuresOf(trained, set, sides.test))['accuracy']).toBeGreaterThan(0.9);
    await expect(train({}, { extra: { ...extra, shape: [1, 16] } })).rejects.toMatchObject({
      code: 'bad-shape',
    });
  });

  it('learns from bytes what it learns from numbers', async () => {
    const bytes = {
      ...set,
      data: Uint8Array.from(set.data, (x) => Math.min(255, Math.max(0, Math.round(128 + 80 * x)))),
    };
    const trained = await train({ epochs: 10, learningRate: 0.02 }, { set: bytes });
    expect((await figuresOf(trained, bytes, sides.test))['accuracy']).toBeGreaterThan(0.9);
  });

  it('says what cannot be trained', async () => {
    const sines = sides.train.filter((i) => set.label[i] === 0);
    await expect(train({}, { train: sines })).rejects.toMatchObject({
      code: 'too-short',
      message: expect.stringContaining('class sawtooth'),
    });
    await expect(train({}, { validation: range(499, 600) })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('example 499'),
    });
    await expect(train({ schedule: { kind: 'cosine', warmup: 4 } })).rejects.toMatchObject({
      code: 'bad-option',
    });
    await expect(
      train({ schedule: { kind: 'plateau', patience: 1, factor: 0.1 } }, { validation: range(0, 0) }),
    ).rejects.toMatchObject({ code: 'bad-option', message: expect.stringContaining('plateau') });
    const broken = { ...set, data: Float32Array.from(set.data).fill(Number.NaN, 0, 3200) };
    await expect(train({}, { set: broken })).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('loss is NaN'),
    });
  });

  it("refuses another training's checkpoint", async () => {
    const saved: Uint8Array[] = [];
    await train(
      { epochs: 1 },
      {
        save: async (bytes) => {
          saved.push(bytes);
        },
      },
    );
    const [resume] = saved;
    const wider = toyExamples(800, 2);
    for (const other of [
      train({ epochs: 2 }, { resume }),
      train({ epochs: 1 }, { resume, seed: 5 }),
      train({ epochs: 1 }, { resume, set: wider }),
      train({ epochs: 1 }, { resume, train: range(0, 499) }),
    ]) {
      await expect(other).rejects.toMatchObject({ code: 'bad-option' });
    }
    await expect(train({ epochs: 1 }, { resume: resume.subarray(0, 100) })).rejects.toMatchObject({
      code: 'bad-format',
    });
  });

  it('reports epochs with the time left, and stops when cancelled', async () => {
    const events: TrainingEvent[] = [];
    const signal = { aborted: false };
    const run = train(
      {},
      {
        signal,
        onEvent: (event) => {
          events.push(event);
          if (event.kind === 'epoch') signal.aborted = true;
        },
      },
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    const last = events[events.length - 1];
    expect(last).toMatchObject({ kind: 'epoch', run: 'test', epochs: 4, figures: { epoch: 1 } });
    expect(last.secondsLeft).toBeGreaterThan(0);
  });

  it('keeps its memory over 240 steps', async () => {
    // 4 MB a batch: one kept a step would be 640 MB from the 80th to the 240th.
    const length = 16_384;
    const n = 144;
    const long: ExampleSet = {
      ...set,
      shape: [1, length],
      data: Float32Array.from({ length: n * length }, (_, i) => ((i >> 14) % 2) * (i % 7)),
      label: Uint8Array.from({ length: n }, (_, i) => i % 2),
      record: new Uint16Array(n),
    };
    const network: Network = (b, { x }) => {
      const map = relu(conv1d(b, 'conv', fromSignals(b, x), { channels: 2, kernel: 8, stride: 64 }));
      return { logits: dense(b, 'head', averageOverTime(b, map), { units: 2 }) };
    };
    const memory: number[] = [];
    await train(
      { epochs: 120, batchSize: 64, earlyStopping: { patience: 200 } },
      {
        network,
        set: long,
        train: range(0, 128),
        validation: range(128, 144),
        onEvent: ({ kind }) => {
          if (kind === 'epoch') memory.push(process.memoryUsage().rss / 2 ** 20);
        },
        save: async () => {},
        checkpointSteps: 1,
      },
    );
    expect(memory).toHaveLength(120);
    expect(memory[119] - memory[39]).toBeLessThan(120);
  });
});
