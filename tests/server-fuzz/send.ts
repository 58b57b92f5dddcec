import { connect } from 'node:net';
import type { FuzzRequest } from './requests.js';

/** What came back. */
export interface Received {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly ms: number;
}

/** Why nothing came back. */
export interface Silence {
  readonly silence: 'refused' | 'hung' | 'closed' | 'malformed';
  readonly ms: number;
}

/** ms for which a stream of events is listened to. */
const EVENTS_MS = 150;

/** Sends a request byte by byte as it is, which no HTTP client would, and reads the answer. */
export function send(
  { host, port }: { host: string; port: number },
  request: FuzzRequest,
  hangMs: number,
): Promise<Received | Silence> {
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect(port, host);
    let head: Omit<Received, 'body' | 'ms'> | undefined;
    let bytes = Buffer.alloc(0);
    const since = () => performance.now() - began;
    const end = (result: Received | Silence) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const finish = () => {
      if (head !== undefined) end({ ...head, body: bodyOf(head, bytes), ms: since() });
      else end({ silence: bytes.length > 0 ? 'malformed' : 'closed', ms: since() });
    };
    const timer = setTimeout(() => end({ silence: 'hung', ms: since() }), hangMs);
    socket.on('connect', () => {
      socket.write(headOf(request));
      const body = request.cut ? request.body.subarray(0, request.body.length >> 1) : request.body;
      if (request.cut) socket.end(body);
      else socket.write(body);
    });
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (head === undefined) {
        const at = bytes.indexOf('\r\n\r\n');
        if (at < 0) return;
        const parsed = parseHead(bytes.subarray(0, at).toString('latin1'));
        if (parsed === undefined) return end({ silence: 'malformed', ms: since() });
        bytes = bytes.subarray(at + 4);
        // An interim answer is followed by the real one.
        if (parsed.status >= 200 || parsed.status === 101) head = parsed;
        if (parsed.status === 101) finish();
        else if (parsed.headers.get('content-type')?.startsWith('text/event-stream'))
          setTimeout(finish, EVENTS_MS);
      }
    });
    socket.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ECONNREFUSED') end({ silence: 'refused', ms: since() });
    });
    socket.on('close', finish);
  });
}

function headOf({ method, target, headers, body }: FuzzRequest): Buffer {
  const named = new Set(headers.map(([name]) => name));
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(named.has('host') ? [] : ['host: localhost']),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body.length > 0 ? [`content-length: ${body.length}`] : []),
    ...(named.has('connection') ? [] : ['connection: close']),
    ...(headers.some(([name, value]) => name === 'connection' && value !== 'close')
      ? ['connection: close']
      : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function parseHead(text: string): Omit<Received, 'body' | 'ms'> | undefined {
  const [first, ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) return undefined;
  return {
    status: Number(status),
    headers: new Map(
      lines.map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
      }),
    ),
  };
}

function bodyOf({ headers }: Omit<Received, 'body' | 'ms'>, bytes: Buffer): Buffer {
  if (headers.get('transfer-encoding') !== 'chunked') return bytes;
  const parts: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const at = rest.indexOf('\r\n');
    const size = at < 0 ? 0 : Number.parseInt(rest.subarray(0, at).toString(), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(rest.subarray(at + 2, at + 2 + size));
    rest = rest.subarray(at + 4 + size);
  }
}
