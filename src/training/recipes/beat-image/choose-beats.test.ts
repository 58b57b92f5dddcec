import { describe, expect, it } from 'vitest';
import { patientOf } from '../../../evaluation/index.js';
import { chooseOfRecords, choosePublished, splitByPicture } from './choose-beats.js';
import { BEAT_IMAGE_LABELS, CLASSES, FLUTTER_RECORDS, HONEST_RECORDS } from './data.js';

const labelings = Object.entries(CLASSES);

describe('the classes', () => {
  // 15,341 + 6,825 pictures: the published set.
  it.each(labelings)('%s hold as many pictures as published', (_, classes) => {
    expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(15341 + 6825);
  });

  it('each have a meaning', () => {
    const named = new Set(BEAT_IMAGE_LABELS.map((label) => label.class));
    for (const [, classes] of labelings) for (const { name } of classes) expect(named).toContain(name);
  });
});

describe('the published split', () => {
  it.each(labelings)('%s: 13,806 and 1,535 train and validate, 6,825 test, none twice', (_, classes) => {
    const label = Uint8Array.from(classes.flatMap(({ count }, c) => new Array<number>(count).fill(c)));
    const split = splitByPicture({ label, classes: classes.map(({ name }) => name) }, 1);
    expect([split.train.length + split.validation.length, split.test.length]).toEqual([15341, 6825]);
    // A tenth of 15,341, each class rounded.
    expect(Math.abs(split.validation.length - 1534.1)).toBeLessThan(3);
    expect(new Set([...split.train, ...split.validation, ...split.test]).size).toBe(22166);
    classes.forEach(({ count }, c) => {
      const tested = split.test.filter((i) => label[i] === c).length;
      expect(Math.abs(tested - (count * 6825) / 22166)).toBeLessThan(1);
    });
    expect(splitByPicture({ label, classes: classes.map(({ name }) => name) }, 2).test).not.toEqual(
      split.test,
    );
  });
});

describe('the honest split', () => {
  const sides = [HONEST_RECORDS.train, HONEST_RECORDS.validation, HONEST_RECORDS.test];

  it('has each patient on one side', () => {
    const patients = sides.map((ids) => new Set(ids.map(patientOf)));
    for (const [i, one] of patients.entries()) {
      for (const other of patients.slice(i + 1)) expect([...one].filter((id) => other.has(id))).toEqual([]);
    }
    // 44 records of mitdb without the four paced ones, and those of vfdb that have flutter or fibrillation.
    expect(sides.flat()).toHaveLength(44 + FLUTTER_RECORDS.length);
  });
});

describe('choosing', () => {
  const classes = [
    { name: 'N', symbols: 'N', count: 3 },
    { name: 'PVC', symbols: 'V', count: 2 },
  ];
  const places = Array.from({ length: 3000 }, (_, i) => ({ record: i % 3, sample: i, label: i % 2 }));

  it('takes as many as the class has, in the order of place', () => {
    const chosen = choosePublished(places, classes, 1);
    expect(chosen.map(({ label }) => label).sort()).toEqual([0, 0, 0, 1, 1]);
    expect(chosen.map(({ record }) => record)).toEqual(chosen.map(({ record }) => record).sort());
    expect(choosePublished(places, classes, 2)).not.toEqual(chosen);
    expect(() => choosePublished(places.slice(0, 3), classes, 1)).toThrow(
      /hold 2 beats of N, the set takes 3/,
    );
  });

  it('takes at most 200 normal and 600 other beats of a record', () => {
    const many = Array.from({ length: 6000 }, (_, i) => ({
      record: i % 2,
      sample: i,
      label: i % 4 < 2 ? 0 : 1,
    }));
    const chosen = chooseOfRecords(many, classes, 1);
    for (const record of [0, 1]) {
      const own = chosen.filter((place) => place.record === record);
      expect([0, 1].map((label) => own.filter((place) => place.label === label).length)).toEqual([200, 600]);
    }
  });
});
