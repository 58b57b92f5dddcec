import { beforeAll, describe, expect, it } from 'vitest';
import { constant, input, matmul, type Runtime, reshape, writeModel } from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { sealClassifier } from '../classifier/classifier.js';
import type { ClassifierCard } from '../classifier/classifier-card.js';
import { RHYTHM_WINDOW, rhythmWindowLayout } from '../inputs/rhythm-window.js';
import { readBundledModel } from '../node.js';
import { loadRhythmModel, type RhythmModel } from './rhythm.js';
import type { SignalWindow } from './signal-window.js';

const { shape, signals } = rhythmWindowLayout(RHYTHM_WINDOW);
const size = shape[0] * shape[1];

/** Its logit of `A` is the logarithm of the mean RR interval, the first figure; the others are 0. */
const weights = new Float32Array(size * 4);
weights[4 * signals * shape[1] + 1] = 1;
const network = writeModel({
  logits: matmul(reshape(input('x', [1, ...shape], [0]), [-1, size]), constant(weights, [size, 4], 'w')),
});

const card: ClassifierCard = {
  format: 'ectopy-classifier-1',
  task: 'rhythm',
  name: 'toy-rhythm',
  version: '1.0.0',
  labels: ['N', 'A', 'O', '~'].map((name) => ({ class: name, meaning: name })),
  input: { ...RHYTHM_WINDOW },
  shape: [...shape],
  calibration: { temperature: 0.5, leastProbability: 0.5, basis: 'none' },
  data: {
    training: [{ database: 'mitdb', records: ['101'] }],
    heldOut: [],
    protocol: 'honest',
    leaky: false,
    patientSplit: 'by patient',
    licence: 'ODC-By 1.0',
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
  licence: 'MIT',
  intendedUse: 'research use only',
  limitations: [],
};

let runtime: Runtime;
let model: RhythmModel;
beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
  model = await loadRhythmModel(await sealClassifier(network, card, runtime), runtime);
});

const fs = 250;
/** Half a minute of a beat every `rr` s. */
function windowOf(rr: number): SignalWindow {
  const beats = Array.from({ length: Math.floor(29 / rr) }, (_, i) => Math.round((i + 0.5) * rr * fs));
  const lead = new Float32Array(30 * fs);
  for (const beat of beats) lead.fill(1, beat - 5, beat + 5);
  return { leads: [lead], names: ['II'], fs, beats };
}
/** By hand: e^(2 ln rr) against three times e^0, at a temperature of a half. */
const expected = (rr: number) => (rr * rr) / (rr * rr + 3);

describe('loadRhythmModel', () => {
  it('gives calibrated probabilities of each window, in their order', async () => {
    const found = await model.classify([windowOf(0.5), windowOf(1), windowOf(2)]);
    for (const [w, rr] of [0.5, 1, 2].entries()) {
      expect(found[4 * w + 1]).toBeCloseTo(expected(rr), 4);
      expect(found[4 * w]).toBeCloseTo((1 - expected(rr)) / 3, 4);
    }
    expect(model.windowS).toBe(30);
    expect(model.classes).toEqual(['N', 'A', 'O', '~']);
    expect(await model.classify([])).toHaveLength(0);
  });

  it('looks at a lead that is valid, and is NaN where none is', async () => {
    const good = windowOf(1);
    const lost = new Float32Array(30 * fs).fill(Number.NaN);
    const found = await model.classify([
      { ...good, leads: [lost], names: ['II'] },
      { ...good, leads: [lost, good.leads[0]], names: ['II', 'V1'] },
      { ...good, leads: [] },
    ]);
    expect([...found.subarray(0, 4)].every(Number.isNaN)).toBe(true);
    expect(found[5]).toBeCloseTo(expected(1), 4);
    expect([...found.subarray(8)].every(Number.isNaN)).toBe(true);
  });

  it('passes over a lead that has come off', async () => {
    const released = await loadRhythmModel(await readBundledModel('rhythm'), runtime);
    const good = windowOf(1);
    const off = new Float32Array(30 * fs).fill(1.25);
    const seen = await released.classify([
      good,
      { ...good, leads: [off, good.leads[0]], names: ['II', 'V1'] },
      { ...good, leads: [off] },
    ]);
    await released.close();
    expect([...seen.subarray(4, 8)]).toEqual([...seen.subarray(0, 4)]);
    // Negative control: by itself it is looked at, and looks different.
    expect([...seen.subarray(8)]).not.toEqual([...seen.subarray(0, 4)]);
  });

  it('refuses another task, and a card whose input is not the network’s', async () => {
    const other = await sealClassifier(network, { ...card, task: 'quality' }, runtime);
    await expect(loadRhythmModel(other, runtime)).rejects.toMatchObject({ code: 'bad-format' });
    const longer = { ...card, input: { ...RHYTHM_WINDOW, window: 40 } };
    await expect(loadRhythmModel(await sealClassifier(network, longer, runtime), runtime)).rejects.toThrow(
      /does not read the windows/,
    );
  });
});
