import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerContext } from '../context.js';
import { ServiceFault } from '../fault.js';
import type { Identify } from './identify.js';

/** A hook that lets each actor, or each address of unknown ones, ask so often a minute. */
export function limitRequests(app: FastifyInstance, { config }: ServerContext, identify: Identify) {
  const max = config.limits.requestsPerMinute;
  if (max === 0) return async (): Promise<void> => undefined;
  const check = app.createRateLimit({
    max,
    timeWindow: 60_000,
    keyGenerator: (request) => identify.known(request)?.id ?? `address:${request.ip}`,
  });
  return async (request: FastifyRequest): Promise<void> => {
    await identify.attempt(request);
    const limit = await check(request);
    if (!limit.isAllowed && limit.isExceeded)
      throw new ServiceFault('too-many-requests', `request: more than ${max} requests a minute`, {
        retryAfterS: limit.ttlInSeconds,
      });
  };
}
