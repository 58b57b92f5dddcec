import { describe, expect, it } from 'vitest';
import { architecture, member, runOf } from '../../../tests/run-metrics.js';
import { tinyRecipe } from '../../../tests/tiny-recipe.js';
import { auditSplit, type ExampleReport, evaluateExamples } from '../../evaluation/index.js';
import { crossValidatedFigures, int8Figure, networkOf, publishedFigures } from './published-figures.js';
import { parseRecipe } from './recipe.js';

/** Ten examples of each class, the last `wrong` of the second called the first. */
function reportOf(wrong: number, classes = ['normal', 'arrhythmic']): ExampleReport {
  const labels = Array.from({ length: 20 }, (_, i) => Number(i >= 10));
  return evaluateExamples({
    classes,
    labels,
    probabilities: Float32Array.from(
      labels.flatMap((label, i) => {
        const first = label === 0 || i >= 20 - wrong ? 0.9 : 0.1;
        return classes.map((_, c) => (c === 0 ? first : c === 1 ? 1 - first : 0));
      }),
    ),
    groups: labels.map((_, i) => i % 10),
    patients: Array.from({ length: 10 }, (_, i) => `p${i}`),
    split: auditSplit('A → B', { train: ['svdb/1'], test: ['mitdb/100'] }),
    bootstrap: { seed: 1, resamples: 200 },
    by: 'patient',
  });
}

const recipeWith = (...rows: readonly Record<string, unknown>[]) =>
  parseRecipe(
    {
      ...tinyRecipe(),
      published: rows.map((row, i) => ({
        label: `row ${i}`,
        network: 'narrow',
        published: '',
        measure: 'accuracy',
        figures: { synthetic: `a.${i}`, honest: `h.${i}` },
        ...row,
      })),
    },
    'tiny',
  );

const two = [reportOf(2), reportOf(4)];
const run = runOf([
  architecture('narrow', [member(1, 0.9, 0.5), member(2, 0.8, 0.5)], two),
  architecture('wide', [member(1, 0.4, 0.9), member(2, 0.6, 0.7)], [reportOf(0), reportOf(0)]),
]);

describe('publishedFigures', () => {
  it('are means over the seeds, of the value and of both ends of the interval', () => {
    const measures = ['accuracy', 'sensitivity', 'specificity', 'macroF1', 'weightedF1', 'auroc'];
    const figures = publishedFigures(
      recipeWith(...measures.map((measure) => ({ measure }))),
      run,
      'the command',
    );
    // 18 and 16 of 20 are right; 8 and 6 of the 10 arrhythmic ones are found, and all normal ones.
    expect(figures[0].value).toBeCloseTo(0.85, 12);
    expect(figures[1].value).toBeCloseTo(0.7, 12);
    expect(figures[2].value).toBe(1);
    // F1 with 2 wrong: normal 20/22, arrhythmic 16/18; with 4: 20/24 and 12/16. Equal support: both means are one.
    const f1 = ((20 / 22 + 16 / 18) / 2 + (20 / 24 + 12 / 16) / 2) / 2;
    expect(figures[3].value).toBeCloseTo(f1, 12);
    expect(figures[4].value).toBeCloseTo(f1, 12);
    const [a, b] = two.map(({ accuracy }) => accuracy);
    expect(figures[0].interval?.[0]).toBeCloseTo(((a.low as number) + (b.low as number)) / 2, 12);
    expect(figures[0].interval?.[1]).toBeCloseTo(((a.high as number) + (b.high as number)) / 2, 12);
    expect(figures[0]).toMatchObject({
      id: 'a.0',
      unit: 'fraction',
      split: `${two[0].title} · mean of 2 seeds`,
      command: 'the command',
      date: '2026-01-02',
    });
    // 200 pairs of one class each: arrhythmic ones called so are above all normal ones, the others among them.
    expect(figures[5].value).toBeCloseTo((0.8 + 0.2 / 2 + 0.6 + 0.4 / 2) / 2, 12);
  });

  it('say nothing of other protocols, nor of what was not measured', () => {
    const rows = recipeWith(
      { figures: { honest: 'h.0' } },
      { network: 'ensemble' },
      { measure: 'auroc' },
      { measure: 'accuracy' },
    );
    const three = runOf([architecture('narrow', [member(1, 0.9, 0.5)], [reportOf(1, ['N', 'S', 'V'])])]);
    expect(publishedFigures(rows, three, '').map(({ id }) => id)).toEqual(['a.3']);
    expect(publishedFigures(rows, { ...run, protocol: 'leaky' }, '')).toEqual([]);
    const unscored = runOf([architecture('narrow', [member(1, 0.9, null)])]);
    expect(publishedFigures(rows, unscored, '')).toEqual([]);
  });

  it('find the best network on the validation examples, the best on the test set, and the ensemble', () => {
    const rows = recipeWith({ network: 'selected' }, { network: 'best' }, { network: 'ensemble' });
    const ensemble = {
      members: ['narrow', 'wide'],
      readings: [],
      chosen: 'mean' as const,
      tests: [reportOf(5)],
    };
    const values = publishedFigures(rows, { ...run, ensemble }, '').map(({ value }) => value);
    expect(values[0]).toBeCloseTo(0.85, 12);
    expect(values[1]).toBe(1);
    expect(values[2]).toBeCloseTo(0.75, 12);
    expect(publishedFigures(rows, { ...run, ensemble }, '')[2].split).toBe(
      `${two[0].title} · reading mean · mean of 2 seeds`,
    );
    expect(networkOf({ network: 'selected' }, run)?.name).toBe('narrow');
    expect(networkOf({ network: 'best' }, run)?.name).toBe('wide');
    // One good seed does not make a network the best: 0.9 and 0.2 are less than 0.6 twice.
    const lucky = runOf([
      architecture('narrow', [member(1, 0.9, 0.5), member(2, 0.2, 0.5)]),
      architecture('wide', [member(1, 0.6, 0.5), member(2, 0.6, 0.5)]),
    ]);
    expect(networkOf({ network: 'selected' }, lucky)?.name).toBe('wide');
    expect(networkOf({ network: 'deep' }, run)).toBeUndefined();
  });

  it('give times in their own units, with the spread of several runs', () => {
    const rows = recipeWith({ measure: 'trainSeconds' }, { measure: 'latencyMs' });
    expect(publishedFigures(rows, run, '')).toMatchObject([
      { value: 15, interval: [10, 20], unit: 's' },
      { value: 0.5, interval: null, unit: 'ms' },
    ]);
    const one = runOf([architecture('narrow', [member(3, 0.9, 0.5)], [reportOf(1)])]);
    expect(publishedFigures(rows, one, '')[0]).toMatchObject({
      value: 30,
      interval: null,
      split: two[0].title,
    });
  });
});

describe('int8Figure', () => {
  /** A network whose two files reached these macro-F1 on the validation examples, and on the test set. */
  const exported = (name: string, validation: [number, number], test?: [number, number]) => {
    const form = (f: 0 | 1) => ({
      ...architecture(name, [member(1, validation[f], test?.[f] ?? null)]).fp32,
    });
    return { name, fp32: form(0), int8: form(1) };
  };

  it('is the greatest loss, of the test set where that was scored', () => {
    // Losses: 0.4 points on validation; 1 point on the test set, although none on validation; a gain.
    const networks = [
      exported('a', [0.9, 0.896]),
      exported('b', [0.9, 0.9], [0.8, 0.79]),
      exported('c', [0.9, 0.8], [0.7, 0.71]),
    ];
    const figure = int8Figure('tiny', networks, 'the command', '2026-01-02');
    expect(figure).toMatchObject({ id: 'int8.tiny.worst-loss', unit: 'points', interval: null });
    expect(figure?.value).toBeCloseTo(1, 10);
    expect(figure?.split).toMatch(/3 networks; worst: b$/);
    expect(int8Figure('tiny', [networks[2]], '', '')?.value).toBeCloseTo(-1, 10);
    expect(int8Figure('tiny', [], '', '')).toBeUndefined();
  });
});

describe('crossValidatedFigures', () => {
  const network = { name: 'narrow', parameters: 1, seconds: 5, folds: [[1, 0, 1]], bestFold: 0 };

  it('are those of the held-out examples of all folds', () => {
    const rows = recipeWith({}, { network: 'wide' }, { measure: 'macroF1', figures: { synthetic: 'a.2' } });
    const figures = crossValidatedFigures(rows, 'honest', [{ ...network, reports: two }], 'cv', '2026-03-04');
    expect(figures).toHaveLength(1);
    expect(figures[0]).toMatchObject({
      id: 'h.0',
      split: `${two[0].title} · mean of 2 seeds`,
      command: 'cv',
      date: '2026-03-04',
    });
    expect(figures[0].value).toBeCloseTo(0.85, 12);
    const [one] = crossValidatedFigures(rows, 'honest', [{ ...network, reports: [two[1]] }], 'cv', '');
    expect(one.value).toBeCloseTo(0.8, 12);
    expect(one.split).not.toMatch(/seeds/);
  });
});
