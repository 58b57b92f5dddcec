import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier } from '../src/models/index.js';
import { createNativeRuntime } from '../src/nn/node.js';
import { copyExample, exampleSize } from '../src/training/examples/example-set.js';
import type { CrossValidatedNetwork } from '../src/training/recipes/cross-validate/networks.js';
import { parseRecipe } from '../src/training/recipes/recipe.js';
import type { RunMetrics } from '../src/training/recipes/run/metrics.js';
import type { Prepared } from '../src/training/recipes/task.js';
import { prepareExamples } from '../src/training/recipes/tasks/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';
import { tinyRecipe } from './tiny-recipe.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ectopy-recipes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Done {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in the test's folder; `signal` is sent once it says what `when` matches. */
async function run(args: readonly string[], when?: RegExp, signal: NodeJS.Signals = 'SIGINT'): Promise<Done> {
  const env = { ...process.env, ECTOPY_HOME: join(folder, 'home'), ECTOPY_DATA: join(folder, 'data') };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
  let [stdout, stderr, sent] = ['', '', false];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
    if (when === undefined || sent || !when.test(stderr)) return;
    sent = true;
    child.kill(signal);
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(stderr, 'a stack trace is no message').not.toMatch(/\n\s+at .*:\d+|internal error/);
  return { status, stdout, stderr };
}

/** Runs it to its good end. */
async function succeed(...args: readonly string[]): Promise<Done> {
  const done = await run(args);
  expect(done.stderr).not.toMatch(/^ectopy: /m);
  expect(done.status).toBe(0);
  return done;
}

const write = (name: string, data: unknown): void =>
  writeFileSync(join(folder, name), typeof data === 'string' ? data : JSON.stringify(data));
const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8');
const readJson = <T>(...path: readonly string[]): T => JSON.parse(read(...path)) as T;
const bytes = (...path: readonly string[]): Buffer => readFileSync(join(folder, ...path));
/** The only run of a runs' folder. */
const onlyRun = (runs: string): string => {
  const names = readdirSync(join(folder, runs));
  expect(names).toHaveLength(1);
  return join(runs, names[0]);
};

const search = {
  method: 'random',
  trials: 3,
  epochs: 1,
  seed: 1,
  pruning: null,
  space: [{ path: 'training.learningRate', kind: 'log', low: 0.001, high: 0.1 }],
};

/** Of the tiny recipe, with its one protocol that needs no recordings. */
let runFolder: string;
beforeAll(async () => {
  write('tiny.json', tinyRecipe());
  await succeed('train', 'tiny.json', '--workers', '2');
  runFolder = onlyRun('runs');
});

describe('train', () => {
  it('leaves a complete run, and the test set alone', () => {
    expect(basename(runFolder)).toMatch(/^tiny-0\.0\.1-\d{4}-\d\d-\d\dT\d{6}$/);
    const files = readdirSync(join(folder, runFolder), { recursive: true, encoding: 'utf8' });
    expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(
      [
        ...['config.json', 'metrics.json', 'report.html', 'split.json', 'versions.json'],
        ...['narrow', 'wide'].flatMap((name) => [
          name,
          `${name}/model.int8.onnx`,
          `${name}/model.onnx`,
          `${name}/seed-1`,
          ...['curve.svg', 'epochs.json', 'result.bin'].map((file) => `${name}/seed-1/${file}`),
        ]),
      ].sort(),
    );
    const config = readJson<ReturnType<typeof tinyRecipe>>(runFolder, 'config.json');
    expect(config).toMatchObject({ task: 'cardiospike', data: { hearts: 12 }, training: { epochs: 2 } });
    expect(Object.keys(config['protocols'] as object)).toEqual(['synthetic']);
    const split = readJson<Record<'train' | 'validation' | 'test', string[]>>(runFolder, 'split.json');
    const ids = [...split.train, ...split.validation, ...split.test];
    // Twelve hearts a side, none on two.
    expect([split.train.length, split.validation.length, new Set(ids).size]).toEqual([12, 12, 36]);
    expect(readJson(runFolder, 'versions.json')).toMatchObject({
      software: expect.stringMatching(/^ectopy /),
    });
    const metrics = readJson<RunMetrics>(runFolder, 'metrics.json');
    expect(metrics).toMatchObject({ protocol: 'synthetic', leaky: false, testUses: null });
    expect(metrics.counts).toEqual({ train: [12, 12], validation: [12, 12], test: [12, 12] });
    expect(metrics.networks.map(({ members: [{ epochs, test }] }) => [epochs, test])).toEqual([
      [2, null],
      [2, null],
    ]);
    expect(read(runFolder, 'report.html')).toMatch(/the test set has not been scored/);
  });

  it('writes networks that load and score as the metrics say', async () => {
    const recipe = parseRecipe(readJson(runFolder, 'config.json'), 'config.json');
    const place = { dataFolder: folder, cacheFolder: folder };
    const prepared = await prepareExamples(recipe, 'synthetic', null, place, null);
    const runtime = await createNativeRuntime({ threads: 1 });
    const { networks } = readJson<RunMetrics>(runFolder, 'metrics.json');
    for (const network of networks) {
      for (const [file, form] of [
        ['model.onnx', network.fp32],
        ['model.int8.onnx', network.int8],
      ] as const) {
        const model = bytes(runFolder, network.name, file);
        expect(form.bytes).toBe(model.length);
        const classifier = await loadClassifier(model, runtime);
        const share = await rightShare(classifier.classify, prepared, 0);
        expect(share).toBeCloseTo(form.validation?.accuracy as number, 12);
        // Negative control: against the other class' labels the rest is right.
        expect(await rightShare(classifier.classify, prepared, 1)).toBeCloseTo(1 - share, 12);
        expect(classifier.card.data).toMatchObject({ protocol: 'synthetic', leaky: false });
        await classifier.close();
      }
    }
  });

  it('tells each epoch once, with flags that cut it short', async () => {
    const flags = ['--network', 'wide', '--seeds', '3,4', '--epochs', '1', '--every', '2', '--runs', 'short'];
    const { stdout, stderr } = await succeed('train', 'tiny.json', ...flags);
    expect(stderr.trim().split('\n')).toEqual(
      [3, 4].map((seed) =>
        expect.stringMatching(
          new RegExp(
            `^wide, seed ${seed} +epoch 1/1  loss \\d\\.\\d{3}  validation: macro-F1 0\\.\\d{3}  accuracy 0\\.\\d{3}  loss \\d\\.\\d{3}  done$`,
          ),
        ),
      ),
    );
    expect(stdout).toMatch(/validation examples, mean of the seeds 3, 4:/);
    expect(stdout).toMatch(/ectopy eval short/);
    const { counts, networks } = readJson<RunMetrics>(onlyRun('short'), 'metrics.json');
    expect(counts).toEqual({ train: [6, 6], validation: [6, 6], test: [6, 6] });
    expect(networks.map(({ name, members }) => [name, members.length])).toEqual([['wide', 2]]);
  });

  it('goes on after Ctrl-C and after a kill, to the same networks bit for bit', async () => {
    const { protocols, ...recipe } = tinyRecipe();
    const { synthetic } = protocols as Record<string, object>;
    write('long.json', {
      ...recipe,
      protocols: {
        synthetic: { ...synthetic, training: { epochs: 60, ema: 0.9, earlyStopping: { patience: 60 } } },
      },
      published: [],
    });
    const flags = ['--network', 'narrow'];
    await succeed('train', 'long.json', ...flags, '--runs', 'whole');
    const args = ['train', 'long.json', ...flags, '--runs', 'parts'];
    const stopped = await run(args, /epoch +5\//);
    expect([stopped.status, stopped.stdout]).toEqual([130, '']);
    expect(stopped.stderr).toMatch(/^ectopy: training narrow.*cancelled/m);
    const parts = onlyRun('parts');
    const state = (): string[] => readdirSync(join(folder, parts, 'narrow', 'seed-1'));
    expect(state()).toEqual(['checkpoint.bin']);
    const killed = await run([...args, '--resume', parts], /epoch +\d/, 'SIGKILL');
    expect(killed.status).toBeNull();
    expect(killed.stderr).not.toMatch(/epoch +1\//);
    expect(state()).toContain('checkpoint.bin');
    const { stderr } = await succeed(...args, '--resume', parts);
    expect(stderr).not.toMatch(/epoch +1\//);
    expect(onlyRun('parts')).toBe(parts);
    const whole = onlyRun('whole');
    for (const file of ['model.onnx', 'model.int8.onnx', 'seed-1/epochs.json'])
      expect(bytes(parts, 'narrow', file).equals(bytes(whole, 'narrow', file)), file).toBe(true);
    // Negative control: a shorter training gives other bytes.
    const short = bytes(runFolder, 'narrow', 'model.onnx');
    expect(bytes(whole, 'narrow', 'model.onnx').equals(short)).toBe(false);
  });
});

describe('eval and runs', () => {
  it('score the test set, keep what was measured, and compare', async () => {
    const before = readJson<RunMetrics>(runFolder, 'metrics.json');
    const { stdout } = await succeed('eval', runFolder);
    expect(stdout).toMatch(/Figures of the test examples, seed 1:/);
    const after = readJson<RunMetrics>(runFolder, 'metrics.json');
    for (const [i, { members, fp32, tests }] of after.networks.entries()) {
      expect(members[0].validation).toEqual(before.networks[i].members[0].validation);
      expect(fp32.latencyMs).toBe(before.networks[i].fp32.latencyMs);
      // The file is the first seed's network, and the report counts what the scores say.
      expect(fp32.test).toEqual(members[0].test);
      const [{ confusion, examples }] = tests;
      expect(examples).toBe(24);
      expect((confusion[0][0] + confusion[1][1]) / 24).toBeCloseTo(members[0].test?.accuracy as number, 12);
    }
    expect(after.ensemble?.tests).toHaveLength(1);
    // Hearts that nobody has are not used up.
    expect(after.testUses).toBeNull();
    expect(existsSync(join(folder, 'home'))).toBe(false);
    expect(read(runFolder, 'report.html')).not.toMatch(/the test set has not been scored/);
    // A recipe stands for its latest run.
    expect((await succeed('eval', 'tiny.json')).stdout).toBe(stdout);
    const [, wide] = after.networks;
    const listed = (await succeed('runs')).stdout;
    expect(listed).toContain(runFolder);
    expect(listed).toMatch(new RegExp(`wide .*${wide.members[0].test?.macroF1.toFixed(4)}`));
    expect((await succeed('runs', runFolder)).stdout).toContain('Figures of the test examples');
    expect(JSON.parse((await succeed('runs', runFolder, '--json')).stdout)).toEqual([
      { folder: runFolder, metrics: after },
    ]);
  });
});

describe('repro', () => {
  it('measures the published rows, and scores a finished run once', async () => {
    const { protocols, published, ...recipe } = tinyRecipe();
    const { synthetic } = protocols as Record<string, object>;
    const rows = (published as { figures: Record<string, string> }[]).map((row) => ({
      ...row,
      figures: { synthetic: row.figures['synthetic'] },
    }));
    write('repeat.json', { ...recipe, name: 'repeat', protocols: { synthetic }, published: rows });
    const args = ['repro', '--only', 'repeat.json', '--runs', 'repeated'];
    const { stdout } = await succeed(...args);
    const metrics = readJson<RunMetrics>(onlyRun('repeated'), 'metrics.json');
    const accuracy = metrics.networks[0].members[0].test?.accuracy as number;
    const macroF1 = metrics.ensemble?.readings.find(
      ({ reading }) => reading === metrics.ensemble?.chosen,
    )?.test;
    const { figures } = readJson<{ figures: { id: string; value: number }[] }>(
      'repro',
      'repeat',
      'results.json',
    );
    const losses = metrics.networks.map(
      ({ fp32, int8 }) => 100 * ((fp32.test?.macroF1 as number) - (int8.test?.macroF1 as number)),
    );
    expect(figures.map(({ id, value }) => [id, value.toFixed(9)])).toEqual([
      ['tiny.synthetic.accuracy', accuracy.toFixed(9)],
      ['tiny.synthetic.macro-f1', macroF1?.[0].macroF1.toFixed(9)],
      ['int8.repeat.worst-loss', Math.max(...losses).toFixed(9)],
    ]);
    expect(stdout).toMatch(new RegExp(`accuracy +none +${accuracy.toFixed(4)} +–`));
    const tables = read('repro', 'repeat', 'tables.md');
    for (const name of ['narrow', 'wide', 'ensemble']) expect(tables).toContain(`## synthetic: ${name}`);
    const again = await succeed(...args);
    expect([again.stdout, again.stderr]).toEqual([stdout, '']);
    onlyRun('repeated');
  });
});

describe('cv', () => {
  it('holds every training and validation heart out once, goes on, and is no run', async () => {
    const args = [
      'cv',
      'tiny.json',
      '--protocol',
      'synthetic',
      '--network',
      'narrow',
      '--epochs',
      '1',
      '--runs',
      'cv',
    ];
    const { stdout, stderr } = await succeed(...args);
    expect(stdout).toMatch(/^tiny 0\.0\.1, 3 folds by patient\n/);
    expect(stderr.match(/^narrow, fold \d of 3 /gm)).toHaveLength(3);
    const place = onlyRun('cv');
    const [network] = readJson<CrossValidatedNetwork[]>(place, 'cross-validation.json');
    // 24 hearts outside the test set, two windows each.
    expect(network.reports).toMatchObject([{ examples: 48, patients: 24 }]);
    expect(network.reports[0].title).toMatch(/^3 folds by patient, 24 patients · /);
    expect(network.folds.map((folds) => folds.length)).toEqual([3]);
    // The best fold's network is released, and scores as its own held-out hearts say.
    const macroF1 = network.folds[0][network.bestFold];
    expect(macroF1).toBe(Math.max(...network.folds[0]));
    expect(network.fp32.validation?.macroF1).toBeCloseTo(macroF1, 12);
    const runtime = await createNativeRuntime({ threads: 1 });
    for (const file of ['model.onnx', 'model.int8.onnx']) {
      const { card, close } = await loadClassifier(bytes(place, 'narrow', file), runtime);
      // Sixteen of the 24 hearts; the other eight calibrated it.
      expect(card.data.training.flatMap(({ records }) => records)).toHaveLength(16);
      await close();
    }
    expect(await succeed(...args, '--resume', place)).toMatchObject({ stdout, stderr: '' });
    const refused = await run(['eval', place]);
    expect([refused.status, refused.stderr]).toEqual([5, expect.stringMatching(/is a cross-validation/)]);
  });
});

describe('hpo', () => {
  type Line = { kind: string; point: object; value: number; index: number };
  const trials = (place: string): Line[] =>
    read(place, 'trials.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter(({ kind }) => kind === 'trial');

  it('tries as often as it is told, goes on after a kill with the same trials, and keeps the best recipe', async () => {
    write('search.json', { ...tinyRecipe(), search });
    const args = ['hpo', 'search.json', '--network', 'narrow', '--runs', 'searched'];
    const killed = await run(args, /trial 2 of 3/, 'SIGKILL');
    expect(killed.status).toBeNull();
    const place = onlyRun('searched');
    const [first, ...none] = trials(place);
    expect(none).toEqual([]);
    const { stdout, stderr } = await succeed(...args, '--resume', place);
    // The trial that was killed is begun again with its own values, and no other.
    const begun = (text: string, trial: number) =>
      text.match(new RegExp(`^trial ${trial} of 3: .*$`, 'm'))?.[0];
    expect(begun(stderr, 1)).toBeUndefined();
    expect(begun(stderr, 2)).toBe(begun(killed.stderr, 2));
    expect(begun(stderr, 3)).toMatch(/^trial 3 of 3: learningRate 0\.\d+$/);
    const done = trials(place);
    expect([done[0], done.length]).toEqual([first, 3]);
    expect(new Set(done.map(({ point }) => JSON.stringify(point))).size).toBe(3);
    const best = done.reduce((a, b) => (b.value > a.value ? b : a));
    expect(stdout).toContain(`trial ${best.index + 1}, validation macro-F1 ${best.value.toFixed(4)}`);
    const rate = (best.point as Record<string, number>)['training.learningRate'];
    expect(parseRecipe(readJson(place, 'best.json'), 'best.json').training.learningRate).toBe(rate);

    write('search.json', { ...tinyRecipe(), search, every: 2 });
    expect(await run([...args, '--resume', place])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/holds a search of another version of recipe tiny/),
    });
  });
});

describe('what is refused', () => {
  beforeAll(() => {
    const { networks, protocols } = tinyRecipe();
    const { narrow, wide } = networks as Record<'narrow' | 'wide', object>;
    const { synthetic } = protocols as Record<string, object>;
    const file = (name: string, over: object) => write(name, { ...tinyRecipe(), ...over });
    file('keys.json', { every: 0, color: 1, networks: { narrow, wide: { ...wide, depth: 2 } } });
    file('search2.json', { search });
    const sizes = { colours: 1, reduce: 2, convs: [{ channels: 2, kernel: 3, pool: 2 }], batchNorm: false };
    const pictures = { kind: 'shallow-cnn-2d', ...sizes, hidden: 8, dropout: 0 };
    file('shape.json', { networks: { narrow, wide: { ...wide, network: pictures } } });
    for (const [name, text] of [
      ['text', 'not JSON'],
      ['beats', '{"crossValidation": {}}'],
    ]) {
      mkdirSync(join(folder, name));
      file(`${name}/config.json`, { protocols: { synthetic }, published: [] });
      write(`${name}/metrics.json`, text);
    }
  });

  it.concurrent.each<[string, number, RegExp]>([
    ['train nosuch', 3, /there is no recipe 'nosuch'; give one of beats, beats-product, cardiospike, /],
    [
      'train keys.json',
      2,
      /keys\.json: 3 faults: every: .*networks\.wide\.depth: unknown key; color: unknown key/,
    ],
    ['train shape.json', 6, /network shallow-cnn-2d: examples of shape \[1,500\], it reads pictures/],
    ['train tiny.json --seeds one', 2, /--seeds: 'one' is no seed/],
    ['train tiny.json --epochs 0', 2, /'--epochs <n>' argument '0' is invalid/],
    ['train tiny.json --runs tiny.json', 2, /no folder can be made in tiny\.json/],
    ['train tiny.json --protocol honest', 3, /recordings are missing in .*data: .*ectopy data get/],
    ['train beats --epochs 1', 5, /--epochs is for recipes over examples/],
    ['eval runs', 3, /runs holds no run \(no config\.json\)/],
    ['eval text', 4, /text\/metrics\.json is damaged \(not JSON\)/],
    ['runs beats', 5, /beats is a run of the beat network/],
    ['hpo beats', 5, /hpo: the recipe 'beats' trains the beat network; use "ectopy train beats"/],
    ['hpo search2.json', 2, /a search tunes one network, choose with --network narrow or wide/],
    ['hpo search2.json --network narrow --resume nowhere', 3, /nowhere holds no search/],
  ])('%s', async (line, code, message) => {
    const { status, stdout, stderr } = await run(line.split(' '));
    expect(stderr).toMatch(message);
    expect([status, stdout]).toEqual([code, '']);
  });

  it("another recipe's run to go on in, and leaves no folder behind", async () => {
    const { status, stderr } = await run(['train', 'tiny.json', '--epochs', '1', '--resume', runFolder]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/was begun with another recipe/)]);
    expect(onlyRun('runs')).toBe(runFolder);
  });
});

describeWithShared('repro of a recipe on recordings', () => {
  // The first time, 43 recordings are cut into windows, which are kept where `ectopy train` keeps them.
  it('takes minutes for hours when asked for a quick one, and counts the use of the test set', async () => {
    const cache = fileURLToPath(new URL('../.cache/training', import.meta.url));
    const places = ['--data', join(sharedDir, 'data'), '--cache', cache, '--runs', 'quick'];
    const file = fileURLToPath(new URL('../experiments/cardiospike/config.json', import.meta.url));
    // Ten synthetic hearts: all 450 take seconds to draw.
    write('few.json', { ...JSON.parse(readFileSync(file, 'utf8')), data: { hearts: 10 } });
    const { stdout } = await succeed('repro', '--quick', '--only', 'few.json', ...places);
    expect(stdout).toMatch(/QUICK: a few examples, one epoch/);
    expect(stdout).toMatch(/^ {2}2 s screening CNN: accuracy +> \.95 \(synthetic\) +0\.\d{4} +0\.\d{4}$/m);
    const [use, ...more] = readJson<{ run: string; records: string[] }[]>(
      'repro',
      'cardiospike',
      'test-uses.json',
    );
    expect(more).toEqual([]);
    expect([use.run, use.records.length]).toEqual(['cardiospike 1.0.0 honest', 22]);
  });
});

/** Share of the validation examples whose most probable class is their label, `turned` classes on. */
async function rightShare(
  classify: (data: Float32Array, count: number) => Promise<Float32Array>,
  { set, split: { validation } }: Prepared,
  turned: number,
): Promise<number> {
  const size = exampleSize(set);
  const data = new Float32Array(validation.length * size);
  validation.forEach((example, row) => {
    copyExample(set, example, data, row * size);
  });
  const probabilities = await classify(data, validation.length);
  const right = validation.filter((example, row) => {
    const called = Number(probabilities[2 * row + 1] > probabilities[2 * row]);
    return called === (set.label[example] + turned) % 2;
  });
  return right.length / validation.length;
}
