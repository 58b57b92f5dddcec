import { describe, expect, it } from 'vitest';
import { tinyRecipe } from '../../../tests/tiny-recipe.js';
import { networkPlans, parseRecipe, protocolData, type Recipe } from './recipe.js';

type Json = ReturnType<typeof tinyRecipe>;

/** The tiny recipe with something put elsewhere: `networks.wide.training`, 1. */
function changed(...changes: readonly (readonly [string, unknown])[]): Json {
  const recipe = tinyRecipe();
  for (const [path, value] of changes) {
    const names = path.split('.');
    const last = names.pop() as string;
    const place = names.reduce<Json>((at, name) => at[name] as Json, recipe);
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return recipe;
}

const parsed = (...changes: readonly (readonly [string, unknown])[]): Recipe =>
  parseRecipe(changed(...changes), 'here.json');

const faultOf = (...changes: readonly (readonly [string, unknown])[]): string => {
  try {
    parsed(...changes);
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad-option' });
    return (error as Error).message;
  }
  return 'none';
};

describe('parseRecipe', () => {
  it('takes a sound recipe', () => {
    expect(faultOf()).toBe('none');
    expect(parsed().networks).toHaveProperty('wide.network.convs.0.channels', 4);
    // What is left out of a protocol's data is nothing.
    expect(parsed().protocols['synthetic'].data).toEqual({});
  });

  it('names all faults of its form at once, with their places, and unknown keys among them', () => {
    const fault = faultOf(
      ['version', '1'],
      ['color', 'red'],
      ['training.epochs', 0],
      ['training.loss.focalGama', 2],
      ['networks.wide.network.kind', 'alexnet'],
      ['protocols.honest.seeds', []],
      ['folds.count', 1],
      ['every', undefined],
    );
    expect(fault).toMatch(/^here\.json: 8 faults: /);
    const places = [
      'version: Expected major.minor.patch',
      'color: unknown key',
      'training.epochs: ',
      'training.loss.focalGama: unknown key',
      'networks.wide.network.kind: ',
      'protocols.honest.seeds: ',
      'folds.count: ',
      'every: ',
    ];
    for (const place of places) expect(fault).toContain(place);
  });

  it('names all references to networks and protocols that are not there, and faults of overlays with them', () => {
    const fault = faultOf(
      ['ensemble', ['narrow', 'deep']],
      ['paired', { baseline: 'shallow', against: ['wide'] }],
      ['protocols.honest.networks', ['broad']],
      ['published.0.network', 'first'],
      ['published.1.figures', { leaky: 'a.b' }],
      ['networks.wide.training', { batchsize: 3 }],
      ['protocols.synthetic.training', { learningRate: -1 }],
    );
    // The protocol's rate is wrong for both networks, `wide` has one of its own.
    expect(fault).toMatch(/^here\.json: 8 faults: /);
    const places = [
      "ensemble: there is no network 'deep'",
      "paired: there is no network 'shallow'",
      "protocols.honest.networks: there is no network 'broad'",
      "published accuracy: there is no network 'first'",
      "published both: macro-F1: there is no protocol 'leaky'",
      'synthetic, narrow: training.learningRate: ',
      'synthetic, wide: training.learningRate: ',
      'synthetic, wide: training.batchsize: ',
    ];
    for (const place of places) expect(fault).toContain(place);
    expect(faultOf(['ensemble', ['narrow', 'toString']])).toMatch(/no network 'toString'/);
  });

  it.each([
    ['protocols.honest.seeds', [1, 2, 1], /seeds: Expected each seed once/],
    ['protocols.honest.networks', ['wide', 'wide'], /networks: Expected each name once/],
    ['ensemble', ['wide', 'wide'], /ensemble: Expected each name once/],
    [
      'paired',
      { baseline: 'wide', against: ['narrow', 'wide'] },
      /paired: Expected others than the baseline/,
    ],
  ])('refuses to count one thing twice: %s', (path, value, message) => {
    expect(faultOf([path, value])).toMatch(message);
  });
});

describe('networkPlans', () => {
  it("lays a network's training over the recipe's, and the protocol's over both", () => {
    const recipe = parsed(
      ['networks.wide.training', { batchSize: 16, epochs: 7, loss: { focalGamma: 2 } }],
      ['protocols.synthetic.training', { epochs: 5, clipNorm: 1 }],
    );
    const [narrow, wide] = networkPlans(recipe, 'synthetic').map(({ training }) => training);
    expect(narrow).toEqual({ ...recipe.training, epochs: 5, clipNorm: 1 });
    expect(wide).toEqual({
      ...recipe.training,
      batchSize: 16,
      epochs: 5,
      clipNorm: 1,
      // Objects are merged: the other two stay.
      loss: { labelSmoothing: 0, focalGamma: 2, classWeightPower: 0 },
    });
    // Another protocol's overlay has no part in it.
    expect(networkPlans(recipe, 'honest')[0].training).toEqual({ ...recipe.training, epochs: 1 });
  });

  it('takes an object of another kind whole, and merges one of the same', () => {
    const cosine = { kind: 'cosine', warmup: 1 };
    const recipe = parsed(
      ['training.schedule', { kind: 'step', every: 2, factor: 0.5 }],
      ['networks.wide.training', { schedule: { kind: 'step', factor: 0.1 } }],
      ['networks.narrow.training', { schedule: cosine }],
      ['protocols.synthetic.training', { augmentation: { kind: 'signal', gain: 0.3 } }],
    );
    const [narrow, wide] = networkPlans(recipe, 'synthetic').map(({ training }) => training);
    expect(narrow.schedule).toEqual(cosine);
    expect(wide.schedule).toEqual({ kind: 'step', every: 2, factor: 0.1 });
    expect(narrow.augmentation).toEqual({ kind: 'signal', gain: 0.3, shift: 20, noise: 0.02 });
    // Merged with the step schedule, the cosine's would have had keys that it does not know.
    expect(faultOf(['networks.wide.training', { schedule: { ...cosine, every: 2 } }])).toMatch(
      /schedule\.every/,
    );
  });

  it('replaces null by an object and an object by null', () => {
    const smote = { share: 0.5, neighbours: 3 };
    const recipe = parsed(
      ['training.earlyStopping', { patience: 3 }],
      ['protocols.synthetic.training', { smote, earlyStopping: null }],
    );
    expect(networkPlans(recipe, 'synthetic')[0].training).toMatchObject({ smote, earlyStopping: null });
  });

  it("trains the protocol's networks in its order, all when it names none", () => {
    const recipe = parsed(['protocols.honest.networks', ['wide', 'narrow']]);
    expect(networkPlans(recipe, 'honest').map(({ name }) => name)).toEqual(['wide', 'narrow']);
    expect(networkPlans(recipe, 'synthetic').map(({ name }) => name)).toEqual(['narrow', 'wide']);
  });

  it.each(['leaky', 'toString'])('knows no protocol %s', (protocol) => {
    expect(() => networkPlans(parsed(), protocol)).toThrow(
      `there is no protocol '${protocol}', give one of synthetic, honest`,
    );
  });
});

describe('protocolData', () => {
  it("is the recipe's data with the protocol's laid over it", () => {
    const recipe = parsed(
      ['protocols.honest.data', { hearts: 3, input: { length: 7 } }],
      ['data.input', { fs: 1 }],
    );
    expect(protocolData(recipe, 'honest')).toEqual({
      hearts: 3,
      windowsPerHeart: 1,
      input: { fs: 1, length: 7 },
    });
    expect(protocolData(recipe, 'synthetic')).toEqual(recipe.data);
  });
});
