import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoldRecord, patientFolds } from './folds.js';

const record = (id: string, counts: number[], patient = id): FoldRecord => ({ id, patient, counts });

describe('patientFolds', () => {
  it('never parts a patient, and uses every fold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(11), fc.nat(300), fc.nat(40)), { minLength: 12, maxLength: 30 }),
        fc.integer(),
        (drawn, seed) => {
          // Twelve patients at least, two of whom hold every class, so that no fold is refused.
          const records = drawn.map(([patient, v, s], i) =>
            record(`r${i}`, [1000, s, v], i < 12 ? `p${i}` : `p${patient}`),
          );
          records.push(record('a', [1, 500, 500], 'p0'), record('b', [1, 500, 500], 'p1'));
          const folds = patientFolds(records, 4, seed);
          const of = new Map<string, number>();
          records.forEach(({ patient }, i) => {
            expect(of.get(patient) ?? folds[i]).toBe(folds[i]);
            of.set(patient, folds[i]);
          });
          expect(new Set(folds)).toEqual(new Set([0, 1, 2, 3]));
        },
      ),
      { numRuns: 50, seed: 2 },
    );
  });

  it('spreads the holders of a rare class', () => {
    const records = Array.from({ length: 12 }, (_, i) => record(`r${i}`, [2000, i < 3 ? 100 : 0, 10]));
    const folds = patientFolds(records, 3, 5);
    // By hand: three holders, three folds, one each.
    expect(new Set(folds.slice(0, 3)).size).toBe(3);
  });

  it('changes with the seed only', () => {
    const records = Array.from({ length: 10 }, (_, i) => record(`r${i}`, [2000 + i, 5, 10]));
    expect(patientFolds(records, 5, 1)).toEqual(patientFolds(records, 5, 1));
    const others = [2, 3, 4, 5].map((seed) => patientFolds(records, 5, seed).join());
    expect(others.some((other) => other !== patientFolds(records, 5, 1).join())).toBe(true);
  });

  it('refuses more folds than patients', () => {
    const records = [record('201', [5, 1, 1], 'p'), record('202', [5, 1, 1], 'p'), record('100', [5, 1, 1])];
    expect(() => patientFolds(records, 3, 1)).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });

  it('refuses a fold that leaves no beat of a class to train on', () => {
    // Two patients hold all F beats, one fold has to take both: two folds of two, N and V pulling them together.
    const records = [record('a', [0, 0, 0, 9]), record('b', [0, 0, 0, 9])];
    expect(patientFolds(records, 2, 1)).toHaveLength(2);
    const one = [record('a', [9, 0, 0, 9], 'x'), record('b', [9, 0, 0, 9], 'x'), record('c', [9, 0, 0, 0])];
    // One patient alone has F: that cannot be helped and is not refused.
    expect(patientFolds(one, 2, 1)).toHaveLength(3);
  });

  it('names a class that is left out by the names it is given', () => {
    // By hand: x and z part for their rare shares; y then costs .1 × .9 beside x and .4 × .6 beside z.
    const records = [record('x', [0, 9, 0]), record('z', [0, 0, 6]), record('y', [0, 1, 4])];
    const refusals = Array.from({ length: 20 }, (_, seed) => {
      try {
        return `${patientFolds(records, 2, seed, ['N', 'AF', 'other'])}`;
      } catch (error) {
        return (error as Error).message;
      }
    }).filter((said) => said.startsWith('folds:'));
    expect(refusals.length).toBeGreaterThan(0);
    for (const said of refusals) expect(said).toContain('all 10 examples of class AF fall into fold');
  });
});
