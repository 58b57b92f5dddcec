import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import type { BeatSet } from './dataset.js';
import { createSampler } from './sampler.js';

/** A set of beats by (record, class) counts; records themselves are not looked at. */
function setOf(cells: readonly (readonly [record: number, label: number, count: number])[]): BeatSet {
  const rows = cells.flatMap(
    ([record, label, count]) => new Array(count).fill([record, label]) as number[][],
  );
  return {
    records: new Array(1 + Math.max(...rows.map(([r]) => r))).fill(undefined),
    record: Int32Array.from(rows, ([r]) => r),
    beat: Int32Array.from(rows.keys()),
    label: Int8Array.from(rows, ([, c]) => c),
  };
}

describe('createSampler', () => {
  it('draws each record and class in proportion to the root of its beats', () => {
    const set = setOf([
      [0, 0, 900],
      [0, 2, 100],
      [1, 0, 400],
    ]);
    const sampler = createSampler(set, 0.5, [1, 1, 1, 1, 1]);
    // By hand: √900 : √100 : √400 = 30 : 10 : 20.
    expect(sampler.classShares[0]).toBeCloseTo(50 / 60, 12);
    expect(sampler.classShares[2]).toBeCloseTo(10 / 60, 12);
    const random = createRandom(3);
    const n = 60_000;
    let first = 0;
    for (let i = 0; i < n; i++) if (sampler.draw(random) < 900) first++;
    // Four standard errors of a share of one half.
    expect(Math.abs(first / n - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / n));
  });

  it('obeys the factors of the classes', () => {
    const set = setOf([
      [0, 0, 100],
      [0, 1, 100],
    ]);
    expect(createSampler(set, 0, [1, 3, 1, 1, 1]).classShares[1]).toBeCloseTo(0.75, 12);
  });
});
