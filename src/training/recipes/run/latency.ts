import { createRandom } from '../../../core/index.js';
import type { Runtime } from '../../../nn/index.js';

/**
 * ms that a network takes for each of `count` examples given at once: the median of `runs` runs, after five that
 * warm it up. The examples are noise: how long a network takes does not depend on them.
 */
export async function measureLatency(
  runtime: Runtime,
  bytes: Uint8Array,
  shape: readonly number[],
  count: number,
  runs: number,
): Promise<number> {
  const session = await runtime.open(bytes);
  const size = shape.reduce((product, n) => product * n, count);
  const random = createRandom(1);
  const data = Float32Array.from({ length: size }, () => random.next());
  const times: number[] = [];
  try {
    for (let run = -5; run < runs; run++) {
      const from = performance.now();
      await session.run({ x: { data, shape: [count, ...shape] } });
      if (run >= 0) times.push(performance.now() - from);
    }
  } finally {
    await session.release();
  }
  return times.sort((a, b) => a - b)[times.length >> 1] / count;
}
