import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/core/index.js';
import { createFileGradCam, createIntegratedGradients } from '../src/explain/index.js';
import { readClassifierCard } from '../src/models/index.js';
import { createNativeRuntime } from '../src/nn/node.js';

const bytes = new Uint8Array(readFileSync(fileURLToPath(new URL('../models/quality.onnx', import.meta.url))));

/** A released network of one input, of which nothing is known but its file. */
describe('explanations of a network over windows', () => {
  const card = readClassifierCard(bytes);
  const options = { network: bytes, shapes: { x: card.shape }, classes: card.labels.length };
  const size = card.shape.reduce((product, n) => product * n, 1);
  const random = createRandom(2);
  const example = { x: Float32Array.from({ length: size }, () => random.normal()) };
  const zeros = { x: new Float32Array(size) };
  const weights = card.labels.map((_, k) => (k === 0 ? 1 : -1));

  it('add up to the difference from no signal', async () => {
    const runtime = await createNativeRuntime({ threads: 1 });
    const gap = async (steps: number) => {
      const method = await createIntegratedGradients(runtime, { ...options, steps });
      const { gap: missed, difference } = await method.explain(example, zeros, weights);
      await method.close();
      return missed / Math.abs(difference);
    };
    // 5 %, the advice of Sundararajan 2017, section 5; one step is the negative control.
    expect(await gap(128)).toBeLessThan(0.05);
    expect(await gap(1)).toBeGreaterThan(0.05);
  });

  it('have a map by Grad-CAM for what speaks for a class, another one for the other class', async () => {
    const cam = await createFileGradCam(await createNativeRuntime({ threads: 1 }), options, 'x');
    const maps = [
      await cam.explain(example, weights),
      await cam.explain(
        example,
        weights.map((w) => -w),
      ),
    ];
    for (const map of maps) expect(map.length).toBe(card.shape.at(-1));
    expect([...maps[0]]).not.toEqual([...maps[1]]);
    expect(Math.max(...maps[0], ...maps[1])).toBeGreaterThan(0.9);
    await cam.close();
  });
});
