import { describe, expect, it } from 'vitest';
import { architecture, member } from '../../../../tests/run-metrics.js';
import { measurePaired } from './paired.js';

const paired = { baseline: 'plain', against: ['better', 'same'] };
/** Macro-F1 of five seeds; 0.01 apart, so that a shuffled pairing shows. */
const BASE = [0.5, 0.52, 0.49, 0.51, 0.53];
const network = (name: string, validation: readonly number[], test: readonly number[] | null = null) =>
  architecture(
    name,
    validation.map((x, i) => member(i + 1, x, test === null ? null : test[i])),
  );
const networks = (test: readonly number[] | null) => [
  network('same', BASE, test),
  network('plain', BASE, test),
  network(
    'better',
    BASE.map((x, i) => x + 0.02 + 0.001 * (i - 2)),
    test,
  ),
];

describe('measurePaired', () => {
  it('compares each network with the baseline, seed by seed, on the parts that were scored', () => {
    const [validation, ...rest] = measurePaired(paired, networks(null));
    expect(rest).toEqual([]);
    expect(validation).toMatchObject({ figure: 'macroF1', part: 'validation', baseline: 'plain' });
    const [better, same] = validation.rows;
    expect([better.name, same.name]).toEqual(['better', 'same']);
    // Differences 0.018 … 0.022: mean 0.02, standard error √(1e-5 / 4 / 5) = 0.000707, t(4) at 95 % is 2.776.
    expect(better.comparison.difference).toBeCloseTo(0.02, 12);
    expect(better.comparison.interval.low).toBeCloseTo(0.02 - 2.776 * 0.000707, 5);
    expect(better.comparison).toMatchObject({ pairs: 5, wins: 5, losses: 0, verdict: 'helps' });
    expect(same.comparison).toMatchObject({ difference: 0, verdict: 'does not help' });
    const [, test] = measurePaired(paired, networks([0.3, 0.1, 0.5, 0.2, 0.4]));
    expect(test).toMatchObject({ part: 'test' });
    expect(test.rows[0].comparison.difference).toBe(0);
  });

  it('says nothing below five seeds, or where nothing is compared', () => {
    const four = networks(null).map((one) => ({ ...one, members: one.members.slice(0, 4) }));
    expect(measurePaired(paired, four)).toEqual([]);
    expect(measurePaired(null, networks(null))).toEqual([]);
  });
});
