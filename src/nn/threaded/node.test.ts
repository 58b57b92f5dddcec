import { describe, expect, it } from 'vitest';
import { writeModel } from '../onnx/write.js';
import { add } from '../ops/elementwise.js';
import { input } from '../ops/leaf.js';
import { createThreadedRuntime } from './node.js';

const sum = () => writeModel({ y: add(input('a', [2]), input('b', [2])) });
const two = (...data: number[]) => ({ data: Float32Array.from(data), shape: [2] });

describe('the runtime in a thread of its own', () => {
  it('runs models side by side, answers in any order, and starts again after its last session', async () => {
    const runtime = createThreadedRuntime();
    const sessions = await Promise.all([runtime.open(sum()), runtime.open(sum())]);
    expect(sessions[0].inputs).toEqual(['a', 'b']);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => sessions[i % 2].run({ a: two(i, 1), b: two(10, 20) })),
    );
    answers.forEach(({ y }, i) => {
      expect([...y!.data]).toEqual([10 + i, 21]);
    });
    for (const session of sessions) await session.release();
    const again = await runtime.open(sum());
    expect([...(await again.run({ a: two(1, 2), b: two(3, 4) }))['y']!.data]).toEqual([4, 6]);
    await again.release();
  });

  it('takes a view of a larger buffer for what it shows', async () => {
    const session = await createThreadedRuntime().open(sum());
    const wide = Float32Array.of(7, 1, 2, 7);
    const { y } = await session.run({
      a: { data: wide.subarray(1, 3), shape: [2] },
      b: two(0, 0),
    });
    expect([...y!.data]).toEqual([1, 2]);
    expect([...wide]).toEqual([7, 1, 2, 7]);
    await session.release();
  });

  it('hands on what is wrong, and goes on', async () => {
    const runtime = createThreadedRuntime();
    await expect(runtime.open(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'bad-format' });
    const session = await runtime.open(sum());
    await expect(session.run({ a: two(1, 2) })).rejects.toThrow(/input b is missing/);
    expect([...(await session.run({ a: two(1, 2), b: two(0, 0) }))['y']!.data]).toEqual([1, 2]);
    await session.release();
    await expect(session.run({ a: two(1, 2), b: two(0, 0) })).rejects.toMatchObject({ code: 'bad-option' });
  });
});
