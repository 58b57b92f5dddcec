import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TEST_RECIPE } from '../../../tests/beat-recipe.js';
import { describeWithShared, sharedDir } from '../../../tests/shared-data.js';
import { loadBeatModel, readModelCard } from '../../models/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { openRunForward } from '../doubt/node.js';
import type { TrainingEvent } from '../events.js';
import { readJobResult } from '../jobs/run/node.js';
import type { BeatRecipe } from '../recipe.js';
import { type TrainBeatsOptions, trainBeats } from './node.js';

const folder = mkdtempSync(join(tmpdir(), 'ectopy-training-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = (recipe: BeatRecipe, more: Partial<TrainBeatsOptions> = {}): TrainBeatsOptions => ({
  recipe,
  dataFolder: `${sharedDir}/data`,
  cacheFolder: join(folder, 'cache'),
  runsFolder: join(folder, 'runs'),
  workers: 2,
  software: 'test',
  ...more,
});

describe('trainBeats', () => {
  it('refuses to train on a patient of the test set, unless named leaky', async () => {
    // 201 of DS1 and 202 of DS2 are one patient.
    const recipe: BeatRecipe = {
      ...TEST_RECIPE,
      train: [{ database: 'mitdb', records: 'DS1', except: [] }],
    };
    const elsewhere = { dataFolder: join(folder, 'nowhere') };
    await expect(trainBeats(options(recipe, elsewhere))).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('mitdb/201'),
    });
    // The auditor lets these pass; then the data are missing.
    const clean = { ...recipe, train: [{ ...recipe.train[0], except: ['201'] }] };
    for (const passing of [clean, { ...recipe, leaky: true }]) {
      await expect(trainBeats(options(passing, elsewhere))).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describeWithShared('trainBeats on four records', () => {
  const recipe: BeatRecipe = {
    ...TEST_RECIPE,
    train: [{ database: 'mitdb', records: ['106', '119', '208', '223'], except: [] }],
    seeds: [3],
  };

  it('trains, is cancelled, goes on to the same numbers, and refuses another recipe', async () => {
    const trained = await trainBeats(options(recipe));
    expect(readdirSync(trained.folder).sort()).toEqual([
      'config.json',
      'fold-1-seed-3',
      'fold-2-seed-3',
      'metrics.json',
      'model.int8.onnx',
      'model.onnx',
      'seed-3',
      'split.json',
      'versions.json',
    ]);
    expect(readFileSync(join(trained.folder, 'seed-3', 'curve.svg'), 'utf8')).toContain('<polyline');
    const card = readModelCard(trained.model);
    expect(card.data.training).toEqual([{ database: 'mitdb', records: ['106', '119', '208', '223'] }]);
    expect(card.calibration.temperature).toBe(trained.crossValidation.temperature);

    // What the card says of doubt was fitted on all four patients, each unseen.
    expect(card.doubt?.conformal.map(({ coverage }) => coverage)).toEqual([0.95, 0.9]);
    expect(card.doubt?.conformal[0].patients[0]).toBe(4);
    const runtime = await createNativeRuntime({ threads: 1 });
    const model = await loadBeatModel(trained.model, runtime);
    const all = await openRunForward(trained.folder, recipe, runtime);
    const fold = await openRunForward(trained.folder, recipe, runtime, 0);
    const { channels, length, features } = model.shape;
    const input = [
      Float32Array.from({ length: channels * length }, (_, i) => Math.sin(i / 5)),
      new Float32Array(features).fill(0.5),
    ] as const;
    const [released, mean, folded] = await Promise.all(
      [model, all, fold].map(({ forward }) => forward(...input, 1)),
    );
    for (let c = 0; c < 5; c++) expect(mean[c]).toBeCloseTo(released[c], 4);
    // The fold's network has seen other patients, and is another.
    expect(Math.max(...folded.map((x, c) => Math.abs(x - mean[c])))).toBeGreaterThan(0.01);
    await Promise.all([model, all, fold].map(({ close }) => close()));
    await expect(openRunForward(trained.folder, recipe, runtime, 7)).rejects.toMatchObject({
      code: 'not-found',
    });

    // Cancelled after an epoch of the first network.
    const signal = { aborted: false };
    const runsFolder = join(folder, 'cancelled');
    const cancel = (event: TrainingEvent): void => {
      if (event.kind === 'epoch') signal.aborted = true;
    };
    const cancelled = trainBeats(options(recipe, { runsFolder, signal, onEvent: cancel }));
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const [name] = readdirSync(runsFolder);
    const resume = join(runsFolder, name);
    expect(await readJobResult(join(resume, 'fold-2-seed-3'))).toBeUndefined();

    const other = { ...recipe, seeds: [4] };
    await expect(trainBeats(options(other, { resume }))).rejects.toMatchObject({ code: 'bad-option' });

    const resumed = await trainBeats(options(recipe, { resume }));
    for (const job of ['seed-3', 'fold-1-seed-3', 'fold-2-seed-3']) {
      const [a, b] = await Promise.all([trained, resumed].map((run) => readJobResult(join(run.folder, job))));
      expect(b).toEqual(a);
    }
    expect(resumed.crossValidation).toEqual(trained.crossValidation);
  }, 120_000);
});
