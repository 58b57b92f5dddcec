import { EcgError } from '../../core/index.js';
import type { Point } from './search-config.js';

/**
 * A copy of a configuration with a point's values in place; the configuration itself is not changed.
 *
 * @param config  plain JSON data
 * @throws EcgError `bad-option` for a path that the configuration does not have
 */
export function applyPoint<Config>(config: Config, point: Point): Config {
  const copy = JSON.parse(JSON.stringify(config)) as Config;
  for (const [path, value] of Object.entries(point)) {
    const names = path.split('.');
    let at: unknown = copy;
    names.forEach((name, i) => {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) {
        const where = names.slice(0, i).join('.');
        const has = typeof at === 'object' && at !== null ? Object.keys(at).join(', ') : JSON.stringify(at);
        throw new EcgError(
          'bad-option',
          `search: the configuration has no '${path}': ${where === '' ? 'its top' : `'${where}'`} has ${has}, not '${name}'; correct the path in the search's space`,
        );
      }
      const parent = at as Record<string, unknown>;
      if (i === names.length - 1) parent[name] = JSON.parse(JSON.stringify(value));
      else at = parent[name];
    });
  }
  return copy;
}
