import type { Random } from '../../core/index.js';
import type { ExampleSet } from '../examples/example-set.js';
import { squaredDistance } from '../examples/squared-distance.js';

/** Candidates looked at, at most: of larger groups as many are drawn at random. */
const MOST_CANDIDATES = 2000;

/**
 * The examples of a group nearest to one of them by Euclidean distance, nearest first; among at most 2000
 * candidates, beyond which they are drawn.
 *
 * @param group  indices of at least two examples into `data` [n, size]
 * @param own    place in the group of the example whose neighbours are wanted
 * @param most   neighbours; fewer in a smaller group
 */
export function nearestNeighbours(
  data: ExampleSet['data'],
  size: number,
  group: readonly number[],
  own: number,
  most: number,
  random: Random,
): number[] {
  const all = group.length - 1 <= MOST_CANDIDATES;
  const candidates = all ? group.length : MOST_CANDIDATES;
  const nearest: { example: number; distance: number }[] = [];
  for (let k = 0; k < candidates; k++) {
    const place = all ? k : random.integer(group.length);
    const example = group[place];
    if (place === own || nearest.some((known) => known.example === example)) continue;
    const limit = nearest.length < most ? Number.POSITIVE_INFINITY : nearest[nearest.length - 1].distance;
    const distance = squaredDistance(data, group[own] * size, data, example * size, size, limit);
    if (distance >= limit) continue;
    if (nearest.length === most) nearest.pop();
    const rank = nearest.findIndex((known) => known.distance > distance);
    nearest.splice(rank < 0 ? nearest.length : rank, 0, { example, distance });
  }
  return nearest.map(({ example }) => example);
}
