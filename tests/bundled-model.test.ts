import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LITERATURE_MAP } from '../src/ecg/index.js';
import { addCounts, auditSplit, classStatistics, DS2, patientOf } from '../src/evaluation/index.js';
import { openFile } from '../src/formats/node.js';
import { type BeatModel, inputShape, loadBeatModel } from '../src/models/index.js';
import { loadBundledModel, readBundledModel } from '../src/models/node.js';
import { createWasmRuntime } from '../src/nn/node.js';
import { predictRecord, recordCounts } from '../src/training/index.js';
import { describeWithShared, sharedDir } from './shared-data.js';

let model: BeatModel;
beforeAll(async () => {
  model = await loadBundledModel('beats');
});
afterAll(() => model.close());

describe('the bundled beat network', () => {
  it('reproduces its golden vectors on the WebAssembly runtime too, and agrees beyond them', async () => {
    const web = await loadBeatModel(await readBundledModel('beats'), await createWasmRuntime());
    const shape = inputShape(model.card.input);
    const waves = Float32Array.from({ length: 3 * shape.channels * shape.length }, (_, i) =>
      Math.sin(0.11 * i),
    );
    const features = Float32Array.from({ length: 3 * shape.features }, (_, i) => Math.cos(0.7 * i) / 3);
    const [a, b] = [await model.forward(waves, features, 3), await web.forward(waves, features, 3)];
    for (let i = 0; i < a.length; i++) expect(b[i]).toBeCloseTo(a[i], 3);
    await web.close();
  });

  it('was trained on no patient of DS2, and says so', () => {
    const { data, intendedUse, calibration } = model.card;
    const train = data.training.flatMap(({ database, records }) => records.map((r) => `${database}/${r}`));
    const test = DS2.map((r) => `mitdb/${r}`);
    expect(auditSplit('bundled', { train, test, patientOf }).sharedPatients).toEqual([]);
    expect(data.heldOut).toEqual([{ database: 'mitdb', records: DS2 }]);
    expect(intendedUse).toMatch(/research use only/i);
    expect(calibration.temperature).toBeGreaterThan(0.3);
  });

  it('is small enough for a phone', async () => {
    expect((await readBundledModel('beats')).length).toBeLessThan(1e6);
  });
});

describeWithShared('the bundled beat network on recordings', () => {
  // svdb took no part in training: 809 has 112 S beats, 803 143 V beats. The floors are far below what it reaches, and
  // far above chance, so that a broken input contract is noticed.
  it.each([
    ['svdb/809', 'S', 0.6],
    ['svdb/803', 'V', 0.8],
  ] as const)('finds the ectopic beats of %s', async (id, beatClass, floor) => {
    const reader = await openFile(`${sharedDir}/data/${id}`);
    const predictions = await predictRecord(id, reader, model.card.input, [model.forward]);
    await reader.close();
    const { counts } = recordCounts(predictions, { map: LITERATURE_MAP, peaks: 'given', network: 0 });
    expect(classStatistics(addCounts([counts])).classes[beatClass].f1).toBeGreaterThan(floor);
  });
});
