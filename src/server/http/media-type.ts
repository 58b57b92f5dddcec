import { EcgError } from '../../core/index.js';
import type { Route } from '../contract/route.js';
import { ServiceFault } from '../fault.js';

const BOUNDARY = /;\s*boundary=("[^"]{1,70}"|[^\s";]{1,70})\s*(;|$)/i;

/** Types of the bodies a route takes; none when it takes no body. */
function acceptedTypes(route: Route): readonly string[] {
  return route.accepts ?? (route.body === undefined ? [] : ['application/json']);
}

/**
 * Nothing, when a route takes bodies of this media type.
 *
 * @param header  Content-Type; none counts as bytes of an unknown kind
 * @throws EcgError `unsupported`; ServiceFault `too-large` by the announced length
 */
export function checkMediaType(route: Route, header: string | undefined): void {
  const accepted = acceptedTypes(route);
  if (accepted.length === 0) return;
  const type = (header ?? 'application/octet-stream').split(';', 1)[0].trim().toLowerCase();
  if (type === 'multipart/form-data' && !BOUNDARY.test(header ?? ''))
    throw new EcgError(
      'bad-option',
      'upload: Content-Type needs a boundary of 1 to 70 characters (RFC 2046)',
    );
  const fits = accepted.some((pattern) =>
    pattern === '*/*'
      ? true
      : pattern.endsWith('/*')
        ? type.startsWith(pattern.slice(0, -1))
        : type === pattern,
  );
  if (!fits)
    throw new EcgError(
      'unsupported',
      `request: a body of ${accepted.join(' or ')} is expected here, see Content-Type`,
    );
}

/** Refuses an announced length before a byte is read. */
export function checkLength(largest: number | undefined, header: string | undefined): void {
  if (largest !== undefined && Number(header ?? 0) > largest)
    throw new ServiceFault('too-large', `request: a body of at most ${largest} bytes is accepted here`);
}
