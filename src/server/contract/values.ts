import * as v from 'valibot';

/** Bounds of a number that comes as text. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const WHOLE = /^-?\d{1,16}$/;

/**
 * A number out of a path or a query, in which everything is text. Only decimal notation: neither `NaN`, `Infinity`,
 * `0x10`, blanks nor nothing count as numbers.
 */
export function queryNumber({
  min = -Number.MAX_VALUE,
  max = Number.MAX_VALUE,
  integer = false,
}: NumberBounds = {}) {
  const low = integer ? Math.max(min, Number.MIN_SAFE_INTEGER) : min;
  const high = integer ? Math.min(max, Number.MAX_SAFE_INTEGER) : max;
  const kind = integer ? 'a whole number' : 'a number';
  return v.pipe(
    v.string(),
    v.maxLength(32, `expected ${kind}, but this is too long for one`),
    v.regex(
      integer ? WHOLE : DECIMAL,
      (issue) => `expected ${kind} but received ${issue.received.slice(0, 40)}`,
    ),
    v.metadata({
      wire: {
        type: integer ? 'integer' : 'number',
        ...(min > -Number.MAX_VALUE ? { minimum: low } : {}),
        ...(max < Number.MAX_VALUE ? { maximum: high } : {}),
      },
    }),
    v.transform(Number),
    v.number(),
    v.minValue(low),
    v.maxValue(high),
  );
}

/** `true` or `false` out of a query. */
export function queryFlag() {
  return v.pipe(
    v.picklist(['true', 'false']),
    v.metadata({ wire: { type: 'boolean' } }),
    v.transform((text) => text === 'true'),
    v.boolean(),
  );
}

/** A list out of a query, its items separated by commas: `lead=MLII,V1`; at least one item. */
export function queryList({
  mostItems = 64,
  longestItem = 64,
}: {
  mostItems?: number;
  longestItem?: number;
} = {}) {
  return v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(mostItems * (longestItem + 1)),
    v.metadata({
      wire: {
        type: 'array',
        minItems: 1,
        maxItems: mostItems,
        items: { type: 'string', minLength: 1, maxLength: longestItem },
      },
    }),
    v.transform((text) => text.split(',')),
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(longestItem))),
    v.maxLength(mostItems),
  );
}

/** Identifiers of the server's making in paths: letters, digits, dash and underscore. Never a path, whatever is asked for. */
export function pathId(description: string) {
  return v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/), v.description(description));
}

/** Names from outside in paths: 1 to 128 characters without control characters or slashes. */
export function pathName(description: string) {
  return v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(128),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    v.regex(/^[^\u0000-\u001f\u007f/\\]+$/),
    v.description(description),
  );
}
