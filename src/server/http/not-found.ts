import { EcgError } from '../../core/index.js';
import type { Route } from '../contract/route.js';
import { MethodNotAllowed } from './problem.js';

/** What is wrong with a request that no route takes: the path, or the method only. */
export function createNotFound(routes: readonly Route[]): (method: string, path: string) => Error {
  const patterns = routes.map(({ method, path }) => ({
    method,
    pattern: new RegExp(
      `^${path
        .split(/\{[^}]+\}/)
        .map(escapePattern)
        .join('[^/]+')}$`,
    ),
  }));
  return (method, path) => {
    const methods = new Set(
      patterns.filter(({ pattern }) => pattern.test(path)).map((known) => known.method),
    );
    if (methods.size === 0)
      return new EcgError('not-found', 'request: nothing is at this address, see /openapi.json');
    if (methods.has('GET')) methods.add('HEAD');
    return new MethodNotAllowed(method.slice(0, 20), [...methods].sort().join(', '));
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
