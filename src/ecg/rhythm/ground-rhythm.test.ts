import { describe, expect, it } from 'vitest';
import type { RhythmSeries } from './fibrillation-episodes.js';
import { groundRhythms } from './ground-rhythm.js';

const fs = 100;

/** Windows of 30 s every 10 s, each with the probabilities of N, A, O and noise at its middle, s. */
function series(
  seconds: number,
  at: (middle: number) => readonly [number, number, number, number],
): RhythmSeries {
  const starts = Array.from({ length: (seconds - 30) / 10 + 1 }, (_, i) => i * 10);
  return {
    starts: starts.map((start) => start * fs),
    length: 30 * fs,
    classes: ['N', 'A', 'O', '~'],
    probabilities: starts.flatMap((start) => at(start + 15)),
  };
}
const SINUS = [0.9, 0.02, 0.05, 0.03] as const;
const OTHER = [0.05, 0.02, 0.9, 0.03] as const;
const NOISE = [0.05, 0.02, 0.05, 0.88] as const;
const ground = (of: RhythmSeries, seconds: number, ectopic: readonly number[] = []) =>
  groundRhythms(of, ectopic, { fs, length: seconds * fs });

describe('groundRhythms', () => {
  it('covers a recording from its first sample to its last', () => {
    expect(
      ground(
        series(120, () => SINUS),
        120,
      ),
    ).toMatchObject([{ from: 0, to: 120 * fs, rhythm: 'sinus', uncertain: false, reason: null }]);
    expect(
      ground(
        series(120, () => SINUS),
        120,
      )[0].probability,
    ).toBeCloseTo(0.9, 6);
  });

  it('takes what ectopic beats explain for sinus rhythm, and only that', () => {
    const odd = series(300, () => OTHER);
    const ectopic = Array.from({ length: 30 }, (_, i) => (i * 10 + 5) * fs);
    expect(ground(odd, 300, ectopic)).toMatchObject([{ rhythm: 'sinus', uncertain: false }]);
    expect(ground(odd, 300)).toMatchObject([{ rhythm: 'other', uncertain: false }]);
  });

  it('changes near the place where the windows change', () => {
    const found = ground(
      series(400, (middle) => (middle < 200 ? SINUS : OTHER)),
      400,
    );
    expect(found.map(({ rhythm }) => rhythm)).toEqual(['sinus', 'other']);
    // Mean of the three windows over each stretch of 10 s: within a hop of the change.
    expect(Math.abs(found[0].to / fs - 200)).toBeLessThanOrEqual(10);
    expect(found[1].from).toBe(found[0].to);
  });

  it('counts what lasts shorter than a window to the sinus rhythm around it', () => {
    const blip = series(300, (middle) => (middle === 145 ? ([0, 0, 1, 0] as const) : SINUS));
    expect(ground(blip, 300).map(({ rhythm }) => rhythm)).toEqual(['sinus']);
    const long = series(300, (middle) => (Math.abs(middle - 145) <= 30 ? OTHER : SINUS));
    expect(ground(long, 300).map(({ rhythm }) => rhythm)).toEqual(['sinus', 'other', 'sinus']);
  });

  it('calls noise only what is noise more probably than all else together', () => {
    expect(
      ground(
        series(120, () => NOISE),
        120,
      ),
    ).toMatchObject([{ rhythm: 'unreadable', probability: null }]);
    // Fibrillation with some noise stays readable: fibrillationEpisodes tells it.
    const found = ground(
      series(120, () => [0.1, 0.4, 0.1, 0.4]),
      120,
    );
    expect(found.map(({ rhythm }) => rhythm)).toEqual(['sinus']);
    expect(found[0]).toMatchObject({ uncertain: true, reason: 'low-confidence' });
  });

  it('says nothing where no window can be read', () => {
    const nan = [Number.NaN, Number.NaN, Number.NaN, Number.NaN] as const;
    const found = ground(
      series(300, (middle) => (middle > 100 && middle < 200 ? nan : SINUS)),
      300,
    );
    expect(found).toHaveLength(2);
    expect(found[1].from - found[0].to).toBeGreaterThan(50 * fs);
    expect(
      ground(
        series(120, () => nan),
        120,
      ),
    ).toEqual([]);
  });
});
