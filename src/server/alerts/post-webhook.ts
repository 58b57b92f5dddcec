import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { EcgError } from '../../core/index.js';
import { isPublicAddress } from './public-address.js';

/** What a receiver answered. */
export interface WebhookAnswer {
  readonly status: number;
}

/** Bytes of an answer that are read; receivers have nothing to say. */
const MOST_ANSWER = 16 * 1024;

/**
 * The address of a webhook, if it may be one.
 *
 * @param allowPrivate  whether addresses of private networks and plain HTTP may be used
 * @throws EcgError `bad-option` for what is no such address
 */
export function checkWebhookUrl(text: string, allowPrivate: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.hash !== '')
    throw new EcgError('bad-option', 'webhook: url must be http(s)://host/path, without a name and password');
  if (!allowPrivate && url.protocol !== 'https:')
    throw new EcgError('bad-option', 'webhook: url must begin with https:// on a server that others reach');
  const host = hostOf(url);
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host))
    throw new EcgError('bad-option', 'webhook: url names an address of a private network');
  return url;
}

/**
 * Posts JSON to a webhook: the name is resolved once, every address it has is checked, and the connection goes to the
 * one that was checked. Redirects are not followed.
 *
 * @throws EcgError `bad-option` when the name leads into a private network, and what the network throws
 */
export async function postWebhook(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowPrivate, timeoutMs }: { readonly allowPrivate: boolean; readonly timeoutMs: number },
): Promise<WebhookAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const addresses = await Promise.race([
    lookup(hostOf(url), { all: true, verbatim: true }),
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    }),
  ]);
  if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    throw new EcgError('bad-option', 'webhook: its name leads to an address of a private network');
  const [{ address, family }] = addresses;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'ectopy',
        },
        lookup: (_name, options, found) => {
          if (options.all) found(null, [{ address, family }]);
          else found(null, address, family);
        },
      },
      (response) => {
        let left = MOST_ANSWER;
        response.on('data', (piece: Buffer) => {
          left -= piece.length;
          if (left < 0) response.destroy();
        });
        const done = () => resolve({ status: response.statusCode ?? 0 });
        response.on('end', done);
        response.on('error', done);
        response.on('close', done);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Without the brackets of IPv6. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
