import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import { type ArtificialRecording, ectopicRhythm, memoryRecording } from '../../tests/memory-recording.js';
import type { RecordingReader } from '../core/index.js';
import { type InputContract, inputShape } from './contract.js';
import { type PrepareOptions, prepareInput } from './prepare-input.js';

const drawn: ArtificialRecording = {
  id: 'drawn',
  fs: 360,
  seconds: 150,
  leads: ['MLII', 'V1'],
  beats: ectopicRhythm(150, 0.8, 7, 3),
  seed: 5,
  noise: 0.01,
  gaps: [{ from: 60, to: 66 }],
};
const shape = inputShape(TEST_CONTRACT);

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

async function whole(
  reader: RecordingReader,
  contract: InputContract = TEST_CONTRACT,
  options?: PrepareOptions,
): Promise<{ waves: Float32Array; features: Float32Array; n: number }> {
  const beats = reader.info.annotations.map((a) => a.sample);
  const waves: Float32Array[] = [];
  const features: Float32Array[] = [];
  let n = 0;
  for await (const batch of prepareInput(reader, beats, contract, options)) {
    expect(batch.from).toBe(n);
    n = batch.to;
    waves.push(batch.waves);
    features.push(batch.features);
  }
  expect(n).toBe(beats.length);
  return { waves: joined(waves), features: joined(features), n };
}

const same = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

describe('prepareInput', () => {
  it('gives the same tensors whatever is read at a time', async () => {
    const reader = memoryRecording(drawn);
    for (const contract of [TEST_CONTRACT, { ...TEST_CONTRACT, fs: 100 }]) {
      const reference = await whole(reader, contract, { sliceSeconds: 1000, batchSize: 5000 });
      expect(reference.waves.every(Number.isFinite)).toBe(true);
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 2, max: 150 }),
          fc.integer({ min: 1, max: 80 }),
          async (seconds, size) => {
            const other = await whole(reader, contract, { sliceSeconds: seconds + 0.37, batchSize: size });
            expect(same(other.waves, reference.waves)).toBe(true);
            expect(same(other.features, reference.features)).toBe(true);
          },
        ),
        { numRuns: 10, seed: 1 },
      );
    }
  });

  it('does see a changed sample', async () => {
    const other = memoryRecording({ ...drawn, noise: 0.0101 });
    expect(same((await whole(other)).waves, (await whole(memoryRecording(drawn))).waves)).toBe(false);
  });

  it('gives all beats once and in order where spans are short', async () => {
    const contract = { ...TEST_CONTRACT, span: 60 };
    const { n } = await whole(memoryRecording({ ...drawn, gaps: [] }), contract, { batchSize: 7 });
    expect(n).toBe(drawn.beats.length);
  });

  it('brings any sampling frequency to the same window', async () => {
    const quiet = { ...drawn, noise: 0, gaps: [] };
    const reference = await whole(memoryRecording({ ...quiet, fs: 360 }));
    for (const fs of [100, 128, 250, 512.508, 1000]) {
      const other = await whole(memoryRecording({ ...quiet, fs }));
      let worst = 0;
      // At 100 Hz a 40 Hz filter has no room to fall off, and beats are known to ±5 ms only: compare where flat.
      const size = shape.channels * shape.length;
      for (let i = 20 * size; i < 60 * size; i++)
        worst = Math.max(worst, Math.abs(other.waves[i] - reference.waves[i]));
      expect(worst, `${fs} Hz`).toBeLessThan(0.75);
      const mean =
        reference.waves.reduce((sum, x, i) => sum + Math.abs(x - other.waves[i]), 0) / reference.waves.length;
      expect(mean, `${fs} Hz`).toBeLessThan(0.02);
    }
    // Negative control: half a window's shift is far beyond the tolerance.
    const shifted = await whole(memoryRecording(quiet), {
      ...TEST_CONTRACT,
      window: { before: 0.2, after: 0.3625 },
    });
    const mean =
      reference.waves.reduce((sum, x, i) => sum + Math.abs(x - shifted.waves[i]), 0) / reference.waves.length;
    expect(mean).toBeGreaterThan(0.02);
  });

  it('marks a missing lead and leaves zeros in its rows', async () => {
    const one = await whole(memoryRecording({ ...drawn, leads: ['Lead I'] }));
    for (let i = 0; i < one.n; i++) {
      const present = one.features.subarray((i + 1) * shape.features - 2, (i + 1) * shape.features);
      const inGap = drawn.beats[i].time > 59.7 && drawn.beats[i].time < 66.3;
      if (!inGap) expect([...present]).toEqual([1, 0]);
      for (const channel of [1, 3]) {
        const row = (i * shape.channels + channel) * shape.length;
        expect(one.waves.subarray(row, row + shape.length).every((x) => x === 0)).toBe(true);
      }
    }
    const inside = drawn.beats.findIndex((beat) => beat.time > 61 && beat.time < 65);
    expect(one.features[(inside + 1) * shape.features - 2]).toBe(0);
  });

  it('puts the named lead first', async () => {
    const ordered = await whole(memoryRecording({ ...drawn, leads: ['MLII'] }));
    const reader = memoryRecording({ ...drawn, leads: ['V5', 'MLII'] });
    const swapped = { ...reader, info: { ...reader.info }, read: reader.read };
    const both = await whole(swapped);
    // The second drawn lead is −0.6 times the first, so that moved to the front its R peaks point down.
    const peak = (x: Float32Array, i: number): number => x[i * shape.channels * shape.length + shape.peak];
    expect(peak(ordered.waves, 20)).toBeGreaterThan(0.3);
    expect(peak(both.waves, 20)).toBeLessThan(-0.3);
  });

  it('has a flat sinus template difference and a tall ectopic one', async () => {
    const { waves } = await whole(memoryRecording({ ...drawn, gaps: [] }));
    const size = shape.channels * shape.length;
    const energy = (i: number): number => {
      const row = i * size + 2 * shape.length;
      return waves.subarray(row, row + shape.length).reduce((sum, x) => sum + x * x, 0) / shape.length;
    };
    const of = (symbol: string): number[] =>
      drawn.beats.flatMap((beat, i) => (beat.symbol === symbol ? [energy(i)] : []));
    expect(Math.max(...of('N').slice(2, -2))).toBeLessThan(0.01);
    expect(Math.min(...of('V').slice(1, -1))).toBeGreaterThan(0.05);
  });

  it('refuses beats out of order and recordings without an ECG', async () => {
    const reader = memoryRecording(drawn);
    const drain = async (r: RecordingReader, beats: number[]): Promise<void> => {
      for await (const _ of prepareInput(r, beats, TEST_CONTRACT));
    };
    await expect(drain(reader, [500, 400])).rejects.toMatchObject({ code: 'bad-option' });
    await expect(drain(reader, [1e9])).rejects.toMatchObject({ code: 'bad-option' });
    await expect(drain(reader, [])).resolves.toBeUndefined();
    const pressure = {
      ...reader,
      info: { ...reader.info, signals: [{ lead: 'ABP', unit: 'mmHg', fs: 360 }] },
    };
    await expect(drain(pressure, [400])).rejects.toMatchObject({ code: 'unsupported' });
  });
});
