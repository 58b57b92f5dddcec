import type { FastifyRequest } from 'fastify';
import { EcgError } from '../../core/index.js';

/** Refuses what the WebSocket library would refuse too, but not in our words. */
export function checkHandshake({ headers, routeOptions }: FastifyRequest): void {
  const { route } = routeOptions.config;
  if (route !== undefined && route.socket === undefined)
    throw new EcgError('bad-option', 'request: this address speaks no WebSocket');
  const valid =
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '');
  if (!valid) throw new EcgError('bad-option', 'request: the handshake is none of a WebSocket (RFC 6455)');
}
