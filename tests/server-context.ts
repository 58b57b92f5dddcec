import * as v from 'valibot';
import { type ServerConfigInput, ServerConfigSchema } from '../src/server/config.js';
import type { ServerContext } from '../src/server/context.js';
import { ServiceFault } from '../src/server/fault.js';
import { createMetrics } from '../src/server/observe/create-metrics.js';
import { createLogger } from '../src/server/observe/logger.js';

/**
 * A context of the parts a test gives; touching another part fails with its name. The configuration is the default one
 * with what the test changes, the log is silent, the audit log forgets.
 */
export function contextOf(
  parts: Partial<Omit<ServerContext, 'config'>> = {},
  config: ServerConfigInput = {},
): ServerContext {
  const given: Partial<ServerContext> = {
    config: v.parse(ServerConfigSchema, { log: 'silent', ...config }),
    metrics: createMetrics(),
    log: createLogger('silent'),
    audit: { append: async () => undefined },
    authenticate: async () => {
      throw new ServiceFault('unauthorized', 'this test knows nobody');
    },
    now: Date.now,
    traces: undefined,
    ...parts,
  };
  return new Proxy(given as ServerContext, {
    get(target, name) {
      if (name in target || typeof name === 'symbol') return target[name as keyof ServerContext];
      // Handlers take what they need out of the context when they are made, long before they use it.
      return new Proxy(
        {},
        {
          get: (_, member) => {
            throw new Error(`this test's context has no ${name} (asked for ${String(member)})`);
          },
        },
      );
    },
  });
}
