import { describe, expect, it } from 'vitest';
import { DS1, DS2, MITDB, MITDB_PACED, patientOf } from './protocols.js';
import { auditSplit } from './split.js';

const mitdb = (records: readonly string[]) => records.map((record) => `mitdb/${record}`);

describe('auditSplit', () => {
  it('refuses DS1 → DS2 as published, because 201 and 202 are one patient, and names them', () => {
    expect(() => auditSplit('DS1 → DS2', { train: mitdb(DS1), test: mitdb(DS2) })).toThrowError(
      expect.objectContaining({
        code: 'bad-option',
        message: expect.stringMatching(/mitdb\/201 \(train: mitdb\/201, test: mitdb\/202\)/),
      }),
    );
  });

  it('passes it without 202, or without 201', () => {
    const test = mitdb(DS2.filter((record) => record !== '202'));
    expect(auditSplit('DS1 → DS2 without 202', { train: mitdb(DS1), test })).toEqual({
      title: 'DS1 → DS2 without 202',
      leaky: false,
      sharedPatients: [],
    });
    const train = mitdb(DS1.filter((record) => record !== '201'));
    expect(auditSplit('x', { train, test: mitdb(DS2) }).leaky).toBe(false);
  });

  it('lets a run expressly named leaky through, and its title says so', () => {
    const label = auditSplit('DS1 → DS2', { train: mitdb(DS1), test: mitdb(DS2) }, { leaky: true });
    expect(label.title).toBe('LEAKY DS1 → DS2 (mitdb/201 on both sides)');
    expect(label.sharedPatients).toEqual(['mitdb/201']);
  });

  it('names up to four patients in the title, and counts more', () => {
    const both = (n: number) => {
      const records = mitdb(DS1.slice(0, n));
      return auditSplit('x', { train: records, test: records }, { leaky: true });
    };
    expect(both(4).title).toBe('LEAKY x (mitdb/101, mitdb/106, mitdb/108, mitdb/109 on both sides)');
    expect(both(5).title).toBe('LEAKY x (5 patients on both sides)');
    expect(both(5).sharedPatients).toEqual(mitdb(['101', '106', '108', '109', '112']));
  });

  it('sees a record on two sides, validation included', () => {
    expect(() => auditSplit('x', { train: ['svdb/800'], validation: ['svdb/800'] })).toThrowError(
      /svdb\/800/,
    );
  });

  it('refuses a record without its database, whose patient nobody can tell', () => {
    expect(() => auditSplit('x', { train: ['202'] })).toThrowError(/write mitdb\/202/);
    expect(patientOf('svdb/202')).not.toBe(patientOf('mitdb/202'));
  });
});

describe('the protocols', () => {
  it('split mitdb without its paced records into two halves', () => {
    expect(MITDB).toHaveLength(48);
    expect([...DS1, ...DS2, ...MITDB_PACED].sort()).toEqual([...MITDB].sort());
    expect(DS1).toHaveLength(22);
    expect(DS2).toHaveLength(22);
  });
});
