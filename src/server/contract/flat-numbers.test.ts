import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { anyList, flatNumbers } from './flat-numbers.js';

const fast = flatNumbers(1, 4);
const plain = v.pipe(
  v.array(v.pipe(v.number(), v.minValue(-1e9), v.maxValue(1e9))),
  v.minLength(1),
  v.maxLength(4),
);

describe('a flat list of numbers', () => {
  it.each([
    [[1, 2.5, -3]],
    [[]],
    [[1, 2, 3, 4, 5]],
    [[1, null]],
    [['1']],
    [[[1]]],
    [[Number.POSITIVE_INFINITY]],
    [[Number.NaN]],
    [[1e9, -1e9]],
    [[2e9]],
    ['1,2'],
    [{ 0: 1, length: 1 }],
    [null],
    [undefined],
    [true],
  ])('takes and refuses %j as the plain schema does, with its words', (value) => {
    const [a, b] = [v.safeParse(fast, value), v.safeParse(plain, value)];
    expect(a.success).toBe(b.success);
    expect(a.output).toEqual(b.output);
    expect(a.issues?.map(({ message }) => message)).toEqual(b.issues?.map(({ message }) => message));
    expect(v.safeParse(v.object({ ecg: fast }), { ecg: value }).success).toBe(b.success);
  });

  it('is documented as the plain schema is', () => {
    expect(toJsonSchema(fast)).toEqual(toJsonSchema(plain));
  });
});

describe('any list', () => {
  it('is any list and nothing else, and documented as the plain schema is', () => {
    const plain = v.array(v.unknown());
    for (const value of [[], [1, [2, 'x']], {}, 'x', null, undefined])
      expect(v.safeParse(anyList(), value).success).toBe(v.safeParse(plain, value).success);
    expect(toJsonSchema(anyList())).toEqual(toJsonSchema(plain));
  });
});
