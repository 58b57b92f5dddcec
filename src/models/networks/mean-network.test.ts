import { expect, it } from 'vitest';
import { exportModel, filled, matmul, type Network } from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { meanNetwork } from './mean-network.js';

it('is the mean of the logits of its members, whose numbers follow each other', async () => {
  const single: Network = (b, { x }) => ({ logits: matmul(x, b.parameter('w', [2, 2], filled(0))) });
  const runtime = await createNativeRuntime({ threads: 1 });
  const logits = async (network: Network, parameters: Float32Array) => {
    const bytes = exportModel({
      network,
      inputs: { x: ['N', 2] },
      parameters,
      statistics: new Float32Array(0),
    });
    const session = await runtime.open(bytes);
    const out = await session.run({ x: { data: Float32Array.of(3, 5), shape: [1, 2] } });
    await session.release();
    return [...(out['logits'].data as Float32Array)];
  };
  // By hand: (3, 5) by the unit matrix, and by (0 2; 2 0), gives (3, 5) and (10, 6).
  const [a, b] = [Float32Array.of(1, 0, 0, 1), Float32Array.of(0, 2, 2, 0)];
  expect(await logits(single, a)).toEqual([3, 5]);
  expect(await logits(single, b)).toEqual([10, 6]);
  expect(await logits(meanNetwork(single, 2), Float32Array.of(...a, ...b))).toEqual([6.5, 5.5]);
});
