import { describe, expect, it } from 'vitest';
import { architecture, member, runOf, scores } from '../../tests/run-metrics.js';
import { RESEARCH_USE_ONLY } from '../core/index.js';
import { comparePaired } from '../evaluation/index.js';
import { alignColumns, formatRun, meanScores } from './run-summary.js';

const lines = (...args: Parameters<typeof runOf>) => formatRun(runOf(...args)).split('\n');

describe('formatRun', () => {
  it('shows the validation examples until the test set was scored', () => {
    const text = lines([architecture('narrow', [member(7, 0.9, null)])]);
    expect(text).toEqual([
      'tiny 0.0.1, protocol synthetic: synthetic hearts',
      'Figures of the validation examples, seed 7:',
      '          accuracy  macro-F1  weighted F1  INT8 points   fp32   INT8     fp32     INT8',
      '  narrow    0.9100    0.9000       0.9200        +0.00  40 kB  10 kB  0.50 ms  0.75 ms',
      RESEARCH_USE_ONLY,
    ]);
  });

  it('shows the test set once that was scored, the mean of the seeds, and what 8 bits cost', () => {
    const network = architecture('wide', [member(1, 0.9, 0.5), member(2, 0.9, 0.7)]);
    const text = lines([{ ...network, int8: { ...network.int8, test: scores(0.488) } }], { testUses: 1 });
    expect(text[1]).toBe('Figures of the test examples, mean of the seeds 1, 2:');
    // Accuracy 0.51 and 0.71; the first seed's file loses 1.2 points of macro-F1.
    expect(text[3]).toMatch(/^ {2}wide +0\.6100 +0\.6000 +0\.6200 +−1\.20 /);
    expect(text[4]).toBe('These test records have been scored once.');
    expect(lines([network], { testUses: 3 })[4]).toBe('These test records have been scored 3 times.');
  });

  it('shows the readings of an ensemble, the chosen one marked', () => {
    const networks = [architecture('a', [member(1, 0.9, 0.5)]), architecture('b', [member(1, 0.9, 0.5)])];
    const readings = [
      { reading: 'mean' as const, validation: [scores(0.8)], test: [scores(0.6)] },
      { reading: 'two-best' as const, validation: [scores(0.7)], test: [scores(0.65)] },
    ];
    const text = lines(networks, {
      ensemble: { members: ['a', 'b'], readings, chosen: 'mean', tests: [] },
    });
    expect(text[5]).toMatch(/^ {2}ensemble, mean \(chosen\) +0\.6100 +0\.6000 +0\.6200$/);
    expect(text[6]).toMatch(/^ {2}ensemble, two-best +0\.6600 +0\.6500 +0\.6700$/);
  });

  it('adds the paired comparison of the part it shows', () => {
    const comparison = comparePaired([0.5, 0.5, 0.5, 0.5, 0.5], [0.6, 0.6, 0.6, 0.6, 0.6]);
    const rows = [{ name: 'b', comparison }];
    const paired = (['validation', 'test'] as const).map((part) => ({
      figure: 'macroF1' as const,
      part,
      baseline: 'a',
      rows,
    }));
    const text = formatRun(runOf([architecture('a', [member(1, 0.9, null)])], { paired }));
    expect(text).toMatch(/macro-F1, validation/);
    expect(text).not.toMatch(/macro-F1, test/);
    expect(text).toMatch(/\| b +\|.*\+10\.00/);
  });

  it('has a dash where nothing was measured', () => {
    expect(lines([architecture('a', [member(1, null, null)])])[3]).toMatch(/^ {2}a +– +– +– +– +40 kB/);
  });
});

describe('meanScores', () => {
  it('is null unless every seed was scored', () => {
    expect(meanScores([scores(0.2), scores(0.4)])?.macroF1).toBeCloseTo(0.3, 12);
    expect(meanScores([scores(0.2), null])).toBeNull();
    expect(meanScores([])).toBeNull();
  });
});

describe('alignColumns', () => {
  it('puts the first to the left and the others to the right, without blanks at the end', () => {
    expect(
      alignColumns([
        ['a', 'bb', ''],
        ['ccc', 'd', ''],
      ]),
    ).toBe('  a    bb\n  ccc   d');
  });
});
