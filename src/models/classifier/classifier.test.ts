import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import {
  addModelMetadata,
  constant,
  input,
  matmul,
  quantiseModel,
  type Runtime,
  reshape,
  writeModel,
} from '../../nn/index.js';
import { createNativeRuntime, createWasmRuntime } from '../../nn/node.js';
import { loadBeatModel, readModelCard } from '../beat-model.js';
import { addTestMetrics } from '../file-entries.js';
import { readBundledModel } from '../node.js';
import { loadClassifier, readClassifierCard, sealClassifier } from './classifier.js';
import type { ClassifierCard } from './classifier-card.js';

/** [3] to 2 logits: x0 − x1 and 2 · x2. */
const WEIGHTS = [1, 0, -1, 0, 0, 2];
const network = (weights: readonly number[] = WEIGHTS) =>
  writeModel({ logits: matmul(input('x', [1, 3], [0]), constant(Float32Array.from(weights), [3, 2], 'w')) });

const card: ClassifierCard = {
  format: 'ectopy-classifier-1',
  task: 'heartbeat',
  name: 'toy',
  version: '1.0.0',
  labels: [
    { class: 'N', meaning: 'normal beat' },
    {
      class: 'V',
      meaning: 'ventricular ectopic beat',
      snomedCt: { code: '17338001', display: 'ventricular premature beats' },
    },
  ],
  input: { fs: 125, length: 3 },
  shape: [3],
  calibration: { temperature: 2, leastProbability: 0.6, basis: 'validation' },
  data: {
    training: [{ database: 'mitdb', records: ['101'] }],
    heldOut: [{ database: 'mitdb', records: ['100'] }],
    protocol: 'honest',
    leaky: false,
    patientSplit: 'by patient',
    licence: 'ODC-By 1.0',
  },
  quantised: false,
  metrics: [{ id: 'accuracy', value: 0.9, unit: '1', split: 'validation' }],
  training: {
    recipe: 'heartbeat',
    recipeSha256: '0'.repeat(64),
    seeds: [1],
    date: '2026-01-01',
    software: 'ectopy',
  },
  licence: 'MIT',
  intendedUse: 'research use only',
  limitations: [],
};

let runtime: Runtime;
let sealed: Uint8Array;
beforeAll(async () => {
  runtime = await createNativeRuntime();
  sealed = await sealClassifier(network(), card, runtime);
});

/** The file with the weights of the toy network changed in place. */
function withWeight(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const copy = bytes.slice();
  const before = new Uint8Array(Float32Array.of(from).buffer);
  const at = copy.findIndex((_, i) => before.every((byte, j) => copy[i + j] === byte));
  expect(at).toBeGreaterThan(0);
  copy.set(new Uint8Array(Float32Array.of(to).buffer), at);
  return copy;
}

describe('a classifier file', () => {
  it('gives logits, and probabilities at the temperature of its card, on both runtimes', async () => {
    for (const each of [runtime, await createWasmRuntime()]) {
      const classifier = await loadClassifier(sealed, each);
      const data = Float32Array.of(4, 1, 0.5, 0, 0, 0);
      expect([...(await classifier.logits(data, 2))]).toEqual([3, 1, 0, 0]);
      // e^(3/2) / (e^(3/2) + e^(1/2)) = 1 / (1 + 1/e)
      const [first, second, third, fourth] = await classifier.classify(data, 2);
      expect(first).toBeCloseTo(0.7310585786, 6);
      expect(second).toBeCloseTo(0.2689414214, 6);
      expect([third, fourth]).toEqual([0.5, 0.5]);
      expect(await classifier.logits(new Float32Array(0), 0)).toHaveLength(0);
      await expect(classifier.logits(data, 3)).rejects.toMatchObject({ code: 'bad-shape' });
      await classifier.close();
    }
  });

  it('carries its card, and the test metrics added later', () => {
    expect(readClassifierCard(sealed)).toEqual(card);
    const test = [{ id: 'macro-f1', value: 0.8, unit: '1', split: 'test' }];
    const tested = addTestMetrics(sealed, test);
    expect(readClassifierCard(tested).metrics).toEqual([...card.metrics, ...test]);
    expect(() => addTestMetrics(tested, test)).toThrow(/already there/);
  });

  it('with a changed weight is refused, with one changed in the last digits is not', async () => {
    await expect(loadClassifier(withWeight(sealed, 2, 2.1), runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringMatching(/toy 1\.0\.0 is .* its golden vectors on onnxruntime-node/),
    });
    await (await loadClassifier(withWeight(sealed, 2, 2.0001), runtime)).close();
  });

  it('is wider in its tolerance where the network is quantised, and still refuses a changed weight', async () => {
    const quantised = await sealClassifier(network(), { ...card, quantised: true }, runtime);
    await (await loadClassifier(withWeight(quantised, 2, 2.01), runtime)).close();
    await expect(loadClassifier(withWeight(sealed, 2, 2.01), runtime)).rejects.toThrow(/golden vectors/);
    await expect(loadClassifier(withWeight(quantised, 2, -2), runtime)).rejects.toThrow(/golden vectors/);
  });

  it('of 8-bit integers made on one runtime is read by the other, and refused with a changed integer', async () => {
    const random = createRandom(4);
    const data = Float32Array.from({ length: 300 }, () => random.normal());
    const { bytes } = await quantiseModel(runtime, network(), [{ x: { data, shape: [100, 3] } }]);
    const file = await sealClassifier(bytes, { ...card, quantised: true }, runtime);
    const classifier = await loadClassifier(file, await createWasmRuntime());
    const [first, second] = await classifier.logits(Float32Array.of(1.5, 0.5, 0.25), 1);
    // Steps of the inputs are below 7 / 255, those of the weights 1 / 63 and 2 / 63, of which all are multiples.
    expect(Math.abs(first - 1)).toBeLessThan(7 / 255);
    expect(Math.abs(second - 0.5)).toBeLessThan(7 / 255);
    await classifier.close();
    // 1 and −1 in steps of 1 / 63, 2 in steps of 2 / 63.
    const integers = [63, 0, 256 - 63, 0, 0, 63];
    const at = file.findIndex((_, i) => integers.every((byte, j) => file[i + j] === byte));
    expect(at).toBeGreaterThan(0);
    const tampered = file.slice();
    tampered[at + 5] = 40;
    await expect(loadClassifier(tampered, runtime)).rejects.toThrow(/golden vectors/);
  });

  it('holds golden vectors of pictures in a few hundred bytes', async () => {
    const shape = [1, 128, 128];
    const weights = constant(new Float32Array(2 * 128 * 128).fill(0.01), [128 * 128, 2], 'w');
    const flat = reshape(input('x', [1, ...shape], [0]), [-1, 128 * 128]);
    const picture = writeModel({ logits: matmul(flat, weights) });
    const pictureCard = { ...card, shape };
    const file = await sealClassifier(picture, pictureCard, runtime);
    expect(file.length - picture.length - JSON.stringify(pictureCard).length).toBeLessThan(400);
    await (await loadClassifier(file, runtime)).close();
  });

  it('refuses a network with another number of outputs than the card has labels', async () => {
    const third = [...card.labels, { class: 'S', meaning: 'supraventricular ectopic beat' }];
    await expect(sealClassifier(network(), { ...card, labels: third }, runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringContaining('3 logits an example'),
    });
  });

  it('is told from a beat network, either way', async () => {
    const beats = await readBundledModel('beats');
    await expect(loadClassifier(beats, runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringContaining('holds a network of beats'),
    });
    expect(() => readClassifierCard(beats)).toThrow(/holds a network of beats/);
    await expect(loadBeatModel(sealed, runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringContaining('holds a classifier of examples'),
    });
    expect(() => readModelCard(sealed)).toThrow(/holds a classifier of examples/);
  });

  it('is refused without a card, with a card of unknown keys, and when it is no ONNX file', async () => {
    expect(() => readClassifierCard(network())).toThrow(/no ectopy.card/);
    const odd = addModelMetadata(network(), { 'ectopy.card': JSON.stringify({ ...card, colour: 'red' }) });
    await expect(loadClassifier(odd, runtime)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('colour'),
    });
    const broken = addModelMetadata(network(), { 'ectopy.card': '{' });
    expect(() => readClassifierCard(broken)).toThrow(/not JSON/);
    const twice = { ...card, labels: [card.labels[0], card.labels[0]] };
    await expect(sealClassifier(network(), twice, runtime)).rejects.toThrow(/a class stands twice/);
    await expect(loadClassifier(Uint8Array.of(255, 1), runtime)).rejects.toMatchObject({
      code: 'bad-format',
    });
  });
});
