import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import type { Network } from '../builder.js';
import { exportModel } from '../export.js';
import { dense } from '../layers/dense.js';
import { createNativeRuntime } from '../node.js';
import { add, relu } from '../ops/elementwise.js';
import type { Runtime } from '../runtime.js';
import { decodeModel } from './read.js';
import { shuffleWeights, weightDepths } from './shuffle-weights.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

const bias = false;
/** a and then c go to the output; b goes there by itself. */
const network: Network = (b, { x }) => ({
  logits: add(
    dense(b, 'c', relu(dense(b, 'a', x, { units: 4, bias })), { units: 3, bias }),
    dense(b, 'b', x, { units: 3, bias }),
  ),
});
const bytes = exportModel({
  network,
  inputs: { x: ['N', 2] },
  parameters: Float32Array.from({ length: 8 + 12 + 6 }, (_, i) => i + 1),
  statistics: new Float32Array(0),
});
const numbers = (file: Uint8Array) =>
  Object.fromEntries(
    decodeModel(file).initializers.map((t) => [t.name, [...new Float32Array(t.bytes.slice().buffer)]]),
  );
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe('shuffled weights', () => {
  it('lie as deep as the operations between them and the output', () => {
    expect(Object.fromEntries(weightDepths(bytes))).toEqual({ 'a.weight': 2, 'b.weight': 1, 'c.weight': 1 });
  });

  it('are the same numbers elsewhere, to the depth and no deeper', () => {
    const before = numbers(bytes);
    const one = numbers(shuffleWeights(bytes, 1, createRandom(1)));
    expect(one['a.weight']).toEqual(before['a.weight']);
    for (const name of ['b.weight', 'c.weight']) {
      expect(one[name]).not.toEqual(before[name]);
      expect(sorted(one[name])).toEqual(sorted(before[name]));
    }
    expect(numbers(shuffleWeights(bytes, 2, createRandom(1)))['a.weight']).not.toEqual(before['a.weight']);
    expect(numbers(shuffleWeights(bytes, 0, createRandom(1)))).toEqual(before);
  });

  it('give a file that runs, and says otherwise', async () => {
    const x = { x: { data: Float32Array.from([1, -2]), shape: [1, 2] } };
    const answer = async (file: Uint8Array) => {
      const session = await runtime.open(file);
      const { logits } = await session.run(x);
      await session.release();
      return [...logits.data];
    };
    expect(await answer(shuffleWeights(bytes, 0, createRandom(1)))).toEqual(await answer(bytes));
    expect(await answer(shuffleWeights(bytes, 2, createRandom(1)))).not.toEqual(await answer(bytes));
  });
});
