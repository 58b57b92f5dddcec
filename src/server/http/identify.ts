import type { FastifyRequest } from 'fastify';
import type { Actor } from '../access/actor.js';
import { authorize } from '../access/authorize.js';
import type { ServerContext } from '../context.js';
import type { Route } from '../contract/route.js';

/** Who sits at this machine, where access is not controlled. */
const LOCAL: Actor = { id: 'local', kind: 'local', role: 'admin' };
/** Who asks an open route; they may look at what it shows, and at nothing else. */
const ANYBODY: Actor = { id: 'anybody', kind: 'local', role: 'viewer', scopes: [] };

/** Finds out who asks, once a request. */
export interface Identify {
  /**
   * Who asks, when they may use this route.
   * @throws ServiceFault `unauthorized`, `forbidden`
   */
  (request: FastifyRequest, route: Route): Promise<Actor>;
  /** Finds out without refusing. */
  attempt(request: FastifyRequest): Promise<void>;
  /** Who was found out to ask; null for unknown ones and strangers with wrong keys. */
  known(request: FastifyRequest): Actor | null;
}

type Found = { readonly actor: Actor | null } | { readonly fault: unknown };

export function createIdentify({
  config,
  authenticate,
}: Pick<ServerContext, 'config' | 'authenticate'>): Identify {
  const found = new WeakMap<FastifyRequest, Found>();
  const find = async (request: FastifyRequest): Promise<Found> => {
    if (config.access.mode === 'none') return { actor: LOCAL };
    const before = found.get(request);
    if (before !== undefined) return before;
    const now: Found = await authenticate(request.headers).then(
      (actor) => ({ actor }),
      (fault: unknown) => ({ fault }),
    );
    found.set(request, now);
    return now;
  };
  const identify = async (request: FastifyRequest, route: Route): Promise<Actor> => {
    if (config.access.mode === 'none') return LOCAL;
    if (route.access === 'open') return ANYBODY;
    const result = await find(request);
    if ('fault' in result) throw result.fault;
    authorize(result.actor, route);
    return result.actor ?? ANYBODY;
  };
  return Object.assign(identify, {
    attempt: async (request: FastifyRequest) => {
      await find(request);
    },
    known: (request: FastifyRequest) => {
      if (config.access.mode === 'none') return LOCAL;
      const result = found.get(request);
      return result !== undefined && 'actor' in result ? result.actor : null;
    },
  });
}
