import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../core/index.js';
import { compareEpisodes } from './compare-episodes.js';

const rhythm = (s: number, aux: string): Annotation => ({ sample: s * 100, symbol: '+', aux });
const mark = (s: number, symbol: string): Annotation => ({ sample: s * 100, symbol });
const options = { record: '1', fs: 100, from: 10, to: 100 };

describe('compareEpisodes', () => {
  it('finds episodes by any overlap and measures durations inside the period', () => {
    const reference = [rhythm(0, '(AFIB'), rhythm(20, '(N'), rhythm(40, '(AFIB'), rhythm(60, '(N')];
    const test = [rhythm(15, '(AFIB'), rhythm(30, '(N'), rhythm(90, '(AFIB')];
    const got = compareEpisodes(reference, test, 'AF', options);
    // By hand: 10…20 found by 15…30, 40…60 missed, 90…100 false.
    expect(got.episodes).toEqual({
      sensitivity: { hits: 1, of: 2 },
      positivePredictivity: { hits: 1, of: 2 },
    });
    expect(got.duration).toEqual({ overlap: 5, reference: 30, test: 25 });
  });

  it('goes on through a second mark of the same rhythm', () => {
    const twice = [rhythm(20, '(AFIB'), rhythm(30, '(AFIB'), rhythm(40, '(N')];
    const got = compareEpisodes(twice, twice, 'AF', options);
    expect(got.episodes.sensitivity).toEqual({ hits: 1, of: 1 });
    expect(got.duration.reference).toBe(20);
  });

  it('holds atrial fibrillation in the reference’s flutter neither for right nor for wrong', () => {
    // Origin: epicmp(1): reference flutter is excluded from AF comparisons.
    const test = [rhythm(20, '(AFIB'), rhythm(30, '(N')];
    const flutter = compareEpisodes([rhythm(15, '(AFL'), rhythm(35, '(N')], test, 'AF', options);
    expect(flutter.episodes.positivePredictivity).toEqual({ hits: 0, of: 0 });
    const sinus = compareEpisodes([rhythm(15, '(N')], test, 'AF', options);
    expect(sinus.episodes.positivePredictivity).toEqual({ hits: 0, of: 1 });
  });

  it('reads ventricular flutter from its brackets, to the end where they stay open', () => {
    const got = compareEpisodes([mark(80, '[')], [mark(85, '['), mark(95, ']')], 'VF', options);
    expect(got.duration).toEqual({ overlap: 10, reference: 20, test: 10 });
  });
});
