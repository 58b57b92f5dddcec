import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../nn/index.js';
import { createBatchQueue, type Examples, type Tensors } from './batch-queue.js';

/** A network whose runs end when they are told to: y = 2 x, row by row. */
function heldNetwork() {
  const runs: { readonly model: string; readonly rows: number; end(error?: Error): void }[] = [];
  const run = (model: string, { inputs, rows }: Examples) =>
    new Promise<Tensors>((resolve, reject) => {
      const { data, shape } = inputs['x'] as Tensor;
      const end = (error?: Error) =>
        error === undefined ? resolve({ y: { data: data.map((x) => 2 * x), shape } }) : reject(error);
      runs.push({ model, rows, end });
    });
  return { runs, run };
}

/** Some rows of two numbers. */
const examples = (...numbers: number[]): Examples => ({
  inputs: { x: { data: Float32Array.from(numbers), shape: [numbers.length / 2, 2] } },
  rows: numbers.length / 2,
});
const numbers = ({ y }: Tensors) => [...(y as Tensor).data];
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('a queue of batches', () => {
  it('sends one at once, and what comes meanwhile together, each with its own rows', async () => {
    const { runs, run } = heldNetwork();
    const queue = createBatchQueue({ run, mostRows: 8, mostWaiting: 100 });
    const first = queue.add('m', examples(1, 2));
    await turn();
    expect(runs.map(({ rows }) => rows)).toEqual([1]);
    const later = [
      queue.add('m', examples(3, 4)),
      queue.add('m', examples(5, 6, 7, 8)),
      queue.add('m', examples(9, 10)),
    ];
    await turn();
    expect(runs).toHaveLength(1);
    runs[0]?.end();
    expect(numbers(await first)).toEqual([2, 4]);
    await turn();
    expect(runs.map(({ rows }) => rows)).toEqual([1, 4]);
    runs[1]?.end();
    const answers = await Promise.all(later);
    expect(answers.map(numbers)).toEqual([
      [6, 8],
      [10, 12, 14, 16],
      [18, 20],
    ]);
    expect(answers.map(({ y }) => y?.shape)).toEqual([
      [1, 2],
      [2, 2],
      [1, 2],
    ]);
  });

  it('takes at most so many rows, of one network, in the order in which they came', async () => {
    const { runs, run } = heldNetwork();
    const queue = createBatchQueue({ run, mostRows: 2, mostWaiting: 100 });
    const all = ['a', 'a', 'b', 'a', 'a', 'b'].map((model, i) => queue.add(model, examples(i, i)));
    for (let k = 0; k < 4; k++) {
      await turn();
      runs[k]?.end();
    }
    await Promise.all(all);
    expect(runs.map(({ model, rows }) => `${model}${rows}`)).toEqual(['a2', 'b2', 'a2']);
  });

  it('lets a request of more rows go alone', async () => {
    const { runs, run } = heldNetwork();
    const queue = createBatchQueue({ run, mostRows: 2, mostWaiting: 100 });
    const all = [queue.add('m', examples(1, 1, 2, 2, 3, 3)), queue.add('m', examples(4, 4))];
    await turn();
    runs[0]?.end();
    await turn();
    runs[1]?.end();
    expect((await Promise.all(all)).map(numbers)).toEqual([
      [2, 2, 4, 4, 6, 6],
      [8, 8],
    ]);
    expect(runs.map(({ rows }) => rows)).toEqual([3, 1]);
  });

  it('drops what was cancelled before it went, and nothing else', async () => {
    const { runs, run } = heldNetwork();
    const queue = createBatchQueue({ run, mostRows: 8, mostWaiting: 100 });
    const first = queue.add('m', examples(0, 0));
    await turn();
    const leaving = new AbortController();
    const dropped = queue.add('m', examples(1, 1), leaving.signal);
    const kept = queue.add('m', examples(2, 2), new AbortController().signal);
    leaving.abort();
    runs[0]?.end();
    await first;
    await expect(dropped).rejects.toMatchObject({ code: 'cancelled' });
    expect(runs[1]?.rows).toBe(1);
    runs[1]?.end();
    expect(numbers(await kept)).toEqual([4, 4]);
  });

  it('refuses more than may wait, with when to come again; the room of cancelled ones is free', async () => {
    const { runs, run } = heldNetwork();
    const queue = createBatchQueue({ run, mostRows: 8, mostWaiting: 3 });
    const first = queue.add('m', examples(0, 0));
    await turn();
    const leaving = new AbortController();
    const waiting = [
      queue.add('m', examples(1, 1, 1, 1)),
      queue.add('m', examples(2, 2), leaving.signal).catch((error: { code: string }) => error.code),
    ];
    await expect(queue.add('m', examples(3, 3))).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterS: 1,
    });
    leaving.abort();
    const fits = queue.add('m', examples(4, 4));
    runs[0]?.end();
    await first;
    await turn();
    runs[1]?.end();
    expect(numbers(await fits)).toEqual([8, 8]);
    expect(await waiting[1]).toBe('cancelled');
  });

  it('tells all of a batch that it failed, and goes on', async () => {
    const { runs, run } = heldNetwork();
    const queue = createBatchQueue({ run, mostRows: 8, mostWaiting: 100 });
    const failing = [queue.add('m', examples(1, 1)), queue.add('m', examples(2, 2))];
    await turn();
    runs[0]?.end(new Error('broken'));
    for (const each of await Promise.allSettled(failing)) expect(each.status).toBe('rejected');
    const next = queue.add('m', examples(3, 3));
    await turn();
    runs[1]?.end();
    expect(numbers(await next)).toEqual([6, 6]);
  });
});
