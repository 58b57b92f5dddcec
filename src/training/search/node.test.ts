import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunSearchOptions, runSearch, type SearchEvent } from './node.js';
import type { Search, Trial } from './search-config.js';

interface Config {
  readonly training: { readonly learningRate: number; readonly depth: number };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-search-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const search: Search = {
  method: 'tpe',
  trials: 24,
  epochs: 3,
  seed: 7,
  pruning: { warmup: 1, quantile: 0.5 },
  space: [
    { path: 'training.learningRate', kind: 'log', low: 1e-5, high: 1 },
    { path: 'training.depth', kind: 'integer', low: 1, high: 6 },
  ],
};
const recipe = { name: 'heartbeat', sha256: 'a'.repeat(64) };
const config: Config = { training: { learningRate: 0.5, depth: 2 } };

/** Figures rise over three epochs to one that is highest at 1e-3 and depth 4. */
const evaluate: RunSearchOptions<Config>['evaluate'] = async ({ training }, _trial, report) => {
  const end = 1 - (Math.log10(training.learningRate) + 3) ** 2 / 10 - (training.depth - 4) ** 2 / 20;
  for (let epoch = 1; epoch <= 3; epoch++) {
    if (report(epoch, (end * epoch) / 3) === 'prune') return (end * epoch) / 3;
  }
  return end;
};
const run = (change: Partial<RunSearchOptions<Config>> = {}) =>
  runSearch({ folder: join(folder, 'search'), recipe, search, config, evaluate, ...change });
const plain = (trials: readonly Trial[]): unknown => JSON.parse(JSON.stringify(trials));

describe('runSearch', () => {
  it('is the same whether it was interrupted between epochs, between trials, or not at all', async () => {
    const whole = await run({ folder: join(folder, 'whole') });
    expect(whole.trials).toHaveLength(24);
    expect(whole.trials.some((t) => t.state === 'pruned')).toBe(true);
    for (const stopAt of [1, 17, 30, 41]) {
      let reports = 0;
      const options = { folder: join(folder, `cut-${stopAt}`) };
      const dying = run({
        ...options,
        evaluate: (given, trial, report) =>
          evaluate(given, trial, (epoch, value) => {
            const answer = report(epoch, value);
            reports++;
            if (reports === stopAt) throw new Error('killed');
            return answer;
          }),
      });
      await expect(dying).rejects.toThrow('killed');
      const resumed = await run(options);
      expect(plain(resumed.trials)).toEqual(plain(whole.trials));
      expect(resumed.best).toEqual(whole.best);
    }
    // Negative control: another seed suggests other points.
    const other = await run({ folder: join(folder, 'other'), search: { ...search, seed: 8 } });
    expect(plain(other.trials)).not.toEqual(plain(whole.trials));
  });

  it('gives the best finished trial, takes more trials, and trains none again', async () => {
    const first = await run({ search: { ...search, trials: 6 } });
    let trained = 0;
    const more = await run({
      search: { ...search, trials: 8 },
      evaluate: (...given) => {
        trained++;
        return evaluate(...given);
      },
    });
    expect(trained).toBe(2);
    expect(plain(more.trials.slice(0, 6))).toEqual(plain(first.trials));
    const done = more.trials.filter((t) => t.state === 'done');
    expect(more.best?.value).toBe(Math.max(...done.map((t) => t.value as number)));
  });

  it('drops a torn last line with a warning and writes on after the last whole one', async () => {
    const whole = await run({ search: { ...search, trials: 4 } });
    const log = join(folder, 'search', 'trials.jsonl');
    await appendFile(log, '{"kind":"trial","index":4,"po');
    const events: SearchEvent[] = [];
    const resumed = await run({ search: { ...search, trials: 5 }, onEvent: (e) => events.push(e) });
    expect(events[0]).toMatchObject({ kind: 'warning', message: expect.stringContaining('cut off') });
    expect(plain(resumed.trials.slice(0, 4))).toEqual(plain(whole.trials));
    for (const line of (await readFile(log, 'utf8')).trim().split('\n')) JSON.parse(line);
    expect((await run({ search: { ...search, trials: 5 } })).trials).toHaveLength(5);
  });

  it('ends a grid early, and keeps a failed trial apart', async () => {
    const { trials, best } = await run({
      search: {
        ...search,
        method: 'grid',
        pruning: null,
        space: [{ path: 'training.depth', kind: 'choice', values: [1, 4, 9] }],
      },
      evaluate: async ({ training }) => (training.depth === 9 ? NaN : training.depth),
    });
    expect(trials.map((t) => [t.point['training.depth'], t.state, t.value])).toEqual([
      [1, 'done', 1],
      [4, 'done', 4],
      [9, 'failed', null],
    ]);
    expect(best?.index).toBe(1);
  });

  it('refuses a folder of another recipe, another space, or damaged, and says which', async () => {
    await run({ search: { ...search, trials: 2 } });
    const refused = async (change: Partial<RunSearchOptions<Config>>, code: string, message: RegExp) => {
      const error = await run(change).catch((e: unknown) => e);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    };
    await refused(
      { recipe: { ...recipe, name: 'ensemble' } },
      'bad-option',
      /of recipe heartbeat, not ensemble/,
    );
    await refused(
      { recipe: { ...recipe, sha256: 'b'.repeat(64) } },
      'bad-option',
      /another version of recipe/,
    );
    await refused({ search: { ...search, seed: 9 } }, 'bad-option', /begun with another seed/);
    await refused({ search: { ...search, space: [search.space[0]] } }, 'bad-option', /another space/);
    await writeFile(join(folder, 'search', 'search.json'), '{');
    await refused({}, 'bad-format', /not the beginning of a search/);
    await rm(join(folder, 'search', 'search.json'));
    await refused({}, 'bad-option', /no search\.json/);
  });

  it('tells a wrong path before it makes a folder, and stops when cancelled', async () => {
    const space: Search['space'] = [{ path: 'training.typo', kind: 'linear', low: 0, high: 1 }];
    await expect(run({ search: { ...search, space } })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(readFile(join(folder, 'search', 'search.json'))).rejects.toThrow();
    await expect(run({ signal: { aborted: true } })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
