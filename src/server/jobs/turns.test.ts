import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.js';

describe('turns', () => {
  it('are so many at a time, in the order of asking, those given up left out', async () => {
    const turns = createTurns(2);
    const order: number[] = [];
    const ends: (() => void)[] = [];
    const ask = (n: number, signal?: AbortSignal) =>
      turns.take(signal).then((end) => {
        order.push(n);
        ends.push(end);
      });
    const giveUp = new AbortController();
    const asked = [ask(1), ask(2), ask(3, giveUp.signal), ask(4)];
    await Promise.all(asked.slice(0, 2));
    expect([turns.taken(), turns.waiting()]).toEqual([2, 2]);
    giveUp.abort();
    await expect(asked[2]).rejects.toMatchObject({ code: 'cancelled' });
    ends[0]();
    // Twice is once.
    ends[0]();
    await asked[3];
    expect(order).toEqual([1, 2, 4]);
    expect([turns.taken(), turns.waiting()]).toEqual([2, 0]);
    const late = ask(5);
    turns.close();
    await expect(late).rejects.toMatchObject({ code: 'cancelled' });
    await expect(turns.take()).rejects.toMatchObject({ code: 'cancelled' });
    await expect(createTurns(1).take(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
