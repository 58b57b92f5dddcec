import { describe, expect, it } from 'vitest';
import { ENSEMBLES, type EnsembleMember } from './ensemble.js';

/** Two examples, three classes. The third model is the surest of the first example and the worst of all. */
const members: EnsembleMember[] = [
  { macroF1: 0.8, probabilities: Float32Array.of(0.5, 0.3, 0.2, 0.1, 0.6, 0.3) },
  { macroF1: 0.6, probabilities: Float32Array.of(0.2, 0.7, 0.1, 0.25, 0.25, 0.5) },
  { macroF1: 0.4, probabilities: Float32Array.of(0.05, 0.05, 0.9, 0.3, 0.3, 0.4) },
];

function expectRows(got: Float32Array, rows: readonly (readonly number[])[]): void {
  const wanted = rows.flat();
  expect(got).toHaveLength(wanted.length);
  for (const [i, p] of wanted.entries()) expect(got[i], `place ${i}`).toBeCloseTo(p, 6);
}

describe('the ensembles, by hand', () => {
  it('mean', () => {
    expectRows(ENSEMBLES.mean(members, 3), [
      [0.75 / 3, 1.05 / 3, 1.2 / 3],
      [0.65 / 3, 1.15 / 3, 1.2 / 3],
    ]);
  });

  it('two-best: the first two, 0.8 : 0.6', () => {
    expectRows(ENSEMBLES['two-best'](members, 3), [
      [(0.8 * 0.5 + 0.6 * 0.2) / 1.4, (0.8 * 0.3 + 0.6 * 0.7) / 1.4, (0.8 * 0.2 + 0.6 * 0.1) / 1.4],
      [(0.8 * 0.1 + 0.6 * 0.25) / 1.4, (0.8 * 0.6 + 0.6 * 0.25) / 1.4, (0.8 * 0.3 + 0.6 * 0.5) / 1.4],
    ]);
  });

  it('most-confident: models 2 and 3 for the first example, 1 and 2 for the second', () => {
    // Weights 0.6 · 0.7 = 0.42 and 0.4 · 0.9 = 0.36; then 0.8 · 0.6 = 0.48 and 0.6 · 0.5 = 0.3.
    const rows = [
      [
        (0.42 * 0.2 + 0.36 * 0.05) / 0.78,
        (0.42 * 0.7 + 0.36 * 0.05) / 0.78,
        (0.42 * 0.1 + 0.36 * 0.9) / 0.78,
      ],
      [(0.48 * 0.1 + 0.3 * 0.25) / 0.78, (0.48 * 0.6 + 0.3 * 0.25) / 0.78, (0.48 * 0.3 + 0.3 * 0.5) / 0.78],
    ];
    expectRows(ENSEMBLES['most-confident'](members, 3), rows);
  });

  it('top-two-classes: what is neither first nor second of a model counts nothing', () => {
    // First example: (5/8, 3/8, 0), (2/9, 7/9, 0), and of the tie .05 the earlier class: (1/19, 0, 18/19).
    // Second: (0, 2/3, 1/3), (1/3, 0, 2/3), (3/7, 0, 4/7). Weights 0.8, 0.6, 0.4 of 1.8.
    const rows = [
      [
        (0.8 * (5 / 8) + 0.6 * (2 / 9) + 0.4 * (1 / 19)) / 1.8,
        (0.8 * (3 / 8) + 0.6 * (7 / 9)) / 1.8,
        (0.4 * (18 / 19)) / 1.8,
      ],
      [
        (0.6 * (1 / 3) + 0.4 * (3 / 7)) / 1.8,
        (0.8 * (2 / 3)) / 1.8,
        (0.8 * (1 / 3) + 0.6 * (2 / 3) + 0.4 * (4 / 7)) / 1.8,
      ],
    ];
    expectRows(ENSEMBLES['top-two-classes'](members, 3), rows);
  });

  it('differ from each other: the readings are not one', () => {
    const answers = Object.values(ENSEMBLES).map((ensemble) => ensemble(members, 3)[0].toFixed(4));
    expect(new Set(answers).size).toBe(answers.length);
  });
});

describe('every ensemble', () => {
  it.each(Object.entries(ENSEMBLES))('%s gives one model back, and rows that sum to 1', (name, ensemble) => {
    const two = members.slice(0, 1).map((member) => ({
      ...member,
      probabilities: Float32Array.of(0.25, 0.75, 0.5, 0.5),
    }));
    expectRows(ensemble(two, 2), [
      [0.25, 0.75],
      [0.5, 0.5],
    ]);
    const sums = ensemble(members, 3);
    expect(sums[0] + sums[1] + sums[2], name).toBeCloseTo(1, 6);
  });

  it.each(Object.entries(ENSEMBLES))('%s answers for models of macro-F1 0', (_, ensemble) => {
    const useless = members.map((member) => ({ ...member, macroF1: 0 }));
    expect(ensemble(useless, 3).every(Number.isFinite)).toBe(true);
  });

  it.each(Object.entries(ENSEMBLES))('%s refuses what does not fit', (_, ensemble) => {
    expect(() => ensemble([], 3)).toThrowError(expect.objectContaining({ code: 'bad-option' }));
    expect(() => ensemble(members, 4)).toThrowError(expect.objectContaining({ code: 'bad-shape' }));
    expect(() => ensemble([{ ...members[0], macroF1: 1.2 }], 3)).toThrowError(
      expect.objectContaining({ code: 'bad-option' }),
    );
  });
});
