import { createRandom, type Random } from '../../src/core/index.js';
import { type Document, type Place, placesOf } from './document.js';
import { fitting, HOSTILE, pick, spoil } from './values.js';

/** A request as it goes over the wire. */
export interface FuzzRequest {
  /** The operation it was made from; null where no operation is meant. */
  readonly place: Place | null;
  /** What was done to it. */
  readonly kind: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Whether the connection ends before the body does. */
  readonly cut: boolean;
}

/** What the server has told of: it makes requests reach something. */
export interface Known {
  /** Ids by the part of the path before them: those of `recordings`, of `jobs`. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** A recording that can be read, by file name. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

type Draft = { -readonly [K in keyof FuzzRequest]: FuzzRequest[K] };
type Twist = (draft: Draft, random: Random) => void;

/** Request `index` of a seed, made from a document. */
export function fuzzRequest(document: Document, seed: number, index: number, known: Known): FuzzRequest {
  const random = createRandom(seed * 1_000_003 + index);
  const place = pick(random, placesOf(document));
  const draft = validRequest(document, place, random, known);
  const roll = random.next();
  if (roll < 0.35) return draft;
  const twists = roll < 0.85 ? 1 : 2;
  for (let i = 0; i < twists; i++) {
    const [name, twist] = pick(random, TWISTS);
    draft.kind = draft.kind === 'valid' ? name : `${draft.kind}+${name}`;
    twist(draft, random);
  }
  return draft;
}

function validRequest(document: Document, place: Place, random: Random, known: Known): Draft {
  const { operation, method } = place;
  let target = place.path;
  const query: string[] = [];
  for (const parameter of operation.parameters ?? []) {
    const value = fitting(document, parameter.schema, random, idsFor(known, place.path, parameter.name));
    const text = encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value));
    if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, text);
    else if (parameter.required || random.next() < 0.5) query.push(`${parameter.name}=${text}`);
  }
  if (query.length > 0) target += `?${query.join('&')}`;
  const draft: Draft = {
    place,
    kind: 'valid',
    method,
    target,
    headers: [],
    body: Buffer.alloc(0),
    cut: false,
  };
  // The document leaves the headers of this protocol to its own description.
  if (place.path.startsWith('/v1/uploads'))
    draft.headers = [
      ['tus-resumable', '1.0.0'],
      ...(method === 'POST' ? ([['upload-length', '1000']] as const) : []),
      ...(method === 'PATCH' ? ([['upload-offset', pick(random, ['0', '7'])]] as const) : []),
    ];
  const content = Object.entries(operation.requestBody?.content ?? {});
  if (content.length === 0) return draft;
  const [type, media] = pick(random, content);
  if (type.includes('json') && media.schema?.type !== 'string') {
    setBody(
      draft,
      type,
      JSON.stringify(fitting(document, media.schema ?? {}, random, Object.values(known.ids).flat())),
    );
  } else if (type === 'multipart/form-data') {
    setBody(draft, 'multipart/form-data; boundary=fuzz', multipart(known.files));
  } else {
    const file = known.files.at(0);
    setBody(draft, type === '*/*' ? 'application/octet-stream' : type, Buffer.from(file?.bytes ?? 'ecg'));
  }
  return draft;
}

/** Ids that may stand in a place of a path: `/v1/recordings/{id}` wants those of recordings. */
function idsFor({ ids }: Known, path: string, name: string): readonly string[] {
  const parts = path.split('/');
  return ids[parts[parts.indexOf(`{${name}}`) - 1] ?? ''] ?? [];
}

function setBody(draft: Draft, type: string, body: string | Buffer): void {
  draft.body = typeof body === 'string' ? Buffer.from(body) : body;
  draft.headers = [...draft.headers.filter(([name]) => name !== 'content-type'), ['content-type', type]];
}

function multipart(files: Known['files'], name = (own: string) => own): Buffer {
  const parts = files.flatMap((file) => [
    Buffer.from(
      `--fuzz\r\nContent-Disposition: form-data; name="file"; filename="${name(file.name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(file.bytes),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...parts, Buffer.from('--fuzz--\r\n')]);
}

function hostileText(random: Random): string {
  const value = pick(random, HOSTILE);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Percent-encoding of anything, lone halves of surrogate pairs too. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

const HEADERS: readonly (readonly [string, string])[] = [
  ['host', 'evil.example'],
  ['host', ''],
  ['host', 'localhost:99999'],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['sec-fetch-site', 'cross-site'],
  ['range', 'bytes=0-0,-1,999999999999999999-'],
  ['range', 'bytes=-'],
  ['if-match', '"'],
  ['if-match', '*'],
  ['if-match', 'W/"x", "0", 0'],
  ['if-none-match', '*'],
  ['if-none-match', '"\u00ff"'],
  ['if-modified-since', 'yesterday'],
  ['accept', 'text/html;q=x, */*;q=-1'],
  ['accept', ''],
  ['accept', 'application/fhir+xml'],
  ['accept-encoding', 'gzip;q=nan'],
  ['authorization', 'Bearer'],
  ['authorization', `Bearer ${'x'.repeat(4000)}`],
  ['authorization', 'Basic YTpi'],
  ['cookie', '__proto__=1; ectopy_session=\u00ff; a'],
  ['content-type', ''],
  ['content-type', 'application/json; charset=utf-7'],
  ['content-type', 'multipart/form-data'],
  ['content-type', `multipart/form-data; boundary=${'b'.repeat(300)}`],
  ['content-type', 'application/octet-stream;;;='],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'gzip, gzip, gzip'],
  ['x-http-method-override', 'DELETE'],
  ['x-forwarded-for', '127.0.0.1, '.repeat(50)],
  ['x-forwarded-host', 'evil.example'],
  ['forwarded', 'for="[::1'],
  ['expect', '100-continue'],
  ['expect', 'the-unexpected'],
  ['last-event-id', '-1'],
  ['last-event-id', '99999999999999999999999'],
  ['tus-resumable', '9.9.9'],
  ['upload-length', '-1'],
  ['upload-length', '999999999999999999999'],
  ['upload-offset', 'NaN'],
  ['upload-metadata', 'filename ###, filename, __proto__ YQ=='],
  ['upload-concat', 'final;/v1/uploads/a /v1/uploads/../b'],
  ['upload-defer-length', '1'],
  ['te', 'trailers'],
  ['traceparent', '00-zz-zz-zz'],
  ['connection', 'upgrade'],
  ['connection', 'close'],
];

const TWISTS: readonly (readonly [string, Twist])[] = [
  [
    'hostile query',
    (draft, random) => {
      const [path, query = ''] = draft.target.split('?', 2);
      const pairs = query === '' ? [] : query.split('&');
      const names = (draft.place?.operation.parameters ?? [])
        .filter((p) => p.in === 'query')
        .map((p) => p.name);
      const name = pick(random, [...names, ...names, 'extra', '__proto__', 'a[b]', '']);
      pairs.push(`${name}=${encode(hostileText(random))}`);
      draft.target = `${path}?${pairs.filter((pair) => !pair.startsWith(`${name}=`) || pair === pairs.at(-1) || random.next() < 0.3).join('&')}`;
    },
  ],
  [
    'hostile path',
    (draft, random) => {
      const parts = (draft.place?.path ?? '/').split('/');
      const filled = draft.target.split('?', 1)[0].split('/');
      const at = parts.findIndex((part) => part.startsWith('{'));
      filled[at < 0 ? filled.length - 1 : at] = encode(hostileText(random));
      draft.target = filled.join('/');
    },
  ],
  [
    'strange path',
    (draft, random) => {
      draft.target = pick(random, [
        `/${draft.target}`,
        `${draft.target.split('?', 1)[0]}/`,
        draft.target.replaceAll('/', '%2F'),
        `/..${draft.target}`,
        `/%2e%2e${draft.target}`,
        `/v1/%E0%A4%A`,
        '/%00',
        '*',
        `http://evil.example${draft.target}`,
        `${draft.target.split('?', 1)[0]};a=b`,
        `${draft.target}${draft.target.includes('?') ? '&' : '?'}${'a=1&'.repeat(2000)}`,
        `/${'a/'.repeat(2000)}`,
        draft.target.toUpperCase(),
        '/\u00ff',
      ]);
    },
  ],
  [
    'spoiled body',
    (draft, random) => {
      try {
        draft.body = Buffer.from(JSON.stringify(spoil(JSON.parse(draft.body.toString()), random)) ?? '');
      } catch {
        draft.body = Buffer.from(hostileText(random));
      }
    },
  ],
  [
    'broken body',
    (draft, random) => {
      const { body } = draft;
      draft.body = pick(random, [
        body.subarray(0, Math.floor(random.next() * body.length)),
        Buffer.concat([body, Buffer.from([0xff, 0xc3, 0x28])]),
        Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
        Buffer.from(body.toString(), 'utf16le'),
        Buffer.alloc(0),
        Buffer.from('['.repeat(100_000)),
        Buffer.from(`{"a":${'{"a":'.repeat(1000)}1${'}'.repeat(1001)}`),
        Buffer.from('{"__proto__":{"role":"admin"}}'),
        Buffer.from('{"a":1e99999,"b":-1e99999,"a":2}'),
        Buffer.from(`[${'0,'.repeat(50_000)}0]`),
        Buffer.from(`"${'\\u0000'.repeat(1000)}"`),
        Buffer.from(Array.from({ length: 2000 }, () => Math.floor(random.next() * 256))),
      ]);
    },
  ],
  [
    'other media type',
    (draft, random) => {
      setBody(
        draft,
        pick(random, [
          'text/plain',
          'application/xml',
          'application/json',
          'multipart/form-data; boundary=other',
          'image/png',
          'x',
        ]),
        draft.body,
      );
    },
  ],
  [
    'strange header',
    (draft, random) => {
      const header = pick(random, HEADERS);
      draft.headers = [...draft.headers.filter(([name]) => name !== header[0]), header];
    },
  ],
  [
    'other method',
    (draft, random) => {
      draft.method = pick(random, [
        'GET',
        'PUT',
        'POST',
        'DELETE',
        'PATCH',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'HEAD',
      ]);
    },
  ],
  [
    'hostile multipart',
    (draft, random) => {
      if (!draft.headers.some(([, value]) => value.startsWith('multipart/'))) return;
      const bytes = draft.body;
      const named = bytes.toString('latin1');
      draft.body = pick(random, [
        bytes.subarray(0, Math.floor(random.next() * bytes.length)),
        Buffer.from(
          named.replace(/filename="[^"]*"/, `filename="${hostileText(random).replace(/["\r\n]/g, '')}"`),
          'latin1',
        ),
        Buffer.from(
          named.replace(/name="file"/, `name="${pick(random, ['__proto__', 'constructor', '', 'options'])}"`),
          'latin1',
        ),
        Buffer.from(named.replace(/; filename="[^"]*"/, ''), 'latin1'),
        Buffer.from(
          named.replace('Content-Disposition', `X: ${'y'.repeat(20_000)}\r\nContent-Disposition`),
          'latin1',
        ),
        Buffer.from(named.replace('Content-Disposition', 'Content-Dispositio'), 'latin1'),
        Buffer.from(
          `${'--fuzz\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(300)}--fuzz--\r\n`,
        ),
        Buffer.from('--fuzz--\r\n'),
        Buffer.from('--other\r\n'),
      ]);
    },
  ],
  [
    'cut short',
    (draft) => {
      draft.cut = draft.body.length > 0;
    },
  ],
  [
    'bogus upgrade',
    (draft, random) => {
      draft.headers = [
        ...draft.headers,
        ['connection', 'Upgrade'],
        ['upgrade', pick(random, ['websocket', 'h2c', 'WebSocket, foo', ''])],
        ['sec-websocket-version', pick(random, ['13', '8', 'x'])],
        ['sec-websocket-key', pick(random, ['dGhlIHNhbXBsZSBub25jZQ==', 'short', ''])],
      ];
    },
  ],
];
