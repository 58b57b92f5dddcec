import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SynthesisScript, synthesize } from '../src/ecg/index.js';
import { openFile } from '../src/formats/node.js';
import { loadVentricularModel, type VentricularModel } from '../src/models/index.js';
import { readBundledModel } from '../src/models/node.js';
import { createNativeRuntime, createWasmRuntime } from '../src/nn/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

let model: VentricularModel;
beforeAll(async () => {
  model = await loadVentricularModel(
    await readBundledModel('ventricular'),
    await createNativeRuntime({ threads: 1 }),
  );
});
afterAll(() => model.close());

/** Probability of VT and VF together of every window of 5 s. */
async function ventricular(
  leads: readonly Float32Array[],
  fs: number,
  by: VentricularModel = model,
): Promise<number[]> {
  const size = 5 * fs;
  const count = Math.floor(leads[0].length / size);
  const windows = Array.from({ length: count }, (_, w) => ({
    leads: leads.map((lead) => lead.subarray(w * size, (w + 1) * size)),
    names: leads.map((_, i) => `lead ${i}`),
    fs,
    beats: [],
  }));
  const rows = await by.classify(windows);
  return Array.from({ length: count }, (_, w) => rows[3 * w + 1] + rows[3 * w + 2]);
}
const synthetic = (rhythm: 'sinus' | 'af', heartRateBpm: number, fs: number) => {
  const script: SynthesisScript = { id: rhythm, segments: [{ rhythm, seconds: 60, heartRateBpm }] };
  return synthesize(script, { fs, seed: 3, leads: ['II', 'V1'] }).signals.map(({ samples }) => samples);
};
const share = (of: readonly number[], threshold = 0.5) => of.filter((p) => p >= threshold).length / of.length;
/** Sine waves whose rate and height wander: what fibrillation looks like from afar. */
const flutter = (fs: number, mV: number) =>
  Float32Array.from({ length: 30 * fs }, (_, i) => {
    const t = i / fs;
    const phase = 2 * Math.PI * (4.6 * t + 0.15 * Math.sin(1.7 * t));
    return mV * (1 + 0.2 * Math.sin(2.3 * t)) * Math.sin(phase);
  });

describe('the bundled ventricular network', () => {
  it('finds nothing in synthetic sinus rhythm or atrial fibrillation, at any rate and gain', async () => {
    for (const fs of [128, 250, 500]) {
      expect(share(await ventricular(synthetic('sinus', 72, fs), fs))).toBe(0);
      expect(share(await ventricular(synthetic('af', 90, fs), fs))).toBe(0);
    }
    const small = synthetic('sinus', 120, 250).map((lead) => lead.map((x) => 0.3 * x));
    expect(share(await ventricular(small, 250))).toBe(0);
  });

  it('calls a wandering wave of 280 a minute ventricular, either way round, and asystole not', async () => {
    for (const mV of [0.3, 1, -1]) expect(share(await ventricular([flutter(250, mV)], 250))).toBe(1);
    expect(await ventricular([flutter(250, 0.02)], 250)).toEqual(new Array(6).fill(0));
  });

  it('says the same on WebAssembly', async () => {
    const web = await loadVentricularModel(await readBundledModel('ventricular'), await createWasmRuntime());
    const leads = [flutter(250, 0.5), synthetic('sinus', 80, 250)[0].subarray(0, 30 * 250)];
    const native = await ventricular(leads, 250);
    const other = await ventricular(leads, 250, web);
    for (const [w, p] of native.entries()) expect(Math.abs(p - other[w])).toBeLessThan(1e-4);
    await web.close();
  });

  it('says on its card what it was trained on and how good it is', () => {
    const { card } = model;
    expect(card.labels.map((label) => label.class)).toEqual(['other', 'VT', 'VF']);
    expect(card.data.training.map(({ database }) => database)).toEqual(['vfdb', 'mitdb', 'cinc2017']);
    expect(card.metrics.map(({ id }) => id)).toContain('vf-vt-sensitivity');
    expect(card.calibration.basis).toContain('had not seen the patient');
  });
});

describeWithShared('the bundled ventricular network on recordings it was trained on', () => {
  it('finds the tachycardia of vfdb/612, and none before it', async () => {
    const reader = await openFile(join(sharedDir, 'data/vfdb/612'));
    // Annotated from 1706.9 s to the end.
    const read = async (from: number, to: number) =>
      (await reader.read({ from: from * 250, to: to * 250 })).signals.map(({ samples }) => samples);
    expect(share(await ventricular(await read(1400, 1600), 250))).toBeLessThan(0.1);
    expect(share(await ventricular(await read(1720, 1920), 250))).toBeGreaterThan(0.9);
    await reader.close();
  });
});
