import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Document, Place } from './document.js';
import type { FuzzRequest } from './requests.js';
import type { Received, Silence } from './send.js';

/** Statuses above 499 that are no bug: not at the moment, and no room left. */
const NO_BUGS = new Set([503, 507]);
/** What a request that was never one, or names no operation, may be refused with. */
const WITHOUT_OPERATION = new Set([204, 400, 401, 403, 404, 405, 408, 413, 415, 431, 503]);

/** Says what is wrong with an answer by the document alone, or nothing. */
export interface Judge {
  judge(request: FuzzRequest, received: Received | Silence): string | undefined;
}

export function createJudge(document: Document): Judge {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema(document as unknown as Record<string, unknown>, 'openapi');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref: `openapi#${pointer}` });
    compiled.set(pointer, made);
    return made;
  };
  const faultOf = (pointer: string, body: Buffer): string | undefined => {
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      return `no JSON: ${body.toString('latin1').slice(0, 200)}`;
    }
    const valid = validator(pointer);
    return valid(value)
      ? undefined
      : `not as documented: ${ajv.errorsText(valid.errors)} ${JSON.stringify(value).slice(0, 300)}`;
  };
  const problemFault = ({ status, headers, body }: Received): string | undefined => {
    if (!headers.get('content-type')?.startsWith('application/problem+json'))
      return `${status} is no problem+json but ${headers.get('content-type')}: ${body.toString('latin1').slice(0, 200)}`;
    const fault = faultOf('/components/schemas/Problem', body);
    if (fault !== undefined) return `${status}: ${fault}`;
    const told = (JSON.parse(body.toString()) as { status: number }).status;
    return told === status ? undefined : `${status}: the problem says ${told}`;
  };

  return {
    judge(request, received) {
      if ('silence' in received) {
        // Who stops in the middle of a body is owed no answer.
        return request.cut && received.silence === 'closed' ? undefined : `no answer: ${received.silence}`;
      }
      const { status, headers, body } = received;
      if (status >= 500 && !NO_BUGS.has(status))
        return `status ${status}: ${body.toString('latin1').slice(0, 300)}`;
      const place = meant(document, request);
      const isHead = request.method === 'HEAD';
      if (place === null) {
        if (!WITHOUT_OPERATION.has(status)) return `status ${status} for what is no operation`;
        return status < 400 || isHead ? undefined : problemFault(received);
      }
      if (status === 431) return problemFault(received);
      const documented = place.operation.responses[String(status)];
      if (documented === undefined) return `status ${status} is not documented`;
      if (isHead || status === 101 || status === 204 || status === 304) return undefined;
      const content = Object.entries(documented.content ?? {});
      if (content.length === 0) return status >= 400 ? problemFault(received) : undefined;
      const given = (headers.get('content-type') ?? '').split(';', 1)[0];
      const media = content.find(([type]) => matches(type, given));
      if (media === undefined)
        return status >= 400 ? problemFault(received) : `${status} as ${given} is not documented`;
      if (!given.includes('json') || media[1].schema === undefined) return undefined;
      const method = place.method.toLowerCase();
      const pointer = ['paths', place.path, method, 'responses', status, 'content', media[0], 'schema'];
      const fault = faultOf(`/${pointer.map((part) => escapePointer(String(part))).join('/')}`, body);
      return fault === undefined ? undefined : `${status}: ${fault}`;
    },
  };
}

/** The operation a request comes to, as its path and method read to somebody who knows the document only. */
function meant(document: Document, { method, target, place }: FuzzRequest): Place | null {
  const path = target.split('?', 1)[0];
  const wanted = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  const found = Object.entries(document.paths).flatMap(([pattern, operations]) =>
    wanted.flatMap((name) => {
      const operation = operations[name.toLowerCase()];
      return operation !== undefined && matchesPath(pattern, path)
        ? [{ method: name, path: pattern, operation }]
        : [];
    }),
  );
  // Where two patterns fit, the one without a parameter is meant.
  return (
    found.find((one) => one.path === place?.path) ??
    found.sort((a, b) => variables(a.path) - variables(b.path))[0] ??
    null
  );
}

function variables(path: string): number {
  return path.split('{').length;
}

function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, i) => (part.startsWith('{') ? given[i] !== '' : part === given[i]))
  );
}

function matches(documented: string, given: string): boolean {
  return (
    documented === given ||
    documented === '*/*' ||
    (documented.endsWith('/*') && given.startsWith(documented.slice(0, -1)))
  );
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
