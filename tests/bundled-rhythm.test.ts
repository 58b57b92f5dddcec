import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectBeats, type SynthesisScript, synthesize } from '../src/ecg/index.js';
import { openFile } from '../src/formats/node.js';
import { loadRhythmModel, type RhythmModel } from '../src/models/index.js';
import { readBundledModel } from '../src/models/node.js';
import { createNativeRuntime, createWasmRuntime } from '../src/nn/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

let model: RhythmModel;
beforeAll(async () => {
  model = await loadRhythmModel(await readBundledModel('rhythm'), await createNativeRuntime({ threads: 1 }));
});
afterAll(() => model.close());

/** The most probable class of each half-minute of one lead. */
async function rhythms(lead: Float32Array, fs: number, by: RhythmModel = model): Promise<string> {
  const beats = detectBeats([lead], fs);
  const size = 30 * fs;
  const windows = Array.from({ length: Math.floor(lead.length / size) }, (_, w) => ({
    leads: [lead.subarray(w * size, (w + 1) * size)],
    names: ['II'],
    fs,
    beats: beats.filter((beat) => beat >= w * size && beat < (w + 1) * size).map((beat) => beat - w * size),
  }));
  const found = await by.classify(windows);
  return windows
    .map((_, w) => {
      const row = [...found.subarray(w * 4, w * 4 + 4)];
      return by.classes[row.indexOf(Math.max(...row))];
    })
    .join('');
}
const synthetic = (rhythm: 'sinus' | 'af', fs: number) => {
  const script: SynthesisScript = { id: rhythm, segments: [{ rhythm, seconds: 120, heartRateBpm: 78 }] };
  return synthesize(script, { fs, seed: 3, leads: ['II'] }).signals[0].samples;
};

describe('the bundled rhythm network', () => {
  it('tells synthetic fibrillation from sinus rhythm at any rate, gain and polarity', async () => {
    for (const fs of [128, 250, 500]) {
      expect(await rhythms(synthetic('af', fs), fs)).toBe('AAAA');
      expect(await rhythms(synthetic('sinus', fs), fs)).toBe('NNNN');
    }
    expect(
      await rhythms(
        synthetic('af', 250).map((x) => -0.3 * x),
        250,
      ),
    ).toBe('AAAA');
    expect(
      await rhythms(
        synthetic('sinus', 250).map((x) => -5 * x),
        250,
      ),
    ).toBe('NNNN');
  });

  it('gives the same on WebAssembly', async () => {
    const other = await loadRhythmModel(await readBundledModel('rhythm'), await createWasmRuntime());
    expect(await rhythms(synthetic('af', 250), 250, other)).toBe('AAAA');
    await other.close();
  });
});

describeWithShared('the bundled rhythm network on recordings it was trained on', () => {
  it('tells the rhythms of 100 and of 210', async () => {
    for (const [record, letter] of [
      ['100', 'A'],
      ['210', 'A'],
    ] as const) {
      const reader = await openFile(join(sharedDir, 'data', 'mitdb', record));
      const { signals } = await reader.read({ signals: [0], to: 300 * 360 });
      await reader.close();
      const found = await rhythms(signals[0].samples, signals[0].fs);
      const share = [...found].filter((own) => own === letter).length / found.length;
      // The database's directory: 100 is sinus rhythm throughout, 210 fibrillation.
      if (record === '210') expect(share).toBeGreaterThan(0.8);
      else expect(share).toBe(0);
    }
  });
});
