import type { Random } from '../../src/core/index.js';
import { type Document, resolvePart, type Schema } from './document.js';

/** Picks one of a list. */
export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random.next() * list.length)];
}

const CANDIDATES = [
  'a',
  'MLII',
  'V1',
  'x-1',
  '2026-11-20',
  '2026-11-20T12:00:00Z',
  '00000000-0000-4000-8000-000000000000',
  'https://example.com/hook',
  '1',
  '0',
  '12.5',
  '1-2',
  'a'.repeat(64),
  'N',
  'recordings',
];

/** A value that fits a schema, as far as plain means reach; `ids` are those the server has told of. */
export function fitting(
  document: Document,
  schema: Schema,
  random: Random,
  ids: readonly string[],
  depth = 0,
): unknown {
  if (schema.$ref !== undefined)
    return fitting(document, resolvePart(document, schema.$ref) as Schema, random, ids, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(random, schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return fitting(document, pick(random, variants), random, ids, depth + 1);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'boolean') return random.next() < 0.5;
  if (type === 'integer' || type === 'number') {
    const low = Math.max(schema.minimum ?? 0, -1e6);
    const high = Math.min(schema.maximum ?? 1e4, low + 1e4);
    const value = pick(random, [low, high, low + random.next() * (high - low)]);
    return type === 'integer' ? Math.floor(value) : value;
  }
  if (type === 'array') {
    if (schema.prefixItems !== undefined)
      return schema.prefixItems.map((item) => fitting(document, item, random, ids, depth + 1));
    const count = Math.max(
      schema.minItems ?? 0,
      Math.min(schema.maxItems ?? 4, depth > 4 ? 0 : pick(random, [0, 1, 2, 500])),
    );
    return Array.from({ length: Math.min(count, 5000) }, () =>
      fitting(document, schema.items ?? {}, random, ids, depth + 1),
    );
  }
  if (type === 'object' || schema.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([name]) => schema.required?.includes(name) || (depth < 6 && random.next() < 0.5))
        .map(([name, property]) => [name, fitting(document, property, random, ids, depth + 1)]),
    );
  }
  if (type === 'null') return null;
  if (type === 'string') return text(schema, random, ids);
  return pick(random, [1, 'a', true, null, [1, 2], { a: 1 }]);
}

function text(
  { pattern, minLength = 0, maxLength = 200 }: Schema,
  random: Random,
  ids: readonly string[],
): string {
  const shape = pattern === undefined ? /^/ : new RegExp(pattern, 'u');
  const fits = (value: string) => value.length >= minLength && value.length <= maxLength && shape.test(value);
  if (ids.length > 0 && random.next() < 0.7) {
    const id = pick(random, ids);
    if (fits(id)) return id;
  }
  const known = CANDIDATES.filter(fits);
  return known.length > 0 ? pick(random, known) : 'a'.repeat(Math.max(minLength, 1));
}

/** What a server must not fall over, wherever it stands. */
export const HOSTILE: readonly unknown[] = [
  '',
  ' ',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-0',
  '0x1F',
  '9007199254740993',
  '99999999999999999999999999',
  '-1',
  '1.5',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '[object Object]',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  'C:\\',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  'a\u0000b',
  '\u0000',
  '\r\nSet-Cookie: a=b',
  '\u202eabc',
  '\ud83d\ude00'.repeat(50),
  '\ud800',
  '\ufeff',
  'İ',
  '%00',
  '%',
  '%zz',
  "' OR '1'='1",
  '1; DROP TABLE recordings;--',
  '%%%s%n',
  '<script>alert(1)</script>',
  '#{7*7}',
  '{{7*7}}',
  '$(id)',
  '`id`',
  'a'.repeat(300),
  'a'.repeat(5000),
  'CON',
  '.',
  '..',
  '2026-02-30T25:61:61Z',
  '-271821-04-20T00:00:00Z',
  'sqlite_master',
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  2 ** 31,
  -(2 ** 31) - 1,
  null,
  true,
  [],
  {},
  [[]],
  [null],
  { length: 1e9 },
  { toString: 1 },
  { toJSON: 'x' },
];

/** A copy with something wrong in it: a key more or less, another type, something hostile, at any depth. */
export function spoil(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.next() < 0.7) {
    const at = Math.floor(random.next() * value.length);
    return value.map((item, i) => (i === at ? spoil(item, random) : item));
  }
  if (typeof value === 'object' && value !== null && random.next() < 0.85) {
    const keys = Object.keys(value);
    const kind = random.next();
    if (keys.length === 0 || kind < 0.2)
      return {
        ...value,
        [pick(random, ['extra', 'id', 'constructor', '', 'a\u0000', 'role'])]: pick(random, HOSTILE),
      };
    const key = pick(random, keys);
    const { [key]: old, ...rest } = value as Record<string, unknown>;
    return kind < 0.4 ? rest : { ...rest, [key]: spoil(old, random) };
  }
  return pick(random, HOSTILE);
}
