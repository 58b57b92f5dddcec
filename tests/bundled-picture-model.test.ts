import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFile } from '../src/formats/node.js';
import { type Classifier, drawBeat, loadClassifier, pictureInput } from '../src/models/index.js';
import { readBundledModel } from '../src/models/node.js';
import { createNativeRuntime, createWasmRuntime } from '../src/nn/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

/** Records that hold many beats of a symbol, and the class a picture of one has. */
const BEATS: readonly (readonly [record: string, symbol: string, name: string])[] = [
  ['103', 'N', 'N'],
  ['111', 'L', 'LBBB'],
  ['118', 'R', 'RBBB'],
  ['232', 'A', 'PAC'],
  ['119', 'V', 'PVC'],
];
const EACH = 20;

let native: Classifier;
let web: Classifier;
beforeAll(async () => {
  const bytes = await readBundledModel('beat-image');
  native = await loadClassifier(bytes, await createNativeRuntime());
  web = await loadClassifier(bytes, await createWasmRuntime());
});
afterAll(async () => {
  await native.close();
  await web.close();
});

// It was trained on these patients: this tells whether drawing, reading and network fit, not how good it is.
describeWithShared('the bundled picture network on pictures drawn of mitdb', () => {
  it('says so', () => {
    expect(native.card.data.leaky).toBe(true);
    expect(native.card.limitations.join(' ')).toMatch(/LEAKY.*do not hold for a new patient/);
  });

  it.each(BEATS)(
    'names beats of record %s annotated %s as %s, light or dark, alike on both runtimes',
    async (record, symbol, name) => {
      const reader = await openFile(`${sharedDir}/data/mitdb/${record}`);
      const { fs, annotations } = reader.info;
      const beats = annotations.filter((each) => each.symbol === symbol).slice(5, 5 + EACH);
      let right = 0;
      for (const { sample } of beats) {
        const { signals } = await reader.read({ from: sample - 200, to: sample + 200 });
        const picture = drawBeat(signals[0]!.samples, fs, 200);
        const dark = { ...picture, grey: picture.grey.map((value) => 255 - value) };
        const [a, b] = await Promise.all(
          [native, web].map((each, i) =>
            each.classify(
              Float32Array.from(pictureInput(i === 0 ? picture : dark), (x) => x / 255),
              1,
            ),
          ),
        );
        const best = a!.indexOf(Math.max(...a!));
        expect(b!.indexOf(Math.max(...b!))).toBe(best);
        if (native.card.labels[best]!.class === name) right++;
      }
      await reader.close();
      // By chance a sixth.
      expect(right).toBeGreaterThanOrEqual(0.75 * beats.length);
    },
  );
});
