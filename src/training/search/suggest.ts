import { createRandom } from '../../core/index.js';
import { gridPoint } from './grid.js';
import { randomPoint } from './random-point.js';
import type { Point, Search, Trial } from './search-config.js';
import { tpePoint } from './tpe.js';

/**
 * The point of the trial after `history`; null when a grid has no more. It depends on nothing else, so a search
 * that was interrupted goes on as if it had not been.
 *
 * @param history  all trials that ended, in order
 */
export function suggestPoint(
  { method, space, seed }: Pick<Search, 'method' | 'space' | 'seed'>,
  history: readonly Trial[],
): Point | null {
  const index = history.length;
  if (method === 'grid') return gridPoint(space, index);
  const random = createRandom(Math.imul(seed, 1_000_003) + index);
  return method === 'tpe' ? tpePoint(space, history, random) : randomPoint(space, random);
}
