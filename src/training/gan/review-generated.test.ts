import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import type { ExampleSet } from '../examples/example-set.js';
import { reviewGenerated } from './review-generated.js';

const SIZE = 4;

/** Examples of the given labels, normal numbers. */
function examples(label: readonly number[], seed: number): ExampleSet {
  const random = createRandom(seed);
  return {
    classes: ['N', 'S', 'V'],
    shape: [1, SIZE],
    data: Float32Array.from({ length: label.length * SIZE }, () => random.normal()),
    label: Uint8Array.from(label),
    record: new Uint16Array(label.length),
    records: [{ id: 'a', patient: 'a' }],
  };
}

describe('reviewGenerated', () => {
  const label = Array.from({ length: 300 }, (_, i) => i % 3);
  const set = examples(label, 1);
  const train = Int32Array.from(label.keys()).filter((i) => i < 240);
  const heldOut = Int32Array.from(label.keys()).filter((i) => i >= 240);

  it('measures and draws each class that was generated, by itself', async () => {
    const made = examples([2, 2, 2], 2);
    // A copy of a training example of V, and two of the held-out ones.
    const rows = [5, 245, 248].map((i) => (set.data as Float32Array).subarray(i * SIZE, (i + 1) * SIZE));
    for (const [at, row] of rows.entries()) (made.data as Float32Array).set(row, at * SIZE);
    const { classes, picture } = await reviewGenerated(set, train, heldOut, made, 1);
    expect(classes.map(({ name }) => name)).toEqual(['V']);
    const { memorisation } = classes[0];
    expect(memorisation.generated.examples).toBe(3);
    expect(memorisation.generated.shareTooNear).toBeCloseTo(1 / 3, 12);
    expect(memorisation.train.examples).toBe(80);
    expect(memorisation.heldOut?.examples).toBe(20);
    // Twelve real ones and the three.
    expect(picture.match(/<polyline/g)).toHaveLength(15);
  });

  it('takes a set of none', async () => {
    const { classes, picture } = await reviewGenerated(set, train, heldOut, examples([], 1), 1);
    expect(classes).toEqual([]);
    expect(picture).toContain('</svg>');
  });
});
