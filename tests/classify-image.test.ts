import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BEAT_PICTURE,
  type ClassifierCard,
  drawBeat,
  pictureInput,
  sealClassifier,
} from '../src/models/index.js';
import { constant, input, matmul, reshape, writeModel } from '../src/nn/index.js';
import { createNativeRuntime } from '../src/nn/node.js';
import { pngBytes } from './png-bytes.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

const CARD: ClassifierCard = {
  format: 'ectopy-classifier-1',
  task: 'beat-image',
  name: 'ink',
  version: '1.0.0',
  labels: [
    { class: 'N', meaning: 'normal beat' },
    { class: 'PVC', meaning: 'premature ventricular contraction' },
  ],
  input: { ...BEAT_PICTURE },
  shape: [1, 128, 128],
  calibration: { temperature: 1, leastProbability: 0.6, basis: 'none' },
  data: {
    training: [{ database: 'mitdb', records: ['101'] }],
    heldOut: [{ database: 'mitdb', records: ['100'] }],
    protocol: 'honest',
    leaky: false,
    patientSplit: 'by patient',
    licence: 'ODC-By 1.0',
  },
  quantised: false,
  metrics: [],
  training: {
    recipe: 'beat-image',
    recipeSha256: '0'.repeat(64),
    seeds: [1],
    date: '2026-01-01',
    software: 'ectopy',
  },
  licence: 'Apache-2.0',
  intendedUse: 'research use only',
  limitations: [],
};

/** A network that counts ink: logits 0 and `perInk` times the sum of the picture. */
function inkNetwork(perInk: number): Uint8Array {
  const weights = Float32Array.from({ length: 2 * 128 * 128 }, (_, i) => (i % 2) * perInk);
  const flat = reshape(input('x', [1, 1, 128, 128], [0]), [-1, 128 * 128]);
  return writeModel({ logits: matmul(flat, constant(weights, [128 * 128, 2], 'w')) });
}

describe('classify-image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ectopy-image-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  const lead = Float32Array.from({ length: 400 }, (_, i) => Math.exp(-(((i - 200) / 6) ** 2)));
  const { width, height, grey } = drawBeat(lead, 360, 200);
  const ink = pictureInput({ width, height, grey }).reduce((sum, value) => sum + value / 255, 0);

  beforeAll(async () => {
    const runtime = await createNativeRuntime();
    writeFileSync(at('sure.onnx'), await sealClassifier(inkNetwork(Math.log(9) / ink), CARD, runtime));
    const strict = { ...CARD, calibration: { ...CARD.calibration, leastProbability: 0.95 } };
    writeFileSync(at('strict.onnx'), await sealClassifier(inkNetwork(Math.log(9) / ink), strict, runtime));
    const other = { ...CARD, task: 'heartbeat', input: { fs: 125 } };
    writeFileSync(at('other.onnx'), await sealClassifier(inkNetwork(0), other, runtime));
    const rows = Array.from({ length: height }, (_, y) => [...grey.subarray(y * width, (y + 1) * width)]);
    writeFileSync(at('beat.png'), pngBytes({ width, height, depth: 8, colour: 0, rows }));
    const dark = Uint8Array.from({ length: 4 * grey.length }, (_, i) =>
      i % 4 === 3 ? 255 : 255 - grey[i >> 2],
    );
    writeFileSync(at('dark.jpg'), encode({ width, height, data: dark }, 90).data);
    const noise = rows.map((row) => row.map((_, x) => (x * 7919) % 251));
    writeFileSync(at('noise.png'), pngBytes({ width, height, depth: 8, colour: 0, rows: noise }));
    writeFileSync(at('text.png'), 'no picture');
  });

  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, 'classify-image', ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });

  it('names the class and its probability, and says what is no beat', () => {
    const done = run('beat.png', 'dark.jpg', 'noise.png', '--model', 'sure.onnx');
    // Logits 0 and ln 9: 90 %.
    expect(done.stdout.split('\n')).toEqual([
      expect.stringMatching(/^ink 1\.0\.0\. Research use only/),
      'beat.png: PVC, premature ventricular contraction, 90.0 %',
      expect.stringMatching(/^dark\.jpg: PVC, premature ventricular contraction, (8|9)\d\.\d %$/),
      expect.stringMatching(/^noise\.png: uncertain \(not a picture of a beat: /),
      '',
    ]);
    expect(done).toMatchObject({ status: 0, stderr: '' });
  });

  it('is uncertain below the least probability of the card', () => {
    expect(run('beat.png', '--model', 'strict.onnx').stdout).toContain(
      'beat.png: uncertain (its probability is below 95.0 %); likeliest PVC',
    );
  });

  it('gives JSON', () => {
    const verdict = JSON.parse(run('beat.png', '--json', '--model', 'sure.onnx').stdout);
    expect(verdict).toMatchObject({ file: 'beat.png', class: 'PVC', uncertain: null });
    expect(verdict.probabilities.N).toBeCloseTo(0.1, 4);
    expect(verdict.probability).toBeCloseTo(0.9, 4);
    const none = JSON.parse(run('noise.png', '--json', '--model', 'sure.onnx').stdout);
    expect(none).toMatchObject({ class: null, probability: null, uncertain: expect.any(String) });
  });

  it('goes on after a file it cannot read, and ends with its code', () => {
    const done = run('none.png', 'text.png', 'beat.png', '--model', 'sure.onnx');
    expect(done.status).toBe(3);
    expect(done.stderr).toMatch(/none\.png: .*there is no file/);
    expect(done.stderr).toMatch(/text\.png: .*neither PNG nor JPEG/);
    expect(done.stdout).toContain('beat.png: PVC');
    expect(run('text.png', '--model', 'sure.onnx').status).toBe(5);
  });

  it('wants a model of pictures', () => {
    expect(run('beat.png', '--model', 'none.onnx')).toMatchObject({ status: 3 });
    expect(run('beat.png', '--model', 'other.onnx')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/ink is a network of heartbeat/),
    });
    expect(run().status).toBe(2);
  });
});
