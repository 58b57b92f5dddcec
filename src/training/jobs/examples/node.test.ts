import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tinyRecipe } from '../../../../tests/tiny-recipe.js';
import type { TrainingEvent } from '../../events.js';
import { parseRecipe } from '../../recipes/recipe.js';
import type { ExampleJob } from '../job.js';
import { readExampleJobResult, runExampleJob } from './node.js';

const root = mkdtempSync(join(tmpdir(), 'ectopy-job-'));
afterAll(() => rmSync(root, { recursive: true }));

function jobOf(folder: string, over: Partial<ExampleJob> = {}, recipe: object = {}): ExampleJob {
  return {
    kind: 'examples',
    run: 'narrow',
    folder: join(root, folder),
    recipe: parseRecipe({ ...tinyRecipe(), data: { hearts: 4 }, ...recipe }, 'tiny'),
    protocol: 'synthetic',
    network: 'narrow',
    seed: 1,
    fold: null,
    dataFolder: root,
    cacheFolder: root,
    checkpointSteps: 1,
    ...over,
  };
}

/** Epochs that were trained. */
async function train(job: ExampleJob, stopAfter = Number.POSITIVE_INFINITY): Promise<number[]> {
  const epochs: number[] = [];
  const onEvent = (event: TrainingEvent): void => {
    if (event.kind === 'epoch') epochs.push(event.figures.epoch);
  };
  const signal = {
    get aborted() {
      return epochs.length >= stopAfter;
    },
  };
  await runExampleJob(job, onEvent, { signal });
  return epochs;
}

describe('runExampleJob', () => {
  it('leaves the network with its logits, and trains once', async () => {
    const job = jobOf('once');
    expect(await readExampleJobResult(job.folder)).toBeUndefined();
    expect(await train(job)).toEqual([1, 2]);
    expect(readdirSync(job.folder).sort()).toEqual(['curve.svg', 'epochs.json', 'result.bin']);
    const result = await readExampleJobResult(job.folder);
    // Four hearts validate, a window of each of two classes, two logits each; no fold, nothing held out.
    expect([result?.validationLogits.length, result?.heldOutLogits.length]).toEqual([16, 0]);
    expect([result?.bestEpoch, result?.epochs.length]).toEqual([2, 2]);
    expect(await train(job)).toEqual([]);
    // Another seed, network, share of the examples or data in the same folder is another training.
    expect(await train(jobOf('once', { seed: 2 }))).toEqual([1, 2]);
    expect(await train(jobOf('once', { seed: 2, network: 'wide' }))).toEqual([1, 2]);
    expect(
      await train(jobOf('once', { seed: 2, network: 'wide' }, { data: { hearts: 4, seed: 70 } })),
    ).toEqual([1, 2]);
    expect(await train(jobOf('once', {}, { every: 2 }))).toEqual([1, 2]);
    expect(await train(job)).toEqual([1, 2]);
  });

  it("scores a fold's held-out examples, and chooses nothing on them", async () => {
    const fold = { index: 1, count: 4, seed: 1, over: 'training' } as const;
    expect(await train(jobOf('fold', { fold }))).toEqual([1, 2]);
    const result = await readExampleJobResult(join(root, 'fold'));
    // Eight hearts in four folds: two are held out, with two windows each.
    expect([result?.validationLogits.length, result?.heldOutLogits.length]).toEqual([0, 8]);
    expect(result?.epochs.map(({ validation }) => validation)).toEqual([{}, {}]);
    expect(await train(jobOf('fold', { fold: { ...fold, index: 2 } }))).toEqual([1, 2]);
  });

  it('goes on from its checkpoint to the same numbers, and refuses that of another training', async () => {
    const whole = jobOf('whole');
    await train(whole);
    const part = jobOf('part');
    await expect(train(part, 1)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(part.folder)).toEqual(['checkpoint.bin']);
    await expect(train(jobOf('part', { seed: 2 }))).rejects.toMatchObject({
      message: expect.stringMatching(/checkpoint of narrow/),
    });
    expect(await train(part)).toEqual([2]);
    const [a, b] = await Promise.all([whole, part].map(({ folder }) => readExampleJobResult(folder)));
    expect(b?.parameters).toEqual(a?.parameters);
    expect(b?.validationLogits).toEqual(a?.validationLogits);
    expect(b?.parameters).not.toEqual((await readExampleJobResult(join(root, 'fold')))?.parameters);
    expect(existsSync(join(part.folder, 'checkpoint.bin'))).toBe(false);
  });

  it('refuses a damaged result and a network that the protocol does not train', async () => {
    const job = jobOf('damaged');
    await train(job);
    writeFileSync(join(job.folder, 'result.bin'), 'no result');
    await expect(train(job)).rejects.toMatchObject({ code: 'bad-format' });
    await expect(train(jobOf('none', { network: 'deep' }))).rejects.toThrow(
      /tiny: protocol synthetic trains no network 'deep'/,
    );
  });
});
