import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { cutScreeningWindows, loadClassifier, SCREENING } from '../../models/index.js';
import { readBundledModel } from '../../models/node.js';
import type { Tensor } from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { createModelHost, type ModelHost } from './model-host.js';

let host: ModelHost;
const batches: string[] = [];
beforeAll(async () => {
  host = await createModelHost({ onBatch: (model, rows) => batches.push(`${model} ${rows}`) });
});
afterAll(() => host.close());

const random = createRandom(3);
/** Waves of some frequencies with noise, like no lead in particular. */
const window = (length = 500) => {
  const [a, b] = [5 + 20 * random.next(), 60 * random.next()];
  return Float32Array.from(
    { length },
    (_, i) => Math.sin(i / a) + 0.3 * Math.cos(i / b) + 0.1 * random.normal(),
  );
};
/** Inputs of a network, as many examples. */
const inputsOf = (name: string, rows: number): Record<string, Tensor> =>
  Object.fromEntries(
    host.get(name).inputs.map(({ name: input, shape }) => {
      const own = [rows, ...shape.slice(1)];
      const size = own.reduce((product, n) => product * n, 1);
      return [input, { data: Float32Array.from({ length: size }, () => random.normal()), shape: own }];
    }),
  );
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] as number))));

describe('the host of the networks', () => {
  it('serves every network that comes with the package, by its file', () => {
    expect(
      host
        .list()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      ['beat-image', 'beats', 'beats-ds1', 'quality', 'rhythm', 'screening', 'ventricular', 'waves'].sort(),
    );
    expect(host.get('screening')).toMatchObject({
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 1, 500] }],
      outputs: [{ name: 'logits', datatype: 'FP32', shape: [-1, 2] }],
      card: { intendedUse: expect.stringMatching(/^Research use only/) },
    });
    expect(() => host.get('mortality')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('answers in a batch what it answers alone', async () => {
    const windows = Array.from({ length: 40 }, () => window());
    const alone: Float32Array[] = [];
    for (const each of windows) alone.push(await host.screen(each));
    batches.length = 0;
    const together = await Promise.all(windows.map((each) => host.screen(each)));
    expect(batches.length).toBeLessThan(windows.length / 4);
    for (const [i, answer] of together.entries())
      expect(apart(answer, alone[i] as Float32Array)).toBeLessThan(1e-6);
    // Another window's answer would not pass.
    const off = together.map((answer, i) => apart(answer, alone[(i + 1) % alone.length] as Float32Array));
    expect(Math.max(...off)).toBeGreaterThan(1e-3);
  });

  it.each(['beats', 'ventricular', 'waves', 'quality'])('of %s too', async (name) => {
    const three = inputsOf(name, 3);
    const output = host.get(name).outputs[0]?.name as string;
    const whole = (await host.infer(name, three))[output] as Tensor;
    const rows = await Promise.all(
      [0, 1, 2].map((row) =>
        host.infer(
          name,
          Object.fromEntries(
            Object.entries(three).map(([input, { data, shape }]) => {
              const size = data.length / 3;
              return [
                input,
                { data: data.slice(row * size, (row + 1) * size), shape: [1, ...shape.slice(1)] },
              ];
            }),
          ),
        ),
      ),
    );
    const size = whole.data.length / 3;
    for (const [row, each] of rows.entries()) {
      const expected = whole.data.subarray(row * size, (row + 1) * size);
      expect(apart((each[output] as Tensor).data, expected)).toBeLessThan(1e-4);
    }
  });

  it('screens as its network does by itself; shorter windows are filled with zeros, longer ones cut', async () => {
    const bytes = await readBundledModel('screening', { integers: true });
    const classifier = await loadClassifier(bytes, await createNativeRuntime());
    for (const length of [500, 320, 900]) {
      const samples = window(length);
      const [expected] = [
        await classifier.classify(cutScreeningWindows(samples.subarray(0, 500), 250, SCREENING), 1),
      ];
      expect(apart(await host.screen(samples), expected)).toBeLessThan(1e-6);
    }
    await classifier.close();
    await expect(host.screen(new Float32Array(0))).rejects.toMatchObject({ code: 'too-short' });
  });

  it('computes in integers what single precision gives, or nearly', async () => {
    const classifier = await loadClassifier(await readBundledModel('screening'), await createNativeRuntime());
    let most = 0;
    for (let k = 0; k < 20; k++) {
      const samples = window();
      const exact = await classifier.classify(cutScreeningWindows(samples, 250, SCREENING), 1);
      most = Math.max(most, apart(await host.screen(samples), exact));
    }
    await classifier.close();
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(0.1);
  });

  it('refuses what does not fit before it meets anybody else', async () => {
    const good = inputsOf('beats', 1);
    const wrong: Record<string, Tensor>[] = [
      { waves: good['waves'] as Tensor },
      { ...good, extra: good['waves'] as Tensor },
      { ...good, waves: { data: new Float32Array(71), shape: [1, 1, 71] } },
      { ...good, waves: { data: new Float32Array(3), shape: [1, 4, 72] } },
      { ...good, features: { data: new Float32Array(634), shape: [2, 317] } },
      { ...good, features: { data: new Float32Array(317).fill(Number.NaN), shape: [1, 317] } },
      inputsOf('beats', 65),
      { ...good, features: { data: new Float64Array(317).fill(1e300), shape: [1, 317] } },
    ];
    const answers = await Promise.allSettled([
      host.infer('beats', good),
      ...wrong.map((w) => host.infer('beats', w)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', ...wrong.map(() => 'rejected')]);
    for (const answer of answers.slice(1))
      expect((answer as PromiseRejectedResult).reason).toMatchObject({ code: 'bad-shape' });
    await expect(host.infer('nothing', good)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('explanations', () => {
  const sum = (attributions: Readonly<Record<string, Tensor>>) =>
    Object.values(attributions).reduce(
      (all, { data }) => all + Array.from(data).reduce((a, b) => a + b, 0),
      0,
    );

  it('by integrated gradients add up to what the score has gained (completeness), of no other class', async () => {
    const inputs = inputsOf('ventricular', 1);
    const found = await host.explain('ventricular', { inputs, target: 1 });
    expect(found.method).toBe('integrated-gradients');
    const gained = found.score - found.baselineScore;
    const tolerance = 0.05 * Math.abs(gained) + 0.01;
    expect(Math.abs(sum(found.attributions) - gained)).toBeLessThan(tolerance);
    const other = await host.explain('ventricular', { inputs, target: 0 });
    expect(Math.abs(sum(other.attributions) - gained)).toBeGreaterThan(tolerance);
    expect(found.attributions['x']?.shape).toEqual([1, 1, 500]);
  });

  it('take the most probable class where none is asked for, and occlusion where there are no gradients', async () => {
    const inputs = inputsOf('waves', 1);
    const found = await host.explain('waves', { inputs });
    const probabilities = (await host.infer('waves', inputs))['probabilities']?.data ?? [];
    const means = [0, 1, 2, 3]
      .map((k) => Array.from(probabilities).filter((_, i) => i % 4 === k))
      .map((values) => values.reduce((a, b) => a + b, 0) / values.length);
    expect(found.method).toBe('occlusion');
    expect(found.target).toBe(means.indexOf(Math.max(...means)));
    expect(found.score).toBeCloseTo(Math.max(...means), 4);
    await expect(host.explain('waves', { inputs, method: 'integrated-gradients' })).rejects.toMatchObject({
      code: 'unsupported',
    });
    await expect(host.explain('waves', { inputs, target: 4 })).rejects.toMatchObject({ code: 'bad-option' });
    await expect(host.explain('waves', { inputs: inputsOf('waves', 2) })).rejects.toMatchObject({
      code: 'bad-shape',
    });
  });
});
