import { beforeAll, describe, expect, it } from 'vitest';
import {
  constant,
  input,
  matmul,
  type Runtime,
  reduceMean,
  relu,
  reshape,
  writeModel,
} from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { sealClassifier } from '../classifier/classifier.js';
import type { ClassifierCard } from '../classifier/classifier-card.js';
import { createVentricularWindows, VENTRICULAR_WINDOW } from '../inputs/ventricular-window.js';
import { loadVentricularModel } from './ventricular.js';

/** Logits (0, m, 2 m) with m the mean of the positive samples, whatever the lead shows. */
const network = () => {
  const mean = reduceMean(relu(reshape(input('x', [1, 1, 500], [0]), [-1, 500])), [1]);
  return writeModel({
    logits: matmul(reshape(mean, [-1, 1]), constant(Float32Array.of(0, 1, 2), [1, 3], 'w')),
  });
};
const card = (change: Partial<ClassifierCard> = {}): ClassifierCard => ({
  format: 'ectopy-classifier-1',
  task: 'ventricular',
  name: 'toy',
  version: '1.0.0',
  labels: [
    { class: 'other', meaning: 'other' },
    { class: 'VT', meaning: 'tachycardia' },
    { class: 'VF', meaning: 'fibrillation' },
  ],
  input: { ...VENTRICULAR_WINDOW },
  shape: [1, 500],
  calibration: { temperature: 2, leastProbability: 0, basis: 'a test' },
  data: {
    training: [{ database: 'vfdb', records: ['418'] }],
    heldOut: [],
    protocol: 'all',
    leaky: false,
    patientSplit: 'none',
    licence: 'none',
  },
  quantised: false,
  metrics: [],
  training: {
    recipe: 'toy',
    recipeSha256: '0'.repeat(64),
    seeds: [1],
    date: '2026-01-01',
    software: 'ectopy',
  },
  licence: 'none',
  intendedUse: 'tests',
  limitations: [],
  ...change,
});
const fs = 250;
const lead = (mV: number, Hz: number) =>
  Float32Array.from({ length: 5 * fs }, (_, i) => mV * Math.sin((2 * Math.PI * Hz * i) / fs) ** 3);
const window = (...leads: Float32Array[]) => ({ leads, names: leads.map(() => 'II'), fs, beats: [] });
/** By the definition: (0, m, 2 m) at temperature 2. */
const expected = (mean: number) => {
  const terms = [0, mean, 2 * mean].map((logit) => Math.exp(logit / 2));
  const sum = terms[0] + terms[1] + terms[2];
  return terms.map((term) => expect.closeTo(term / sum, 5));
};
const positives = (x: Float32Array) => {
  const into = new Float32Array(500);
  const magnitude = createVentricularWindows(VENTRICULAR_WINDOW).write(x, fs, into, 0);
  return { magnitude, mean: into.reduce((sum, value) => sum + Math.max(0, value), 0) / 500 };
};

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

describe('loadVentricularModel', () => {
  it('gives calibrated probabilities, leads joined by their size', async () => {
    const model = await loadVentricularModel(await sealClassifier(network(), card(), runtime), runtime);
    const [large, small] = [lead(1, 5), lead(0.25, 2)];
    const [a, b] = [positives(large), positives(small)];
    const found = await model.classify([window(large), window(large, small), window(small)]);
    const joint = (a.magnitude * a.mean + b.magnitude * b.mean) / (a.magnitude + b.magnitude);
    expect([...found.subarray(0, 3)]).toEqual(expected(a.mean));
    expect([...found.subarray(3, 6)]).toEqual(expected(joint));
    // Negative control: the plain mean is another.
    expect([...found.subarray(3, 6)]).not.toEqual(expected((a.mean + b.mean) / 2));
    expect([...found.subarray(6)]).toEqual(expected(b.mean));
    expect([model.windowS, ...model.classes]).toEqual([5, 'other', 'VT', 'VF']);
    expect(await model.classify([])).toHaveLength(0);
    await model.close();
  });

  it('does not ask still and invalid leads', async () => {
    const model = await loadVentricularModel(await sealClassifier(network(), card(), runtime), runtime);
    const [large, still, invalid] = [lead(1, 5), lead(0.02, 5), lead(1, 5).fill(Number.NaN, 100)];
    const found = await model.classify([
      window(still, large, invalid),
      window(still, invalid),
      window(invalid),
      window(),
    ]);
    expect([...found.subarray(0, 3)]).toEqual(expected(positives(large).mean));
    expect([...found.subarray(3)]).toEqual([1, 0, 0, NaN, NaN, NaN, NaN, NaN, NaN]);
    await model.close();
  });

  it('runs many windows as it runs one', async () => {
    const model = await loadVentricularModel(await sealClassifier(network(), card(), runtime), runtime);
    const all = Array.from({ length: 70 }, (_, i) => window(lead(1, 2 + i / 20), lead(0.5, 3)));
    const found = await model.classify(all);
    for (const i of [0, 31, 32, 69])
      expect([...found.subarray(3 * i, 3 * i + 3)]).toEqual(
        [...(await model.classify([all[i]]))].map((p) => expect.closeTo(p, 6)),
      );
    await model.close();
  });

  it("refuses another task's network, and another's classes", async () => {
    const other = await sealClassifier(network(), card({ task: 'heartbeat' }), runtime);
    await expect(loadVentricularModel(other, runtime)).rejects.toMatchObject({
      code: 'bad-format',
      message: expect.stringContaining('of the task heartbeat'),
    });
    const [rest, vt, vf] = card().labels;
    const turned = await sealClassifier(network(), card({ labels: [rest, vf, vt] }), runtime);
    await expect(loadVentricularModel(turned, runtime)).rejects.toMatchObject({ code: 'bad-format' });
    const without = await sealClassifier(network(), card({ input: {} }), runtime);
    await expect(loadVentricularModel(without, runtime)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
