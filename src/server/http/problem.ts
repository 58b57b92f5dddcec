import { STATUS_CODES } from 'node:http';
import { EcgError } from '../../core/index.js';
import type { Problem, RequestFault } from '../contract/faults.js';
import { ServiceFault, STATUS } from '../fault.js';

/** A request whose parts do not fit the route, all faults at once. */
export class InvalidRequest extends EcgError {
  readonly faults: readonly RequestFault[];

  constructor(faults: readonly RequestFault[]) {
    const shown = faults
      .slice(0, 5)
      .map(({ in: where, path, message }) => `${path === '' ? where : `${where} ${path}`}: ${message}`);
    const more = faults.length > 5 ? `; ${faults.length - 5} more` : '';
    super('bad-option', `request: ${shown.join('; ')}${more}`);
    this.faults = faults;
  }
}

/** A known path asked with a method it does not have. */
export class MethodNotAllowed extends Error {
  readonly allow: string;

  constructor(method: string, allow: string) {
    super(`request: ${method} is not possible here, use ${allow}`);
    this.allow = allow;
  }
}

/** Fastify's and Node's own faults that are the client's, and ours for each. */
const CLIENT_FAULTS: Readonly<Record<string, { code: Problem['code']; message: string }>> = {
  FST_ERR_BAD_URL: {
    code: 'bad-option',
    message: 'request: the address is not valid, encode it as RFC 3986 says',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'too-large',
    message: 'request: the body is larger than this route accepts',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported',
    message: 'request: the media type of the body is not valid',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'bad-option',
    message: 'request: the body is not as long as Content-Length says',
  },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'bad-option', message: 'request: a part of the path is too long' },
  FST_REQ_FILE_TOO_LARGE: { code: 'too-large', message: 'upload: a file is larger than this server accepts' },
  FST_FILES_LIMIT: {
    code: 'too-large',
    message: 'upload: more files than this server accepts in one upload',
  },
  FST_PARTS_LIMIT: {
    code: 'too-large',
    message: 'upload: more parts than this server accepts in one upload',
  },
  FST_FIELDS_LIMIT: {
    code: 'too-large',
    message: 'upload: more fields than this server accepts in one upload',
  },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    code: 'unsupported',
    message: 'upload: the body is not multipart/form-data with a boundary',
  },
  FST_PROTO_VIOLATION: { code: 'bad-option', message: 'upload: a field may not have this name' },
  ERR_STREAM_PREMATURE_CLOSE: { code: 'cancelled', message: 'request: the body broke off' },
  ECONNRESET: { code: 'cancelled', message: 'request: the client left' },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'bad-option', message: 'request: the body is not valid JSON' },
};

/** What the parser of forms says of a broken one; its faults have no code. */
const BROKEN_FORM =
  /^(Unexpected end of (multipart data|file)|Multipart: Boundary not found|Part terminated early|Malformed (part header|content type)|Unsupported content type|Missing Content-Type)/;

/** What a refused request is answered with: a fault of ours as it is, of a library by its table, and `internal` for a bug. */
export interface Refusal {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** The problem of one fault; of a bug nothing inside is told but the number under which the log has it. */
export function refuse(fault: unknown, requestId: string): Refusal {
  const instance = `urn:uuid:${requestId}`;
  const answer = (
    code: Problem['code'],
    status: number,
    detail: string,
    headers = {},
    faults?: readonly RequestFault[],
  ) => ({
    problem: {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Fault',
      status,
      detail,
      code,
      instance,
      ...(faults === undefined ? {} : { faults: [...faults] }),
    },
    headers,
  });
  if (fault instanceof MethodNotAllowed)
    return answer('method-not-allowed', 405, fault.message, { allow: fault.allow });
  if (fault instanceof InvalidRequest)
    return answer(fault.code, STATUS[fault.code], fault.message, {}, fault.faults);
  if (fault instanceof EcgError) return answer(fault.code, STATUS[fault.code], fault.message);
  if (fault instanceof ServiceFault)
    return answer(fault.code, STATUS[fault.code], fault.message, serviceHeaders(fault));
  if (fault instanceof Error && BROKEN_FORM.test(fault.message))
    return answer('bad-option', 400, 'upload: the form is broken or ends too early (RFC 7578)');
  const known = CLIENT_FAULTS[codeOf(fault)];
  if (known !== undefined) {
    const status =
      known.code === 'internal' || known.code === 'method-not-allowed' ? 500 : STATUS[known.code];
    return answer(known.code, status, known.message);
  }
  if (isDiskFull(fault))
    return answer(
      'storage-full',
      507,
      'storage: the disk of the server is full; delete recordings or enlarge it',
    );
  return answer(
    'internal',
    500,
    `internal error: this is a bug of the server, its log has it under ${requestId}`,
  );
}

function serviceHeaders(fault: ServiceFault): Record<string, string> {
  return {
    ...(fault.code === 'unauthorized' ? { 'www-authenticate': 'Bearer realm="ectopy"' } : {}),
    ...(fault.retryAfterS === undefined ? {} : { 'retry-after': String(Math.ceil(fault.retryAfterS)) }),
  };
}

function codeOf(fault: unknown): string {
  return typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';
}

function isDiskFull(fault: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100'].includes(codeOf(fault));
}
