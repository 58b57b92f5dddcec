import { isIP } from 'node:net';
import type { ServerConfig } from '../config.js';

/** Whether webhooks may lead to private networks: only on a server that nobody but this machine reaches. */
export function privateWebhooksAllowed({ host }: Pick<ServerConfig, 'host'>): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
