import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFile } from '../src/formats/node.js';
import { type Classifier, cutScreeningWindows, loadClassifier, SCREENING } from '../src/models/index.js';
import { readBundledModel } from '../src/models/node.js';
import { createNativeRuntime, createWasmRuntime } from '../src/nn/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

const open: Classifier[] = [];
const load = async (integers: boolean, web: boolean) => {
  const runtime = web ? await createWasmRuntime() : await createNativeRuntime();
  const classifier = await loadClassifier(await readBundledModel('screening', { integers }), runtime);
  open.push(classifier);
  return classifier;
};
let single: Classifier;
let integers: Classifier;
beforeAll(async () => {
  single = await load(false, false);
  integers = await load(true, false);
});
afterAll(async () => {
  for (const each of open) await each.close();
});

describe('the bundled screening network', () => {
  it('is small, was trained on DS1 only, and says where it fails', async () => {
    expect((await readBundledModel('screening')).length).toBeLessThan(4.5e6);
    expect((await readBundledModel('screening', { integers: true })).length).toBeLessThan(1.2e6);
    for (const { card } of open) {
      expect(card.labels.map((label) => label.class)).toEqual(['normal', 'arrhythmic']);
      expect(card.data.leaky).toBe(false);
      const trained = new Set(card.data.training.flatMap(({ records }) => records));
      const held = card.data.heldOut.flatMap(({ records }) => records);
      expect(held).toHaveLength(22);
      expect(held.filter((record) => trained.has(record))).toEqual([]);
      expect(card.limitations.join(' ')).toMatch(/AUROC of \.75 only/);
      expect(card.intendedUse).toMatch(/Research use only/);
    }
    expect([single.card.quantised, integers.card.quantised]).toEqual([false, true]);
  });
});

// It was trained on these patients: this tells whether input, network and labels fit, not how good it is.
describeWithShared('the bundled screening network on records it was trained on', () => {
  it.each([
    ['115', 'normal', 0],
    ['112', 'normal', 0],
    ['122', 'normal', 0],
    ['208', 'arrhythmic', 1],
    ['203', 'arrhythmic', 1],
  ])(
    'finds most windows of %s %s where they are, alike in integers and on the web',
    async (record, _, label) => {
      const reader = await openFile(`${sharedDir}/data/mitdb/${record}`);
      const { signals } = await reader.read({ signals: [0], from: 600 * 360, to: 1000 * 360 });
      await reader.close();
      const data = cutScreeningWindows(signals[0]?.samples ?? new Float32Array(0), 360, SCREENING);
      const count = data.length / SCREENING.length;
      const [exact, small, web] = await Promise.all(
        [single, integers, await load(true, true)].map((each) => each.classify(data, count)),
      );
      let as = 0;
      let alike = 0;
      let furthest = 0;
      for (let k = 0; k < count; k++) {
        const chosen = (from: Float32Array | undefined) => ((from?.[2 * k + 1] ?? 0) > 0.5 ? 1 : 0);
        if (chosen(exact) === label) as++;
        if (chosen(exact) === chosen(small)) alike++;
        furthest = Math.max(furthest, Math.abs((small?.[2 * k] ?? 0) - (web?.[2 * k] ?? 1)));
      }
      // By chance a half.
      expect(as).toBeGreaterThan(0.8 * count);
      expect(alike).toBeGreaterThan(0.97 * count);
      // The integers are added up alike everywhere.
      expect(furthest).toBeLessThan(1e-5);
    },
  );
});
