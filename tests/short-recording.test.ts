import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnalysisModels, analysisModels, analyze } from '../src/analysis/index.js';
import type { RecordingReader } from '../src/core/index.js';
import { sampleReader } from '../src/ecg/index.js';
import type { ModelSet } from '../src/models/index.js';
import { loadModelSet } from '../src/models/node.js';

/** The first seconds of a recording. */
function beginOf(reader: RecordingReader, seconds: number): RecordingReader {
  const length = Math.round(seconds * reader.info.fs);
  return {
    info: { ...reader.info, length, annotations: [] },
    read: (options = {}, run) => reader.read({ from: 0, to: length, ...options }, run),
    close: () => reader.close(),
  };
}

describe('a recording shorter than the windows of the networks', () => {
  let set: ModelSet;
  let models: AnalysisModels;
  beforeAll(async () => {
    set = await loadModelSet({ threads: 1 });
    models = analysisModels(set);
  });
  afterAll(() => set.close());

  it.each([2.1, 3, 4.99, 6])('of %f s is analysed by those that can read it', async (seconds) => {
    const { beats, rhythms, quality } = await analyze(beginOf(sampleReader(), seconds), models);
    // The synthetic recording begins with 68 beats a minute; a beat at either end may be lost.
    expect(beats.count).toBeGreaterThanOrEqual(Math.floor(seconds) - 1);
    expect(beats.count).toBeLessThanOrEqual(Math.ceil(1.5 * seconds));
    expect(rhythms?.some(({ rhythm }) => rhythm.startsWith('ventricular'))).toBe(false);
    expect(quality.leads?.[0]?.seconds).toHaveLength(Math.floor(seconds));
  });

  it('of under two seconds is refused, saying why', async () => {
    await expect(analyze(beginOf(sampleReader(), 1.9), models)).rejects.toMatchObject({ code: 'too-short' });
  });
});
