import { describe, expect, it } from 'vitest';
import type { Score } from './example.js';
import { descending, perturbationCurve } from './perturbation-curves.js';

const shapes = { x: [4] };
const example = { x: Float32Array.from([1, 4, 2, 3]) };
const zeros = { x: new Float32Array(4) };
const parts = [0, 1, 2, 3].map((i) => ({ name: `${i}`, runs: [{ input: 'x', row: 0, from: i, to: i + 1 }] }));
const sum: Score = async ({ x }, n) =>
  Float64Array.from({ length: n }, (_, k) => x.subarray(4 * k, 4 * k + 4).reduce((a, b) => a + b, 0));

describe('perturbation curves', () => {
  it('are what is left, and what has come, by hand', async () => {
    const order = descending(example.x);
    expect(order).toEqual([1, 3, 2, 0]);
    const deletion = await perturbationCurve('deletion', sum, example, zeros, shapes, parts, order);
    expect([...deletion.scores]).toEqual([10, 6, 3, 1, 0]);
    // (8 + 4.5 + 2 + .5) / 4
    expect(deletion.area).toBeCloseTo(3.75, 10);
    const insertion = await perturbationCurve('insertion', sum, example, zeros, shapes, parts, order);
    expect([...insertion.scores]).toEqual([0, 4, 7, 9, 10]);
    expect(insertion.area).toBeCloseTo(6.25, 10);
  });

  it('are worse in the wrong order', async () => {
    const wrong = [0, 2, 3, 1];
    const deletion = await perturbationCurve('deletion', sum, example, zeros, shapes, parts, wrong);
    const insertion = await perturbationCurve('insertion', sum, example, zeros, shapes, parts, wrong);
    expect(deletion.area).toBeCloseTo(6.25, 10);
    expect(insertion.area).toBeCloseTo(3.75, 10);
  });

  it('take equal parts in their own order', () => {
    expect(descending([1, 2, 2, 1])).toEqual([1, 2, 0, 3]);
  });
});
