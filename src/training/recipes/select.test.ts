import { describe, expect, it } from 'vitest';
import { tinyRecipe } from '../../../tests/tiny-recipe.js';
import { networkPlans, parseRecipe } from './recipe.js';
import { type RecipeSelection, selectRecipe } from './select.js';

const search = {
  method: 'random',
  trials: 3,
  epochs: 2,
  seed: 1,
  pruning: null,
  space: [{ path: 'training.learningRate', kind: 'log', low: 0.001, high: 0.1 }],
};
const recipe = parseRecipe(
  {
    ...tinyRecipe(),
    search,
    paired: { baseline: 'narrow', against: ['wide'] },
    protocols: {
      synthetic: { networks: null, by: 'test set', seeds: [1], training: { epochs: 9 } },
      honest: {
        networks: ['narrow'],
        by: 'cross-validation',
        seeds: [1, 2],
        training: {},
        data: { hearts: 3 },
      },
    },
  },
  'tiny',
);
const select = (selection: RecipeSelection) => selectRecipe(recipe, selection);

describe('selectRecipe', () => {
  it('takes the first protocol and all of it when nothing is asked for', () => {
    const all = select({});
    expect(Object.keys(all.protocols)).toEqual(['synthetic']);
    expect(all.protocols['synthetic']).toMatchObject({ networks: ['narrow', 'wide'], seeds: [1] });
    expect(all.networks).toEqual(recipe.networks);
    expect([all.ensemble, all.paired, all.search]).toEqual([recipe.ensemble, recipe.paired, recipe.search]);
    // The row of both protocols keeps the one figure.
    expect(all.published.map(({ figures }) => figures)).toEqual([
      { synthetic: 'tiny.synthetic.accuracy' },
      { synthetic: 'tiny.synthetic.macro-f1' },
    ]);
  });

  it('drops with a network what needs it', () => {
    const one = select({ networks: ['wide'] });
    expect(Object.keys(one.networks)).toEqual(['wide']);
    expect([one.ensemble, one.paired]).toEqual([null, null]);
    // The ensemble's row stays: it has no figure then. That of `narrow` goes.
    expect(one.published.map(({ network }) => network)).toEqual(['ensemble']);
  });

  it("keeps a protocol's own networks, data and kind of figures", () => {
    const { protocols, networks } = select({ protocol: 'honest', seeds: [5] });
    expect(protocols).toEqual({
      honest: { networks: ['narrow'], by: 'cross-validation', seeds: [5], training: {}, data: { hearts: 3 } },
    });
    expect(Object.keys(networks)).toEqual(['narrow']);
  });

  it('cuts epochs short wherever they stand, and never adds any', () => {
    const epochsOf = (epochs: number) => {
      const cut = select({ epochs, every: 4 });
      expect(cut.every).toBe(4);
      return [...networkPlans(cut, 'synthetic').map(({ training }) => training.epochs), cut.search?.epochs];
    };
    expect(epochsOf(1)).toEqual([1, 1, 1]);
    expect(epochsOf(5)).toEqual([5, 5, 2]);
    expect(epochsOf(50)).toEqual([9, 9, 2]);
  });

  it('changes nothing the second time, so that a run goes on with its own configuration', () => {
    const once = select({ networks: ['wide', 'narrow'], every: 2, epochs: 1, seeds: [4] });
    expect(JSON.stringify(selectRecipe(once, {}))).toBe(JSON.stringify(once));
    expect(JSON.stringify(selectRecipe(once, { every: 3 }))).not.toBe(JSON.stringify(once));
  });

  it.each([
    [{ protocol: 'leaky' }, "tiny: there is no protocol 'leaky'; give --protocol synthetic or honest"],
    [{ protocol: 'toString' }, "there is no protocol 'toString'"],
    [
      { protocol: 'honest', networks: ['wide'] },
      "tiny: protocol honest has no network 'wide'; give --network narrow",
    ],
    [{ networks: ['toString'] }, "no network 'toString'; give --network narrow or wide"],
    [{ seeds: [1, 1] }, 'protocols.synthetic.seeds: Expected each seed once'],
    [{ seeds: [] }, 'protocols.synthetic.seeds: '],
    [{ networks: [] }, 'protocols.synthetic.networks: '],
  ])('refuses %j', (selection, message) => {
    expect(() => select(selection)).toThrowError(
      expect.objectContaining({ code: 'bad-option', message: expect.stringContaining(message) }),
    );
  });
});
