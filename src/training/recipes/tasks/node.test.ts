import { describe, expect, it } from 'vitest';
import { tinyRecipe } from '../../../../tests/tiny-recipe.js';
import { countExamples } from '../../examples/example-set.js';
import type { FoldChoice } from '../../examples/fold-split.js';
import { parseRecipe } from '../recipe.js';
import { prepareExamples, taskOf } from './node.js';

const recipeWith = (over: object) =>
  parseRecipe({ ...tinyRecipe(), data: { hearts: 4, windowsPerHeart: 2 }, ...over }, 'tiny');
const prepare = (over: object = {}, protocol = 'synthetic', input: string | null = null, fold?: FoldChoice) =>
  prepareExamples(
    recipeWith(over),
    protocol,
    input,
    { dataFolder: 'nowhere', cacheFolder: 'nowhere' },
    fold ?? null,
  );

describe('prepareExamples', () => {
  it("gives a protocol's split, thinned by every n-th example of a class", async () => {
    const whole = await prepare();
    const thin = await prepare({ every: 3 });
    // Four hearts a side, two windows of each class: 8 of a class, of which the 1st, 4th and 7th stay.
    for (const side of ['train', 'validation', 'test'] as const) {
      expect(countExamples(whole.set, whole.split[side])).toEqual([8, 8]);
      expect(countExamples(thin.set, thin.split[side])).toEqual([3, 3]);
    }
  });

  it("gives a fold's split, with the protocol's data", async () => {
    const protocols = {
      synthetic: { networks: null, by: 'test set', seeds: [1], training: {}, data: { hearts: 3 } },
    };
    const fold = { index: 0, count: 3, seed: 1, over: 'training' } as const;
    const { set, split } = await prepare({ protocols, published: [] }, 'synthetic', null, fold);
    // Six hearts outside the test set in three folds: two are held out, with two windows of each class.
    expect(set.records).toHaveLength(9);
    expect([split.train, split.validation, split.test].map((side) => countExamples(set, side))).toEqual([
      [8, 8],
      [0, 0],
      [4, 4],
    ]);
  });

  it.each<[Parameters<typeof prepare>, string, RegExp]>([
    [[{}, 'leaky'], 'bad-option', /^tiny: there is no protocol 'leaky', give synthetic or honest$/],
    [[{}, 'synthetic', 'picture'], 'bad-option', /^tiny: there is no input 'picture', give window$/],
    [
      [{ data: { heart: 1, hearts: 0 } }],
      'bad-option',
      /^tiny: data: 2 faults: hearts: .*heart: unknown key$/,
    ],
    [
      [{}, 'honest'],
      'not-found',
      /^tiny: recordings are missing in nowhere: .*fetch them: ectopy data get mitdb$/,
    ],
  ])('refuses %j', async (given, code, message) => {
    await expect(prepare(...given)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('knows its tasks', () => {
    expect(taskOf(recipeWith({})).name).toBe('cardiospike');
    expect(() => taskOf(recipeWith({ task: 'weather' }))).toThrow(
      /^tiny: there is no task 'weather', give one of cardiospike, heartbeat, /,
    );
  });
});
