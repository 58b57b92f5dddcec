import { describe, expect, it } from 'vitest';
import { EcgError, type RunOptions, throwIfCancelled } from '../core/index.js';
import { both } from './both.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('both', () => {
  it('gives both results', async () => {
    expect(
      await both(
        async () => 1,
        async () => 'two',
        {},
      ),
    ).toEqual([1, 'two']);
  });

  it('cancels the one when the other fails, and throws what failed first', async () => {
    let turns = 0;
    const endless = async (options: RunOptions) => {
      for (; turns < 1000; turns++) {
        throwIfCancelled(options, 'endless');
        await turn();
      }
    };
    const fails = async () => {
      await turn();
      throw new EcgError('bad-format', 'broken');
    };
    await expect(both(endless, fails, {})).rejects.toMatchObject({ code: 'bad-format' });
    expect(turns).toBeLessThan(10);
  });

  it('passes a cancel on to both', async () => {
    const signal = { aborted: true };
    const asks = async (options: RunOptions) => throwIfCancelled(options, 'work');
    await expect(both(asks, asks, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
