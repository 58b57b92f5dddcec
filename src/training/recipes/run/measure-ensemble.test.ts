import { describe, expect, it } from 'vitest';
import { architecture, member } from '../../../../tests/run-metrics.js';
import { auditSplit } from '../../../evaluation/index.js';
import { cardiospikeTask } from '../cardiospike/node.js';
import { type Measured, measureEnsemble } from './measure.js';

/** Two validation and two test examples of these classes, of four patients. */
function measured(labels: readonly [number, number, number, number], withTest = true): Measured[] {
  const prepared = {
    set: {
      classes: ['normal', 'arrhythmic'],
      shape: [1],
      data: new Float32Array(4),
      label: Uint8Array.from(labels),
      record: Uint16Array.of(0, 1, 2, 3),
      records: [0, 1, 2, 3].map((r) => ({ id: `x/${r}`, patient: `${r}` })),
    },
    split: { train: new Int32Array(0), validation: Int32Array.of(0, 1), test: Int32Array.of(2, 3) },
    label: auditSplit('A → B', { train: ['x/9'], test: ['x/2', 'x/3'] }),
    input: {},
  };
  // Of each pair of examples, the first divides them and the second does not: both call it arrhythmic.
  const network = (name: string, macroF1: number, arrhythmic: number): Measured => {
    const row = Float32Array.of(1 - arrhythmic, arrhythmic, 0.1, 0.9);
    const test = withTest ? [row] : null;
    return { metrics: architecture(name, [member(1, macroF1, null)]), prepared, validation: [row], test };
  };
  return [network('good', 0.9, 0.6), network('poor', 0.18, 0.1)];
}

describe('measureEnsemble', () => {
  // The first network is 0.1 above a half, the second 0.4 below. Weighted by macro-F1: 0.9 × 0.1 > 0.18 × 0.4, so
  // arrhythmic; by macro-F1 × confidence: 0.9 × 0.6 × 0.1 < 0.18 × 0.9 × 0.4, so normal, as by the plain mean.
  it('takes the reading that is best on the validation examples, whatever the test set says', () => {
    const confident = measureEnsemble(measured([0, 1, 1, 1]), cardiospikeTask);
    const macroF1 = (reading: string, part: 'validation' | 'test') =>
      confident.readings.find((one) => one.reading === reading)?.[part]?.[0].macroF1;
    expect([macroF1('most-confident', 'validation'), macroF1('two-best', 'test')]).toEqual([1, 1]);
    expect(macroF1('two-best', 'validation')).toBeLessThan(1);
    // The plain mean is as good, but stands beside the published readings only.
    expect(macroF1('mean', 'validation')).toBe(1);
    expect(confident.chosen).toBe('most-confident');
    // One of the two test examples is right by the reading that was chosen.
    expect(confident.tests.map(({ accuracy }) => accuracy.value)).toEqual([0.5]);
    const best = measureEnsemble(measured([1, 1, 0, 1]), cardiospikeTask);
    expect(best.chosen).toBe('two-best');
    expect(best.tests[0].accuracy.value).toBe(0.5);
  });

  it('says nothing of a test set that was not scored', () => {
    const { readings, tests, members } = measureEnsemble(measured([0, 1, 1, 1], false), cardiospikeTask);
    expect(readings.map(({ test }) => test)).toEqual(readings.map(() => null));
    expect([tests, members]).toEqual([[], ['good', 'poor']]);
  });
});
