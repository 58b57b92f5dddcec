import { describe, expect, it } from 'vitest';
import { beatFindings } from './beat-findings.js';

/** Columns from beats as letters, N normal, and the intervals between them, s. */
function columns(beats: string, intervals: readonly number[]) {
  return { rr: [Number.NaN, ...intervals], normal: Array.from(beats, (letter) => letter === 'N') };
}

describe('beatFindings', () => {
  it('measures prematurity and pause against the sinus intervals before', () => {
    // By hand: sinus RR 0.8; 0.52 before is 35 % early, 1.08 after; 1.08 / 0.52 = 2.0769; (0.52 + 1.08) / 1.6 = 1.
    const found = beatFindings(columns('NNNNNVNN', [0.8, 0.78, 0.82, 0.8, 0.52, 1.08, 0.8]), 5);
    expect(found.prematurity).toBeCloseTo(0.35, 12);
    expect(found.postOverPre).toBeCloseTo(1.08 / 0.52, 12);
    expect(found.compensation).toBeCloseTo(1, 12);
    expect([found.pWave, found.qrsMs, found.likeness]).toEqual([null, null, null]);
  });

  it('knows a reset pause from a compensatory one, and a late beat', () => {
    // S: 0.6 before, 0.84 after: 1.44 / 1.6 = 0.9. Escape after 1.2 s: 50 % late.
    const atrial = beatFindings(columns('NNNNNSN', [0.8, 0.8, 0.8, 0.8, 0.6, 0.84]), 5);
    expect(atrial.compensation).toBeCloseTo(0.9, 12);
    expect(beatFindings(columns('NNNNNV', [0.8, 0.8, 0.8, 0.8, 1.2]), 5).prematurity).toBeCloseTo(-0.5, 12);
  });

  it('leaves intervals beside ectopic beats and unreadable ones out of the sinus RR', () => {
    // Only 0.9, 0.9, 0.9 count: 0.45 before is 50 % early. The mean of all would be 0.83.
    const rr = [0.9, 0.9, 0.5, 1.3, 0.9, Number.NaN, 0.45];
    expect(beatFindings(columns('NNNVNNNV', rr), 7).prematurity).toBeCloseTo(0.5, 12);
  });

  it('takes the sinus RR of bigeminy from two cycles at a time', () => {
    // 0.5 + 1.1 over one beat: sinus 0.8, so 37.5 % early, though not two normal beats stand together.
    const bigeminy = columns('NVNVNVNV', [0.5, 1.1, 0.5, 1.1, 0.5, 1.1, 0.5]);
    expect(beatFindings(bigeminy, 7).prematurity).toBeCloseTo(0.375, 12);
    expect(beatFindings(columns('NVNVNV', [0.5, 1.1, 0.5, 1.1, 0.5]), 5).prematurity).toBeNull();
  });

  it('passes on what is known of waves and likeness', () => {
    const given = {
      ...columns('NN', [0.8]),
      p: ['unknown', 'absent'] as const,
      qrsMs: [Number.NaN, 142],
      likeness: [Number.NaN, 0.31],
    };
    expect(beatFindings(given, 0)).toEqual({
      prematurity: null,
      pWave: null,
      qrsMs: null,
      likeness: null,
      postOverPre: null,
      compensation: null,
    });
    expect(beatFindings(given, 1)).toMatchObject({
      pWave: 'absent',
      qrsMs: 142,
      likeness: 0.31,
      postOverPre: null,
    });
  });
});
