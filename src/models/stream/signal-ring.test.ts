import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSignalRing } from './signal-ring.js';

describe('the ring of a stream', () => {
  it('holds the last samples, whatever the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 16 }),
        fc.constantFrom(0, 7, 3_000_000_000),
        (sizes, capacity, start) => {
          const ring = createSignalRing(1, capacity, start);
          const all: number[] = [];
          for (const size of sizes) {
            const chunk = Float32Array.from({ length: size }, (_, i) => all.length + i + 1);
            ring.write([chunk], 0, size);
            all.push(...chunk);
          }
          expect(ring.end).toBe(start + all.length);
          const from = start - 2;
          const to = ring.end + 2;
          const expected = Array.from({ length: to - from }, (_, k) => {
            const i = from + k - start;
            return i >= Math.max(0, all.length - capacity) && i < all.length ? all[i] : Number.NaN;
          });
          expect([...ring.copy(0, from, to)]).toEqual(expected);
        },
      ),
    );
  });
  it('forgets all when it goes on elsewhere', () => {
    const ring = createSignalRing(1, 8, 0);
    ring.write([Float32Array.of(1, 2, 9)], 0, 3);
    expect(ring.range(0, 0, 3)).toBe(8);
    ring.restart(100);
    ring.write([Float32Array.of(4)], 0, 1);
    expect([...ring.copy(0, 98, 102)]).toEqual([Number.NaN, Number.NaN, 4, Number.NaN]);
    expect(ring.range(0, 0, 101)).toBe(0);
  });
});
