import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AnalysisModels, analysisModels, analyze } from '../src/analysis/index.js';
import { rhythmSpans } from '../src/ecg/index.js';
import { openFile } from '../src/formats/node.js';
import type { ModelSet } from '../src/models/index.js';
import { loadModelSet } from '../src/models/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

const common = (a: readonly Stretch[], b: readonly Stretch[]): number =>
  a.reduce(
    (sum, x) => sum + b.reduce((s, y) => s + Math.max(0, Math.min(x.to, y.to) - Math.max(x.from, y.from)), 0),
    0,
  );

describeWithShared('AV block in whole recordings', () => {
  let set: ModelSet;
  let models: AnalysisModels;

  beforeAll(async () => {
    // Rhythms are named where a network of rhythms is there; these two are told of P waves and beats.
    set = await loadModelSet({ models: ['waves', 'ventricular'] });
    models = analysisModels(set);
  });
  afterAll(() => set.close());

  async function blockIn(record: string): Promise<{ found: Stretch[]; reference: Stretch[]; fs: number }> {
    const reader = await openFile(`${sharedDir}/data/mitdb/${record}`);
    const { rhythms } = await analyze(reader, models);
    await reader.close();
    const { annotations, length, fs } = reader.info;
    return {
      found: rhythms!.filter(({ rhythm }) => rhythm === 'av-block-2' || rhythm === 'av-block-3'),
      reference: rhythmSpans(annotations, length).filter(({ rhythm }) => rhythm === 'BII'),
      fs,
    };
  }

  it('finds the 2:1 block that the cardiologists marked in record 231, and hardly anything else there', async () => {
    const { found, reference } = await blockIn('231');
    expect(reference).toHaveLength(5);
    expect(common(found, reference) / lengthOf(reference)).toBeGreaterThan(0.85);
    expect(common(found, reference) / lengthOf(found)).toBeGreaterThan(0.95);
  });

  it('finds none in record 119, whose compensatory pauses are as long as dropped beats', async () => {
    const { found, reference, fs } = await blockIn('119');
    expect(reference).toEqual([]);
    expect(lengthOf(found) / fs).toBeLessThan(5);
  });
});
