import { describe, expect, it } from 'vitest';
import { DS1, DS2, MITDB_PACED } from '../../../evaluation/index.js';
import { sideOf } from './data.js';

const validation = ['101', '205'];
const of = (name: string) => sideOf(`mitdb/${name}`, validation);

describe('sideOf', () => {
  it('keeps the halves of mitdb apart', () => {
    expect(DS2.filter((name) => of(name) !== 'test')).toEqual([]);
    expect(DS1.filter((name) => of(name) === 'validation')).toEqual(validation);
    // 201 is the patient of DS2's 202; 118 is the heart the outside check disturbs; paced records stand aside.
    for (const name of ['201', '118', ...MITDB_PACED]) expect(of(name)).toBeUndefined();
    expect(DS1.filter((name) => of(name) === 'train')).toHaveLength(DS1.length - 4);
  });

  it('deals other patients out, each always to the same side', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `ludb/data/${i}`);
    const sides = names.map((name) => sideOf(name, validation));
    expect(names.map((name) => sideOf(name, ['223']))).toEqual(sides);
    for (const side of ['test', 'validation'] as const) {
      // A fifth of 3000, ± 4 standard deviations of 22.
      expect(Math.abs(sides.filter((s) => s === side).length - 600)).toBeLessThan(88);
    }
    expect(sides.every((side) => side !== undefined)).toBe(true);
  });
});
