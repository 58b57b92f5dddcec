import type { RunOptions } from '../core/index.js';

/**
 * The results of two pieces of work that go on at the same time; where one fails, the other is cancelled, and its
 * failure is thrown once both have ended.
 */
export async function both<A, B>(
  first: (options: RunOptions) => Promise<A>,
  second: (options: RunOptions) => Promise<B>,
  options: RunOptions,
): Promise<[A, B]> {
  let failure: { readonly error: unknown } | undefined;
  const signal = {
    get aborted() {
      return failure !== undefined || options.signal?.aborted === true;
    },
  };
  const guarded = async <T>(work: (options: RunOptions) => Promise<T>): Promise<T | undefined> => {
    try {
      return await work({ ...options, signal });
    } catch (error) {
      failure ??= { error };
      return undefined;
    }
  };
  const [a, b] = await Promise.all([guarded(first), guarded(second)]);
  if (failure !== undefined) throw failure.error;
  return [a as A, b as B];
}
