import { expect, it } from 'vitest';
import type { EpisodeComparison } from './compare-episodes.js';
import { episodeIntervals } from './episode-intervals.js';

const none = { hits: 0, of: 0 };
const compared = (record: string, overlap: number, reference: number, test: number): EpisodeComparison => ({
  record,
  kind: 'AF',
  episodes: { sensitivity: none, positivePredictivity: none },
  duration: { overlap, reference, test },
});

it('draws patients: records of one move together', () => {
  // By hand: with two patients, of whom one is found whole and one not at all, a resample finds all, half or none.
  const found = episodeIntervals([compared('x/1', 10, 10, 10), compared('x/2', 0, 10, 10)], { seed: 1 });
  expect(found.sensitivity).toEqual({ low: 0, high: 1 });
  expect(found.positivePredictivity).toEqual({ low: 0, high: 1 });
  // As records of one patient there is nothing to draw: it is always half.
  const one = episodeIntervals(
    [compared('x/1', 10, 10, 20), compared('x/2', 0, 10, 20)],
    { seed: 1 },
    () => 'x',
  );
  expect(one.sensitivity).toEqual({ low: 0.5, high: 0.5 });
  expect(one.positivePredictivity).toEqual({ low: 0.25, high: 0.25 });
});
