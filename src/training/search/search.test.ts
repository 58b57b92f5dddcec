import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { applyPoint } from './apply-point.js';
import { gridPoint } from './grid.js';
import { logParzen, parzenOf } from './parzen.js';
import { shouldPrune } from './prune.js';
import { fromUnit, toUnit } from './scale.js';
import { type Dimension, type Point, type Search, SearchSchema, type Trial } from './search-config.js';
import { suggestPoint } from './suggest.js';
import { readTrialLog } from './trial-log.js';

const RATE: Dimension = { path: 'rate', kind: 'log', low: 1e-5, high: 1 };
const SHARE: Dimension = { path: 'share', kind: 'linear', low: 0, high: 1 };
const DEPTH: Dimension = { path: 'depth', kind: 'integer', low: 1, high: 8 };
const KIND: Dimension = { path: 'kind', kind: 'choice', values: ['a', 'b', 'c', 'd'] };

/** Highest, 0, at rate 1e-3, share 0.3, kind c. */
function figureOf(point: Point): number {
  const rate = (Math.log10(point['rate'] as number) + 3) / 5;
  return -(rate ** 2) - ((point['share'] as number) - 0.3) ** 2 - (point['kind'] === 'c' ? 0 : 0.1);
}

function bestAfter(method: 'tpe' | 'random', seed: number, trials: number): number {
  const history: Trial[] = [];
  while (history.length < trials) {
    const point = suggestPoint({ method, seed, space: [RATE, SHARE, KIND] }, history) as Point;
    history.push({ index: history.length, point, state: 'done', value: figureOf(point), epochs: [] });
  }
  return Math.max(...history.map((t) => t.value as number));
}

describe('suggestPoint', () => {
  it('finds more by Parzen estimators than at random with the same budget', () => {
    const seeds = Array.from({ length: 10 }, (_, i) => i + 1);
    const median = (method: 'tpe' | 'random') => {
      const best = seeds.map((seed) => bestAfter(method, seed, 60)).sort((a, b) => a - b);
      return (best[4] + best[5]) / 2;
    };
    // Measured −0.0007 to −0.026: a fifth of the distance must do.
    expect(median('tpe')).toBeGreaterThan(median('random') / 5);
    expect(median('random')).toBeLessThan(0);
  });

  it('stays in its ranges, whole where whole numbers are asked for', () => {
    const space = [RATE, SHARE, DEPTH, KIND];
    const history: Trial[] = [];
    for (let index = 0; index < 60; index++) {
      const point = suggestPoint({ method: 'tpe', seed: 3, space }, history) as Point;
      const { rate, share, depth, kind } = point as Record<string, number>;
      expect(rate >= 1e-5 && rate <= 1 && share >= 0 && share <= 1).toBe(true);
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(depth);
      expect(['a', 'b', 'c', 'd']).toContain(kind);
      // The end of the range is the best: estimators crowd there and must not leave it.
      history.push({ index, point, state: 'done', value: depth + rate, epochs: [] });
    }
    expect(history.slice(40).filter((t) => (t.point['depth'] as number) >= 7).length).toBeGreaterThan(10);
  });

  it('takes failed trials for worse than pruned ones and those for worse than any finished one', () => {
    // Under 0.5 all end badly, with figures above any finished one's, which a ranking by figures alone would follow.
    const history: Trial[] = [];
    for (let index = 0; index < 50; index++) {
      const point = suggestPoint({ method: 'tpe', seed: 5, space: [SHARE] }, history) as Point;
      const share = point['share'] as number;
      const state = share > 0.5 ? 'done' : index % 2 === 0 ? 'pruned' : 'failed';
      const value = state === 'done' ? share : state === 'pruned' ? 10 - share : null;
      history.push({ index, point, state, value, epochs: [] });
    }
    // At random half of them would be finished; two thirds must be.
    expect(history.slice(25).filter((t) => t.state === 'done').length).toBeGreaterThan(16);
  });

  it('walks a grid in order, the last dimension fastest, and ends', () => {
    const space: Dimension[] = [
      { path: 'x', kind: 'log', low: 0.01, high: 1, steps: 3 },
      { path: 'n', kind: 'integer', low: 2, high: 3 },
      { path: 'k', kind: 'choice', values: ['a', null] },
    ];
    const points = Array.from({ length: 12 }, (_, i) => Object.values(gridPoint(space, i) as Point));
    expect(points.slice(0, 5).map(([x, n, k]) => [Number((x as number).toPrecision(12)), n, k])).toEqual([
      [0.01, 2, 'a'],
      [0.01, 2, null],
      [0.01, 3, 'a'],
      [0.01, 3, null],
      [0.1, 2, 'a'],
    ]);
    expect(points[11]).toEqual([1, 3, null]);
    expect(gridPoint(space, 12)).toBeNull();
  });
});

describe('the Parzen estimator', () => {
  it('is a density: it sums to one over its range', () => {
    const density = parzenOf([0, 0.02, 0.03, 0.6, 1]);
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += Math.exp(logParzen(density, (i + 0.5) / steps)) / steps;
    expect(sum).toBeCloseTo(1, 5);
  });

  it('has a kernel as wide as the farther neighbour is away', () => {
    // By hand: 0.2 has the end 0.2 below and 0.5 at 0.3 above; 0.5 has 0.3 below and the end 0.5 above.
    const { centres, widths } = parzenOf([0.5, 0.2]);
    expect(centres).toEqual([0.5, 0.2, 0.5]);
    expect(widths[0]).toBe(1);
    expect(widths[1]).toBeCloseTo(1 / 3, 12);
    expect(widths[2]).toBeCloseTo(0.5, 12);
  });

  it('sees ranges on their scale', () => {
    expect(fromUnit({ path: 'x', kind: 'log', low: 1e-4, high: 1 }, 0.5)).toBeCloseTo(1e-2, 12);
    const whole = { path: 'n', kind: 'integer', low: 1, high: 4 } as const;
    expect([0, 0.249, 0.25, 0.99, 1].map((u) => fromUnit(whole, u))).toEqual([1, 1, 2, 4, 4]);
    for (const n of [1, 2, 3, 4]) expect(fromUnit(whole, toUnit(whole, n))).toBe(n);
  });
});

describe('shouldPrune', () => {
  const trial = (index: number, values: number[]): Trial => ({
    index,
    point: {},
    state: 'done',
    value: 1,
    epochs: values.map((value, i) => ({ epoch: i + 1, value })),
  });
  const history = [[0.1, 0.5], [0.2, 0.6], [0.3, 0.7], [0.4, 0.3], [0.9]].map((values, i) =>
    trial(i, values),
  );
  const at = (...values: number[]) => trial(9, values).epochs;
  const median = { warmup: 1, quantile: 0.5 };

  it('compares the best so far with the quantile of the others at the same epoch', () => {
    // By hand: until epoch 2 the others reached 0.5, 0.6, 0.7 and 0.4; the fifth did not come so far. Median 0.55.
    expect(shouldPrune(history, at(0.1, 0.54), median)).toBe(true);
    expect(shouldPrune(history, at(0.1, 0.56), median)).toBe(false);
    expect(shouldPrune(history, at(0.56, 0.1), median)).toBe(false);
    // The quarter quantile of 0.4, 0.5, 0.6, 0.7 is 0.475.
    expect(shouldPrune(history, at(0.1, 0.48), { warmup: 1, quantile: 0.25 })).toBe(false);
    expect(shouldPrune(history, at(0.1, 0.47), { warmup: 1, quantile: 0.25 })).toBe(true);
  });

  it('waits for the warm-up and for four others, and can be off', () => {
    expect(shouldPrune(history, at(0), median)).toBe(false);
    expect(shouldPrune(history, at(0), { warmup: 0, quantile: 0.5 })).toBe(true);
    expect(shouldPrune(history.slice(0, 3), at(0, 0), median)).toBe(false);
    expect(shouldPrune(history, at(0, 0), null)).toBe(false);
    expect(shouldPrune(history, at(0, 0, 0), median)).toBe(false);
  });
});

describe('applyPoint', () => {
  const config = { training: { learningRate: 0.1, schedule: { kind: 'constant' } }, list: [1, 2] };

  it('sets values deep in a copy', () => {
    const schedule = { kind: 'cosine', warmup: 1 };
    const changed = applyPoint(config, {
      'training.learningRate': 0.01,
      'training.schedule': schedule,
      'list.1': 5,
    });
    expect(changed).toEqual({ training: { learningRate: 0.01, schedule }, list: [1, 5] });
    expect(config).toEqual({
      training: { learningRate: 0.1, schedule: { kind: 'constant' } },
      list: [1, 2],
    });
  });

  it('names a path that the configuration does not have', () => {
    expect(() => applyPoint(config, { 'training.learningrate': 1 })).toThrowError(
      /no 'training\.learningrate': 'training' has learningRate, schedule, not 'learningrate'/,
    );
    for (const path of ['typo', 'list.2', 'training.learningRate.x', '__proto__.polluted', 'constructor.x']) {
      expect(() => applyPoint(config, { [path]: 1 })).toThrowError(
        expect.objectContaining({ code: 'bad-option' }),
      );
    }
  });
});

describe('SearchSchema', () => {
  const search = { method: 'tpe', trials: 3, epochs: 2, seed: 1, pruning: null, space: [SHARE] };
  const fits = (change: object) => v.safeParse(SearchSchema, { ...search, ...change }).success;

  it('refuses what cannot be searched', () => {
    expect(fits({})).toBe(true);
    expect(fits({ space: [] })).toBe(false);
    expect(fits({ space: [SHARE, SHARE] })).toBe(false);
    expect(fits({ space: [{ ...RATE, low: 0 }] })).toBe(false);
    expect(fits({ space: [{ ...DEPTH, low: 8 }] })).toBe(false);
    expect(fits({ space: [{ ...KIND, values: [] }] })).toBe(false);
    expect(fits({ method: 'grid' })).toBe(false);
    expect(fits({ method: 'grid', space: [{ ...SHARE, steps: 2 }, KIND, DEPTH] })).toBe(true);
    expect(fits({ typo: 1 })).toBe(false);
    const parsed: Search = v.parse(SearchSchema, search);
    expect(parsed.space).toEqual([SHARE]);
  });
});

describe('readTrialLog', () => {
  it('drops a torn end, wherever it was torn, and refuses any other damage', () => {
    const line = '{"kind":"trial","index":0,"point":{"x":1},"state":"done","value":0.5,"epochs":[]}';
    const next = '{"kind":"epoch","index":1,"epoch":1,"value":0.25}';
    for (let cut = 1; cut <= next.length; cut++) {
      const log = readTrialLog(`${line}\n${next.slice(0, cut)}`, 'trials.jsonl');
      expect([log.trials.length, log.running.length, log.warnings.length]).toEqual([1, 0, 1]);
      expect(log.whole).toBe(line.length + 1);
    }
    const sound = readTrialLog(`${line}\n${next}\n`, 'trials.jsonl');
    expect(sound.running).toEqual([{ epoch: 1, value: 0.25 }]);
    expect(sound.warnings).toEqual([]);
    for (const bad of [`${line.slice(0, 30)}\n${next}\n`, `${line}\n${line}\n`, `{}\n`]) {
      expect(() => readTrialLog(bad, 'trials.jsonl')).toThrowError(
        expect.objectContaining({ code: 'bad-format' }),
      );
    }
  });
});
