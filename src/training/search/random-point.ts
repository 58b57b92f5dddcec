import type { Random } from '../../core/index.js';
import { fromUnit } from './scale.js';
import type { Dimension, Point } from './search-config.js';

/** A point whose values are uniform, each on the scale its range is searched on. */
export function randomPoint(space: readonly Dimension[], random: Random): Point {
  return Object.fromEntries(
    space.map((dimension) => [
      dimension.path,
      dimension.kind === 'choice'
        ? dimension.values[random.integer(dimension.values.length)]
        : fromUnit(dimension, random.next()),
    ]),
  );
}
