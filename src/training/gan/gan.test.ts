import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import type { Runtime } from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import type { ExampleSet } from '../examples/example-set.js';
import { generate } from './generate.js';
import { type GanConfig, synthesiseExamples } from './synthesise-examples.js';
import { type TrainGeneratorOptions, trainGenerator } from './train-generator.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

const SAMPLES = 24;
/** Two periods. */
const WAVE = Float32Array.from({ length: SAMPLES }, (_, t) => Math.sin((4 * Math.PI * t) / SAMPLES));

/** Waves of amplitudes evenly spread over 1…2 on a level of 3; every fourth ends at 16 samples with zeros. */
function waves(n: number, padded: boolean): Float32Array {
  const data = new Float32Array(n * SAMPLES);
  for (let i = 0; i < n; i++) {
    const amplitude = 1 + (i + 0.5) / n;
    const end = padded && i % 4 === 0 ? 16 : SAMPLES;
    for (let t = 0; t < end; t++) data[i * SAMPLES + t] = 3 + amplitude * WAVE[t];
  }
  return data;
}

const short = (over: Partial<TrainGeneratorOptions> = {}): TrainGeneratorOptions => ({
  examples: waves(32, false),
  shape: [1, SAMPLES],
  seed: 1,
  steps: 3,
  batchSize: 8,
  name: 'S',
  ...over,
});

function meanAndDeviation(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)];
}

/** Amplitude of the wave in each signal and what is left beside it, root mean square. */
function measure(data: Float32Array): { amplitudes: number[]; rest: number } {
  const amplitudes: number[] = [];
  let squares = 0;
  for (let at = 0; at < data.length; at += SAMPLES) {
    const signal = data.subarray(at, at + SAMPLES);
    const amplitude = signal.reduce((sum, x, t) => sum + (x * WAVE[t] * 2) / SAMPLES, 0);
    for (let t = 0; t < SAMPLES; t++) squares += (signal[t] - 3 - amplitude * WAVE[t]) ** 2;
    amplitudes.push(amplitude);
  }
  return { amplitudes, rest: Math.sqrt(squares / data.length) };
}

describe('a generator', () => {
  // A few seconds: fewer steps do not learn the spread, which a generator that has collapsed lacks.
  it('learns waves, and how their amplitudes are spread', async () => {
    const learn = async (steps: number) => {
      const options = short({ examples: waves(128, false), steps, batchSize: 16, learningRate: 1e-3 });
      return measure(await generate(runtime, await trainGenerator(runtime, options), 300, 5));
    };
    const { amplitudes, rest } = await learn(200);
    const [mean, deviation] = meanAndDeviation(amplitudes);
    // Uniform over 1…2: mean 1.5, deviation 1 / √12 = 0.289.
    expect(mean).toBeGreaterThan(1.3);
    expect(mean).toBeLessThan(1.7);
    expect(deviation).toBeGreaterThan(0.289 / 2);
    expect(deviation).toBeLessThan(0.289 * 1.5);
    expect(rest).toBeLessThan(0.2);
    const early = await learn(2);
    expect(early.rest).toBeGreaterThan(0.2);
  });

  it('ends signals where real ones end, with their padding', async () => {
    const generator = await trainGenerator(runtime, short({ examples: waves(32, true) }));
    const made = await generate(runtime, generator, 200, 1);
    let ended = 0;
    for (let at = 0; at < made.length; at += SAMPLES) {
      const tail = made.subarray(at + 16, at + SAMPLES);
      if (tail.every((x) => Math.abs(x) < 1e-5)) ended++;
    }
    // A quarter: 50 of 200, deviation 6.
    expect(ended).toBeGreaterThan(25);
    expect(ended).toBeLessThan(75);
  });

  it('is the same for the same seed and another for another', async () => {
    const parameters = async (seed: number) => (await trainGenerator(runtime, short({ seed }))).parameters;
    const first = await parameters(1);
    expect(await parameters(1)).toEqual(first);
    expect(await parameters(2)).not.toEqual(first);
  });

  it('tells its progress and stops when cancelled', async () => {
    const done: number[] = [];
    const signal = { aborted: false };
    const fitted = trainGenerator(
      runtime,
      short({
        signal,
        onProgress: (progress) => {
          done.push(progress.done);
          signal.aborted = progress.done === 2;
        },
      }),
    );
    await expect(fitted).rejects.toMatchObject({ code: 'cancelled' });
    expect(done).toEqual([1, 2]);
  });

  it('refuses pictures', async () => {
    await expect(trainGenerator(runtime, short({ shape: [1, 4, 6] }))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});

describe('synthesiseExamples', () => {
  const config: GanConfig = { share: 0.5, steps: 2, batchSize: 8, classes: ['S', 'V'], seed: 1 };

  /** 80 N, 20 S, 60 V, 4 F in turn, trained on; behind them ten of each that are not, all of them `strange`. */
  function examples(strange: number): { set: ExampleSet; train: Int32Array } {
    const counts = [80, 20, 60, 4];
    const trained = counts.flatMap((n, label) => new Array<number>(n).fill(label));
    const others = counts.flatMap((_, label) => new Array<number>(10).fill(label));
    const label = Uint8Array.from([...trained, ...others]);
    const random = createRandom(1);
    const data = Float32Array.from({ length: label.length * SAMPLES }, () => random.normal());
    data.fill(strange, trained.length * SAMPLES);
    const set: ExampleSet = {
      classes: ['N', 'S', 'V', 'F'],
      shape: [1, SAMPLES],
      data,
      label,
      record: new Uint16Array(label.length),
      records: [{ id: 'a', patient: 'a' }],
    };
    return { set, train: Int32Array.from(trained.keys()) };
  }

  it('fills the asked classes up to the share, and looks at training examples only', async () => {
    const { set, train } = examples(Number.NaN);
    const made = await synthesiseExamples(runtime, set, train, config, 1);
    // Half of 80 N: 20 more S; V has 60 already; F was not asked for.
    expect([...made.label]).toEqual(new Array(20).fill(1));
    expect(made).toMatchObject({ classes: set.classes, shape: set.shape, records: [{ id: 'generated/S' }] });
    expect(made.data).toHaveLength(20 * SAMPLES);
    expect(made.data.every(Number.isFinite)).toBe(true);
    const other = examples(7);
    expect((await synthesiseExamples(runtime, other.set, other.train, config, 1)).data).toEqual(made.data);
    // The negative control: an example of the training part does count.
    other.set.data[80 * SAMPLES] += 1;
    expect((await synthesiseExamples(runtime, other.set, other.train, config, 1)).data).not.toEqual(
      made.data,
    );
  });

  it('names a class it cannot learn, before any is learned', async () => {
    const { set, train } = examples(0);
    const started: string[] = [];
    const asked = synthesiseExamples(runtime, set, train, { ...config, classes: ['S', 'F'] }, 1, {
      onProgress: ({ stage }) => started.push(stage),
    });
    await expect(asked).rejects.toMatchObject({
      code: 'too-short',
      message: expect.stringContaining('class F has 4 training examples'),
    });
    expect(started).toEqual([]);
  });

  it('refuses classes the set does not have', async () => {
    const { set, train } = examples(0);
    const asked = synthesiseExamples(runtime, set, train, { ...config, classes: ['S', 'X'] }, 1);
    await expect(asked).rejects.toMatchObject({ code: 'bad-option', message: expect.stringContaining('X') });
  });
});
