import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LITERATURE_MAP } from '../src/ecg/index.js';
import { addCounts, auditSplit, classStatistics, DS2, MITDB, patientOf } from '../src/evaluation/index.js';
import { openFile } from '../src/formats/node.js';
import { type BeatModel, inputShape, loadBeatModel } from '../src/models/index.js';
import { readBundledModel } from '../src/models/node.js';
import { createNativeRuntime, createWasmRuntime } from '../src/nn/node.js';
import { predictRecord, recordCounts } from '../src/training/index.js';
import { describeWithShared, sharedDir } from './shared-data.js';

const open = { beats: undefined, 'beats-ds1': undefined } as Record<string, BeatModel | undefined>;
const modelOf = (name: string): BeatModel => open[name]!;
const NAMES = ['beats', 'beats-ds1'] as const;
beforeAll(async () => {
  const runtime = await createNativeRuntime({ threads: 1 });
  for (const name of NAMES) open[name] = await loadBeatModel(await readBundledModel(name), runtime);
});
afterAll(async () => {
  for (const name of NAMES) await modelOf(name).close();
});

const recordsOf = (data: { database: string; records: readonly string[] }[]): string[] =>
  data.flatMap(({ database, records }) => records.map((r) => `${database}/${r}`));

describe.each(NAMES)('the bundled beat network %s', (name) => {
  it('reproduces its golden vectors on the WebAssembly runtime too, and agrees beyond them', async () => {
    const model = modelOf(name);
    const web = await loadBeatModel(await readBundledModel(name), await createWasmRuntime());
    const shape = inputShape(model.card.input);
    const waves = Float32Array.from({ length: 3 * shape.channels * shape.length }, (_, i) =>
      Math.sin(0.11 * i),
    );
    const features = Float32Array.from({ length: 3 * shape.features }, (_, i) => Math.cos(0.7 * i) / 3);
    const [a, b] = [await model.forward(waves, features, 3), await web.forward(waves, features, 3)];
    for (let i = 0; i < a.length; i++) expect(b[i]).toBeCloseTo(a[i], 3);
    await web.close();
  });

  it('says what it is for and how sure it may be', () => {
    const { intendedUse, calibration, doubt } = modelOf(name).card;
    expect(intendedUse).toMatch(/research use only/i);
    expect(calibration.temperature).toBeGreaterThan(0.3);
    expect(doubt?.conformal.length).toBeGreaterThan(0);
  });

  it('is small enough for a phone', async () => {
    expect((await readBundledModel(name)).length).toBeLessThan(1e6);
  });
});

describe('what the bundled beat networks have seen', () => {
  const ds2 = DS2.map((r) => `mitdb/${r}`);

  it('is no patient of DS2 in that of the benchmark', () => {
    const { data } = modelOf('beats-ds1').card;
    const split = auditSplit('bundled', { train: recordsOf(data.training), test: ds2, patientOf });
    expect(split.sharedPatients).toEqual([]);
    expect(data.heldOut).toEqual([{ database: 'mitdb', records: DS2 }]);
  });

  it('is every patient in that of the package, which nobody may score on them', () => {
    const { data } = modelOf('beats').card;
    const train = recordsOf(data.training);
    expect(train).toEqual(expect.arrayContaining([...MITDB.map((r) => `mitdb/${r}`), 'svdb/800']));
    expect(data.heldOut).toEqual([]);
    expect(() => auditSplit('bundled', { train, test: ds2, patientOf })).toThrow(/both sides/);
  });
});

describeWithShared('the bundled beat network of the benchmark on recordings', () => {
  // svdb took no part in training: 809 has 112 S beats, 803 143 V beats. The floors are far below what it reaches, and
  // far above chance, so that a broken input contract is noticed.
  it.each([
    ['svdb/809', 'S', 0.6],
    ['svdb/803', 'V', 0.8],
  ] as const)('finds the ectopic beats of %s', async (id, beatClass, floor) => {
    const model = modelOf('beats-ds1');
    const reader = await openFile(`${sharedDir}/data/${id}`);
    const predictions = await predictRecord(id, reader, model.card.input, [model.forward]);
    await reader.close();
    const { counts } = recordCounts(predictions, { map: LITERATURE_MAP, peaks: 'given', network: 0 });
    expect(classStatistics(addCounts([counts])).classes[beatClass].f1).toBeGreaterThan(floor);
  });
});
