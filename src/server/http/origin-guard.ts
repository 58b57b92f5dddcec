import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EcgError } from '../../core/index.js';
import type { ServerConfig } from '../config.js';
import { ServiceFault } from '../fault.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARDS = ['0.0.0.0', '::', '[::]'];
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Guards against what pages of strangers can make a browser do; `admit` refuses, or answers a preflight itself. */
export interface OriginGuard {
  /** True when it has answered. */
  admit(request: FastifyRequest, reply: FastifyReply): boolean;
}

/**
 * A guard of hosts and origins. A name that a stranger's DNS points at this server is refused by its Host (DNS
 * rebinding); a stranger's page that sends something, or opens a WebSocket, by its Origin (request forgery).
 */
export function createOriginGuard({ host, access }: Pick<ServerConfig, 'host' | 'access'>): OriginGuard {
  const open = WILDCARDS.includes(host);
  const hosts = new Set(
    [
      ...(access.hosts.length > 0
        ? access.hosts
        : [...LOOPBACK, bracket(host), ...(open ? [hostname()] : [])]),
    ].map((name) => name.toLowerCase()),
  );
  const origins = new Set(access.origins.map((origin) => origin.toLowerCase().replace(/\/$/, '')));

  const checkHost = (header: string): void => {
    const [name, named] = [nameOf(header), header.toLowerCase()];
    if (hosts.has(name) || hosts.has(named)) return;
    // No DNS record can make an address out of digits belong to somebody else.
    if (open && access.hosts.length === 0 && isIP(name.replace(/^\[|\]$/g, '')) !== 0) return;
    throw new ServiceFault(
      'forbidden',
      'request: this server does not answer to that host name; the option access.hosts lists those it answers to',
    );
  };

  return {
    admit(request, reply) {
      const header = request.headers.host;
      if (header === undefined || header === '')
        throw new EcgError('bad-option', 'request: the header Host is missing');
      checkHost(header);
      const { origin } = request.headers;
      const allowed = origin !== undefined && origins.has(origin.toLowerCase());
      if (allowed) allow(reply, origin);
      else if (origins.size > 0) reply.header('vary', 'Origin');
      const own =
        origin === undefined ? ownByFetchMetadata(request) : hostOf(origin) === header.toLowerCase();
      const asks = !SAFE.has(request.method) || request.headers.upgrade !== undefined;
      if (asks && !own && !allowed)
        throw new ServiceFault(
          'forbidden',
          'request: pages of other origins may not do this; the option access.origins lists those that may',
        );
      if (
        !allowed ||
        request.method !== 'OPTIONS' ||
        request.headers['access-control-request-method'] === undefined
      )
        return false;
      reply
        .headers({
          'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
          'access-control-allow-headers':
            'authorization, content-type, if-match, if-none-match, last-event-id, tus-resumable, upload-length, upload-metadata, upload-offset, upload-concat, x-http-method-override',
          'access-control-max-age': '600',
        })
        .code(204)
        .send();
      return true;
    },
  };
}

function allow(reply: FastifyReply, origin: string): void {
  reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers':
      'etag, location, retry-after, link, x-request-id, tus-resumable, upload-offset, upload-length',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Origin',
  });
}

/** Programs send neither Origin nor fetch metadata; browsers that leave out the one send the other. */
function ownByFetchMetadata({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** `name[:port]` of an origin; of `null` and other oddities one that fits no host. */
function hostOf(origin: string): string {
  return /^https?:\/\/([^/]+)$/.exec(origin.toLowerCase())?.[1] ?? '\u0000';
}

function nameOf(header: string): string {
  return header.toLowerCase().replace(/:\d*$/, '');
}

function bracket(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
