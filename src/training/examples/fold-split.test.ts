import { describe, expect, it } from 'vitest';
import { toyExamples } from '../../../tests/toy-examples.js';
import { countExamples, type ExampleSet } from './example-set.js';
import { type FoldChoice, foldSplit, thinSplit } from './fold-split.js';

/** Examples of these labels, one row a record; records of one patient where the last argument says so. */
function labelled(rows: readonly string[], patientOf = (record: number) => record): ExampleSet {
  const label = Uint8Array.from(rows.join(''), Number);
  return {
    classes: ['N', 'V'],
    shape: [1],
    data: new Float32Array(label.length),
    label,
    record: Uint16Array.from(rows.flatMap((row, r) => Array.from(row, () => r))),
    records: rows.map((_, r) => ({ id: `x/${r}`, patient: `p${patientOf(r)}` })),
  };
}

const everything = ({ label }: ExampleSet) => Int32Array.from(label.keys());
const none = new Int32Array(0);
const choice = (index: number, over: FoldChoice['over'] = 'all', count = 3): FoldChoice => ({
  index,
  count,
  seed: 1,
  over,
});

/** Patients with examples in both parts. */
function shared(set: ExampleSet, a: Int32Array, b: Int32Array): string[] {
  const patients = (part: Int32Array) => new Set(Array.from(part, (i) => set.records[set.record[i]].patient));
  const other = patients(b);
  return [...patients(a)].filter((patient) => other.has(patient));
}

describe('foldSplit', () => {
  // Seven records of five patients: the first two, and the next two, are one's.
  const set = labelled(['0011', '01', '0011', '011', '0001', '01', '0011'], (r) => (r < 4 ? r >> 1 : r));

  it('holds every example out once, and trains on all others, no patient on both sides', () => {
    const split = { train: everything(set), validation: none, test: none };
    const held: number[] = [];
    for (let index = 0; index < 3; index++) {
      const fold = foldSplit(set, split, choice(index));
      expect(fold.validation).toHaveLength(0);
      expect(shared(set, fold.train, fold.test)).toEqual([]);
      expect([...fold.train, ...fold.test].sort((a, b) => a - b)).toEqual([...split.train]);
      held.push(...fold.test);
      // Negative control: a held-out example among the trained ones shows its patient.
      expect(shared(set, Int32Array.of(...fold.train, fold.test[0]), fold.test)).toHaveLength(1);
    }
    expect(held.sort((a, b) => a - b)).toEqual([...split.train]);
  });

  it("leaves the test set's patients alone when it goes over the training part, and takes them otherwise", () => {
    // Records 5 and 6 are tested (the last 6 examples), record 4 validates.
    const all = everything(set);
    const split = { train: all.slice(0, 13), validation: all.slice(13, 17), test: all.slice(17) };
    const folds = [0, 1, 2].map((index) => foldSplit(set, split, choice(index, 'training')));
    for (const { train, test } of folds)
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...all.slice(0, 17)]);
    const { train, test } = foldSplit(set, split, choice(0, 'all'));
    expect(train.length + test.length).toBe(all.length);
  });

  it('is another one for another seed, the same for the same', () => {
    const many = toyExamples(200, 3);
    const split = { train: everything(many), validation: none, test: none };
    const tested = (seed: number) => foldSplit(many, split, { ...choice(0), seed }).test;
    expect(tested(1)).toEqual(tested(1));
    expect([2, 3, 4].some((seed) => tested(seed).join() !== tested(1).join())).toBe(true);
  });

  it('names a class of which nothing is left to train on, and its fold', () => {
    const lone = labelled(['00', '00', '01', '00']);
    const split = { train: everything(lone), validation: none, test: none };
    const faults = [0, 1, 2].map((index) => {
      try {
        foldSplit(lone, split, choice(index));
        return '';
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-option' });
        return (error as Error).message;
      }
    });
    // One patient has V, so one fold cannot be trained without it; the other two can.
    expect(faults.filter((fault) => fault !== '')).toHaveLength(1);
    const fold = faults.findIndex((fault) => fault !== '');
    expect(faults[fold]).toMatch(
      new RegExp(`^fold ${fold + 1} of 3: class V has no example outside it \\(all of its patients`),
    );
    const absent = labelled(['00', '00', '00']);
    expect(() =>
      foldSplit(absent, { train: everything(absent), validation: none, test: none }, choice(0)),
    ).toThrow(/class V has no example outside it \(nor in it\), use another fold seed/);
  });

  it('refuses more folds than patients', () => {
    const split = { train: everything(set), validation: none, test: none };
    expect(() => foldSplit(set, split, choice(0, 'all', 6))).toThrow(/5 patients cannot make 6 folds/);
  });
});

describe('thinSplit', () => {
  it('keeps every n-th of each class and side, from the first on', () => {
    const set = labelled(['0101010000', '0000111']);
    const split = {
      train: Int32Array.from({ length: 10 }, (_, i) => i),
      validation: Int32Array.of(14, 15, 16),
      test: Int32Array.of(10, 11, 12, 13),
    };
    // N of the training part: 0 2 4 6 7 8 9, the 1st, 4th and 7th are 0, 6 and 9; V: 1 3 5, the 1st is 1.
    expect(thinSplit(set, split, 3)).toEqual({
      train: Int32Array.of(0, 1, 6, 9),
      validation: Int32Array.of(14),
      test: Int32Array.of(10, 13),
    });
    expect(thinSplit(set, split, 1)).toEqual(split);
  });

  it('leaves one of each class that was there, however much is left out', () => {
    const set = toyExamples(60, 2, 0.05);
    const all = { train: everything(set), validation: none, test: none };
    expect(countExamples(set, all.train)[1]).toBeGreaterThan(0);
    expect(countExamples(set, thinSplit(set, all, 1000).train)).toEqual([1, 1]);
  });
});
