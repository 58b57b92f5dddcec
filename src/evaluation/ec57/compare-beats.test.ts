import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../core/index.js';
import { EC57_MAP, LITERATURE_MAP } from '../../ecg/index.js';
import { beatStatistics, rmsRrErrorMs, summariseBeats } from './beat-statistics.js';
import { compareBeats } from './compare-beats.js';

const at = (sample: number, symbol = 'N', more: Partial<Annotation> = {}): Annotation => ({
  sample,
  symbol,
  ...more,
});
const options = { record: '1', fs: 100, from: 0, map: EC57_MAP };

describe('compareBeats', () => {
  it('counts pairs, misses, extras and timing', () => {
    const reference = [at(100), at(200, 'V'), at(300, 'j'), at(400)];
    const test = [at(104), at(198, 'V'), at(300, 'N'), at(450)];
    const got = compareBeats(reference, test, options);
    expect(got.matrix.N.N).toBe(1);
    expect(got.matrix.V.V).toBe(1);
    expect(got.matrix.S.N).toBe(1);
    expect(got.matrix.N.O).toBe(1);
    expect(got.matrix.O.N).toBe(1);
    expect(got.pairs).toEqual([
      { reference: 0, test: 0 },
      { reference: 1, test: 1 },
      { reference: 2, test: 2 },
    ]);
    expect(got.missed).toEqual([3]);
    expect(got.extra).toEqual([3]);
    // By hand: |4|, |−2| and 0 samples of 10 ms each.
    expect(got.timing.meanAbsoluteMs).toBeCloseTo(20, 12);
    expect(got.timing.meanMs).toBeCloseTo(20 / 3, 12);
    expect(compareBeats(reference, test, { ...options, map: LITERATURE_MAP }).matrix.N.N).toBe(2);
  });

  it('compares RR intervals at pairs, misses and extras alike', () => {
    // By hand: reference intervals 1, 1, 1 s; the test misses the third beat. Steps: pair (no interval yet),
    // pair (1 − 1), miss (1 − 2), pair (1 − 2): squared errors 0 + 1 + 1 over 3 steps.
    const reference = [at(100), at(200), at(300), at(400)];
    const got = compareBeats(reference, [at(100), at(200), at(400)], options);
    expect(got.rr).toEqual({ sum: 2, count: 3 });
    expect(rmsRrErrorMs(got)).toBeCloseTo(1000 * Math.sqrt(2 / 3), 9);
  });

  it('sets beats missed while shut down apart, and its own beats in the reference’s shutdown', () => {
    const shut = [at(250, '~', { subtype: -1 }), at(350, '~', { subtype: 0 })];
    const beats = [at(100), at(200), at(300), at(400)];
    const test = compareBeats(beats, [at(100), at(200), ...shut, at(400)], options);
    expect(test.matrix.N).toMatchObject({ N: 3, O: 0, X: 1 });
    expect(test.shutdown).toBe(1);
    const reference = compareBeats([at(100), at(200), ...shut, at(400)], beats, options);
    expect(reference.matrix.X.N).toBe(1);
    expect(reference.matrix.O.N).toBe(0);
    // Negative control: a quality mark with one of the two bits does not suspend analysis.
    const noisy = compareBeats(beats, [at(100), at(200), at(250, '~', { subtype: 16 }), at(400)], options);
    expect(noisy.matrix.N).toMatchObject({ N: 3, O: 1, X: 0 });
  });

  it('takes a lone shutdown mark between two beats for the gap less a window on either side', () => {
    // Origin: bxb(1), AHA convention. Gap 200…400, window 15: 215…385 at 100 Hz is 1.7 s.
    const got = compareBeats(
      [at(200), at(300), at(400)],
      [at(200), at(290, '~', { subtype: -1 }), at(400)],
      options,
    );
    expect(got.shutdown).toBeCloseTo(1.7, 12);
    expect(got.matrix.N.X).toBe(1);
  });

  it('expects no beat in ventricular flutter and forgives the test’s beats there', () => {
    const reference = [at(100), at(150, '['), at(200, '!'), at(250, '!'), at(300, ']'), at(400)];
    const got = compareBeats(reference, [at(100), at(200), at(250, 'V'), at(400)], options);
    expect(got.matrix.N.N).toBe(2);
    expect(got.extra).toEqual([]);
    expect(got.missed).toEqual([]);
    expect(got.rr.count).toBe(0);
  });

  it('pairs the first reference beat with a test beat just before the start', () => {
    const inside = compareBeats([at(501)], [at(499)], { ...options, from: 5 });
    expect(inside.matrix.N.N).toBe(1);
    // Not when the next test beat is as near.
    const nearer = compareBeats([at(501)], [at(499), at(503)], { ...options, from: 5 });
    expect(nearer.pairs).toEqual([{ reference: 0, test: 1 }]);
    expect(nearer.extra).toEqual([]);
  });

  it('leaves out a first test beat that belongs to a beat before the start', () => {
    const test = [at(501), at(602)];
    const outside = compareBeats([at(499), at(600)], test, { ...options, from: 5 });
    expect(outside.pairs).toEqual([{ reference: 1, test: 1 }]);
    expect(outside.extra).toEqual([]);
    // Negative control: beyond a match window after the start it is extra.
    expect(compareBeats([at(600)], [at(516), at(602)], { ...options, from: 5 }).extra).toEqual([0]);
  });

  it('takes the partner of a flutter wave outside the brackets for missed or extra', () => {
    const got = compareBeats([at(100, '!'), at(200), at(300, '!')], [at(100), at(200, '!')], options);
    expect(got.matrix.O.N).toBe(1);
    expect(got.matrix.N.O).toBe(1);
    expect([got.missed, got.extra, got.pairs]).toEqual([[1], [0], []]);
  });

  it('neither rewards nor penalises F and Q called V, and penalises F called S in a record only', () => {
    const reference = [at(100, 'F'), at(200, 'Q'), at(300, 'F'), at(400, 'S'), at(500, 'V')];
    const test = [at(100, 'V'), at(200, 'V'), at(300, 'S'), at(400, 'S'), at(500, 'V')];
    const { matrix } = compareBeats(reference, test, options);
    expect(beatStatistics(matrix, true).veb.positivePredictivity).toEqual({ hits: 1, of: 1 });
    expect(beatStatistics(matrix, true).sveb.positivePredictivity).toEqual({ hits: 1, of: 2 });
    expect(beatStatistics(matrix, false).sveb.positivePredictivity).toEqual({ hits: 1, of: 1 });
  });

  it('refuses an impossible period', () => {
    for (const wrong of [{ fs: 0 }, { fs: Number.NaN }, { from: -1 }, { to: 0 }, { matchWindow: -1 }]) {
      expect(() => compareBeats([], [], { ...options, ...wrong })).toThrowError(
        expect.objectContaining({ name: 'EcgError', code: 'bad-option' }),
      );
    }
  });

  it('survives annotators without beats', () => {
    const got = compareBeats([], [], options);
    expect(rmsRrErrorMs(got)).toBeNaN();
    expect(got.timing.meanAbsoluteMs).toBeNaN();
    const summary = summariseBeats([got]);
    expect(summary.average.qrs.sensitivity).toBeNaN();
  });
});

describe('summariseBeats', () => {
  it('divides summed counts for gross figures, takes means where defined, and does not see the order', () => {
    const a = compareBeats([at(100), at(200, 'V')], [at(100)], { ...options, record: 'a' });
    const b = compareBeats([at(100)], [at(100)], { ...options, record: 'b' });
    const c = compareBeats([at(100), at(200), at(300)], [at(100), at(200)], { ...options, record: 'c' });
    const summary = summariseBeats([a, b, c]);
    // By hand: 4 of 6 beats; records 1/2, 1/1, 2/3. V occurs in a alone.
    expect(summary.gross.qrs.sensitivity).toEqual({ hits: 4, of: 6 });
    expect(summary.average.qrs.sensitivity).toBeCloseTo((1 / 2 + 1 + 2 / 3) / 3, 12);
    expect(summary.average.veb.sensitivity).toBe(0);
    expect(summariseBeats([c, a, b])).toEqual(summary);
    expect(summariseBeats([a, b])).not.toEqual(summary);
  });
});
