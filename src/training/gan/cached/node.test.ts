import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toyExamples } from '../../../../tests/toy-examples.js';
import type { Runtime } from '../../../nn/index.js';
import { createNativeRuntime } from '../../../nn/node.js';
import { countExamples, type ExampleSet } from '../../examples/example-set.js';
import type { GanConfig } from '../synthesise-examples.js';
import { generatedExamples } from './node.js';

const folder = mkdtempSync(join(tmpdir(), 'ectopy-generated-'));
afterAll(() => rmSync(folder, { recursive: true }));

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

const toys = toyExamples(120, 5, 0.25);
const everything = Int32Array.from(toys.label.keys());
/** Two steps teach a generator nothing, and are enough to tell two apart. */
const config: GanConfig = { share: 0.5, steps: 2, batchSize: 8, classes: ['sawtooth'], seed: 3 };
const make = (set: ExampleSet, train: Int32Array, over: Partial<GanConfig> = {}) =>
  generatedExamples(runtime, set, train, { ...config, ...over }, folder);

describe('generatedExamples', () => {
  it('come from the cache for the same examples and generator, and from a new one for any other', async () => {
    const [sines, saws] = countExamples(toys, everything);
    const first = await make(toys, everything);
    expect(countExamples(first, Int32Array.from(first.label.keys()))).toEqual([
      0,
      Math.round(sines / 2) - saws,
    ]);
    const files = () => readdirSync(folder).length;
    expect(files()).toBe(1);
    const again = await make(toys, everything);
    expect([again.data, again.label, again.records]).toEqual([first.data, first.label, first.records]);
    expect(files()).toBe(1);

    const others: [ExampleSet, Int32Array, Partial<GanConfig>?][] = [
      [toys, everything, { seed: 4 }],
      [toys, everything, { steps: 3 }],
      [toys, everything.slice(1)],
      [{ ...toys, data: toys.data.map((x) => x + 1) }, everything],
    ];
    for (const [n, other] of others.entries()) {
      expect((await make(...other)).data).not.toEqual(first.data);
      expect(files()).toBe(2 + n);
    }
  });

  it("are made side by side without getting into each other's way", async () => {
    const both = await Promise.all([1, 2].map(() => make(toys, everything, { seed: 9 })));
    expect(both[0].data).toEqual(both[1].data);
    expect(readdirSync(folder).filter((name) => !name.endsWith('.examples'))).toEqual([]);
  });
});
