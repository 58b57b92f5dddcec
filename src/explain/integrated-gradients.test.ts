import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { add, dense, exportModel, type Network, type Runtime, relu, reshape, tanh } from '../nn/index.js';
import { createNativeRuntime } from '../nn/node.js';
import { createIntegratedGradients } from './integrated-gradients.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

const shapes = { waves: [1, 2], features: [1] };
const inputs = { waves: ['N', 1, 2], features: ['N', 1] } as const;

/** A file whose numbers are given in the order in which the network asks for them. */
const release = (network: Network, parameters: readonly number[]) =>
  exportModel({
    network,
    inputs,
    parameters: Float32Array.from(parameters),
    statistics: new Float32Array(0),
  });

const flat: Network = (b, { waves, features }) => ({
  logits: add(
    dense(b, 'w', relu(dense(b, 'one', reshape(waves, [-1, 2]), { units: 1 })), { units: 2, bias: false }),
    dense(b, 'f', features, { units: 2, bias: false }),
  ),
});
const example = { waves: Float32Array.from([2, 1]), features: Float32Array.from([3]) };
const zeros = { waves: new Float32Array(2), features: new Float32Array(1) };

describe('integrated gradients', () => {
  it('are those of a network that can be done by hand', async () => {
    // Class 0: relu(x1 + x2 − 1) · 1 + 10 f. On the way from 0 to (2, 1) the sum is 3a − 1, above 0 from a = 1/3 on:
    // the mean slope is 2/3, so that x1 has 2 · 2/3, x2 has 2/3 and f has 30. Class 1: −relu(…), no f.
    const network = release(flat, [1, 1, -1, 1, -1, 10, 0]);
    const method = await createIntegratedGradients(runtime, { network, shapes, classes: 2, steps: 300 });
    const of0 = await method.explain(example, zeros, [1, 0]);
    expect(of0.values['waves'][0]).toBeCloseTo(4 / 3, 2);
    expect(of0.values['waves'][1]).toBeCloseTo(2 / 3, 2);
    expect(of0.values['features'][0]).toBeCloseTo(30, 4);
    expect(of0.difference).toBeCloseTo(32, 4);
    const of1 = await method.explain(example, zeros, [0, 1]);
    expect(of1.difference).toBeCloseTo(-2, 4);
    expect(of1.values['features'][0]).toBe(0);
    // What both classes have in common is not explained by their difference.
    const margin = await method.explain(example, zeros, [1, -1]);
    expect(margin.difference).toBeCloseTo(34, 4);
    // Of the baseline itself there is nothing to say.
    const none = await method.explain(zeros, zeros, [1, 0]);
    expect([...none.values['waves'], none.difference, none.gap]).toEqual([0, 0, 0, 0]);
    await method.close();
  });

  it('add up to the difference of the scores, with enough steps and not with too few', async () => {
    const steep: Network = (b, { waves, features }) => ({
      logits: dense(
        b,
        'head',
        tanh(
          add(
            dense(b, 'w', reshape(waves, [-1, 2]), { units: 6 }),
            dense(b, 'f', features, { units: 6, bias: false }),
          ),
        ),
        { units: 2 },
      ),
    });
    const random = createRandom(3);
    const network = release(
      steep,
      Array.from({ length: 2 * 6 + 6 + 6 + 12 + 2 }, () => 3 * random.normal()),
    );
    const gap = async (steps: number) => {
      const method = await createIntegratedGradients(runtime, { network, shapes, classes: 2, steps });
      const { values, difference, gap: missed } = await method.explain(example, zeros, [1, 0]);
      const sum = [...values['waves'], ...values['features']].reduce((a, b) => a + b, 0);
      expect(missed).toBeCloseTo(Math.abs(sum - difference), 5);
      await method.close();
      return missed / Math.abs(difference);
    };
    // 5 %, the paper's advice (section 5).
    expect(await gap(128)).toBeLessThan(0.05);
    // Negative control.
    expect(await gap(2)).toBeGreaterThan(0.05);
  });

  it('refuse what does not fit', async () => {
    const network = release(flat, [1, 1, -1, 1, -1, 10, 0]);
    const method = await createIntegratedGradients(runtime, { network, shapes, classes: 2 });
    const short = { ...example, waves: new Float32Array(1) };
    await expect(method.explain(short, zeros, [1, 0])).rejects.toMatchObject({ code: 'bad-shape' });
    await expect(method.explain(example, short, [1, 0])).rejects.toMatchObject({ code: 'bad-shape' });
    await expect(method.explain(example, zeros, [1])).rejects.toMatchObject({ code: 'bad-shape' });
    await method.close();
    await expect(
      createIntegratedGradients(runtime, { network, shapes, classes: 2, steps: 0 }),
    ).rejects.toMatchObject({ code: 'bad-option' });
  });
});
