import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../core/index.js';
import { compareRuns, summariseRuns } from './compare-runs.js';
import { findRuns, runTrack } from './find-runs.js';

/** Beats a second apart at 100 Hz, one a letter; `.` for a missing beat. */
const beats = (symbols: string, shift = 0): Annotation[] =>
  [...symbols].flatMap((symbol, i) => (symbol === '.' ? [] : [{ sample: 100 * (i + 1) + shift, symbol }]));
const rhythm = (sample: number, aux: string): Annotation => ({ sample, symbol: '+', aux });
const inOrder = (...lists: Annotation[][]) => lists.flat().sort((a, b) => a.sample - b.sample);
const options = { record: '1', fs: 100, from: 0 };
const tally = (reference: Annotation[], test: Annotation[], kind: 'V' | 'S' = 'V') => {
  const { runs } = compareRuns(reference, test, kind, options);
  return (['couplet', 'short', 'long'] as const).map((length) => {
    const { sensitivity: se, positivePredictivity: pp } = runs[length];
    return [se.hits, se.of, pp.hits, pp.of].join('/');
  });
};

describe('findRuns', () => {
  it('counts ventricular and fusion beats in a row, and ends a run at any other beat', () => {
    const runs = findRuns(runTrack(beats('NVNVVNVFVNVVVVVVV'), 'V'), 0);
    expect(runs.map((run) => run.beats)).toEqual([2, 3, 7]);
    expect(runs[1]).toEqual({ from: 700, to: 900, beats: 3 });
  });

  it('takes N for supraventricular in atrial fibrillation, and its beginning for a long run', () => {
    const af = inOrder(beats('NNNVNNVN'), [rhythm(250, '(AFIB'), rhythm(750, '(N')]);
    // By hand: the run that the mark begins (counted from six: 6 + 1), then two N between V.
    expect(findRuns(runTrack(af, 'S'), 0).map((run) => run.beats)).toEqual([7, 2]);
    // Negative control: in sinus rhythm the same beats make no run.
    expect(findRuns(runTrack(beats('NNNVNNVN'), 'S'), 0)).toEqual([]);
  });
});

describe('compareRuns', () => {
  it('finds a run where the other has as long a one, one match window around it', () => {
    expect(tally(beats('NVVN'), beats('NVVN', 10))).toEqual(['1/1/1/1', '0/0/0/0', '0/0/0/0']);
    // A couplet of three: the reference's couplet is found in a longer run, the test's short run is not.
    expect(tally(beats('NVVNN'), beats('NVVVN'))).toEqual(['1/1/0/0', '0/0/0/1', '0/0/0/0']);
    expect(tally(beats('NVVVVVVN'), beats('NVVNVVVN'))).toEqual(['0/0/1/1', '0/0/1/1', '0/1/0/0']);
  });

  it('does not see a run beyond the match window', () => {
    expect(tally(beats('NVVN'), beats('NVVN', 16))).toEqual(['0/1/0/1', '0/0/0/0', '0/0/0/0']);
  });

  it('ends runs at a shutdown', () => {
    const shut: Annotation[] = [
      { sample: 350, symbol: '~', subtype: -1 },
      { sample: 360, symbol: '~', subtype: 0 },
    ];
    expect(tally(beats('NVVVVN'), inOrder(beats('NVVVVN'), shut))).toEqual(['0/0/2/2', '0/1/0/0', '0/0/0/0']);
  });

  it('adds counts for gross figures and averages where defined', () => {
    const one = compareRuns(beats('NVVNVV'), beats('NVVNNN'), 'V', { ...options, record: 'a' });
    const two = compareRuns(beats('NVVN'), beats('NVVN'), 'V', { ...options, record: 'b' });
    const none = compareRuns(beats('NN'), beats('NN'), 'V', { ...options, record: 'c' });
    const summary = summariseRuns([one, two, none]);
    expect(summary.gross.couplet.sensitivity).toEqual({ hits: 2, of: 3 });
    expect(summary.average.couplet.sensitivity).toBeCloseTo(0.75, 12);
    expect(summary.average.long.sensitivity).toBeNaN();
    expect(summariseRuns([none, two, one])).toEqual(summary);
  });
});
