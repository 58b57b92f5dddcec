import { describe, expect, it } from 'vitest';
import { windowRecords } from './data.js';

describe('windowRecords', () => {
  it('keeps patients apart: 201 is left out for 202, paced records are learned from', () => {
    const { train, validation, test } = windowRecords(['118', '217']);
    expect(validation).toEqual(['mitdb/118', 'mitdb/217']);
    // DS1 has 22 records; without 201 and 118, and with 102, 104 and 107.
    expect(train.length).toBe(22 - 2 + 3);
    expect(train).toContain('mitdb/102');
    expect(test.length).toBe(22);
    const all = [...train, ...validation, ...test];
    expect(new Set(all).size).toBe(all.length);
    expect(all).not.toContain('mitdb/201');
  });

  it('refuses to validate on a tested patient', () => {
    expect(() => windowRecords(['201'])).toThrow(expect.objectContaining({ code: 'bad-option' }));
  });
});
