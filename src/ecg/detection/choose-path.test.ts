import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { addCandidate, createCandidates, dropCandidates, MOST_CANDIDATES } from './candidates.js';
import { choosePath, pathScore, type Rhythm } from './choose-path.js';

const fs = 125;
const rhythm: Rhythm = {
  lastClock: 100,
  lastHeight: 1,
  lastSharpness: 0.1,
  rr: 100,
  shortRr: 95,
  rejected: 0.15,
};

function chosenOf(
  list: readonly (readonly [at: number, height: number, noise?: number, sharpness?: number])[],
  now: number,
) {
  const c = createCandidates();
  for (const [at, height, noise = 0.05, sharpness = 0.1] of list)
    addCandidate(c, at, at, height, noise, sharpness);
  const chosen = new Uint8Array(MOST_CANDIDATES);
  choosePath(c, rhythm, now, fs, chosen);
  return { c, chosen: [...chosen.subarray(0, c.count)] };
}

describe('choosePath', () => {
  it('finds the best of all subsets', () => {
    // Oracle: every subset of up to nine candidates, scored one by one.
    const random = createRandom(3);
    let taken = 0;
    for (let trial = 0; trial < 300; trial++) {
      const n = 1 + random.integer(9);
      const list: [number, number, number, number][] = [];
      let at = 100;
      for (let i = 0; i < n; i++) {
        at += 13 + random.integer(70);
        list.push([at, 0.13 + 1.5 * random.next() ** 2, 0.3 * random.next(), 0.03 + 0.2 * random.next()]);
      }
      const now = at + random.integer(150);
      const { c, chosen } = chosenOf(list, now);
      let best = Number.NEGATIVE_INFINITY;
      for (let subset = 0; subset < 1 << n; subset++) {
        const path = list.map((_, i) => i).filter((i) => subset & (1 << i));
        best = Math.max(best, pathScore(c, rhythm, now, fs, path));
      }
      const path = chosen.flatMap((taken, i) => (taken ? [i] : []));
      taken += path.length;
      expect(pathScore(c, rhythm, now, fs, path)).toBeCloseTo(best, 9);
    }
    expect(taken).toBeGreaterThan(300);
  });
  it('leaves out the T wave, keeps a premature beat as large as the others', () => {
    expect(
      chosenOf(
        [
          [200, 1],
          [238, 0.35],
          [300, 1],
        ],
        320,
      ).chosen,
    ).toEqual([1, 0, 1]);
    expect(
      chosenOf(
        [
          [200, 1],
          [250, 0.95],
          [360, 1],
        ],
        380,
      ).chosen,
    ).toEqual([1, 1, 1]);
  });
  it('leaves out a T wave higher than its QRS, for it is blunt', () => {
    const beats = (sharpness: number) =>
      chosenOf(
        [
          [200, 0.7],
          [243, 1, 0.05, sharpness],
          [300, 0.7],
          [343, 1, 0.05, sharpness],
        ],
        380,
      ).chosen;
    expect(beats(0.015)).toEqual([1, 0, 1, 0]);
    // Negative control: as sharp as the others it is a beat.
    expect(beats(0.1)).toEqual([1, 1, 1, 1]);
  });
  it('goes back for a small beat where one is due, not where none is', () => {
    // Half a QRS in noise; the same peak between two beats on time is an extra.
    expect(
      chosenOf(
        [
          [200, 0.33, 0.1],
          [300, 1],
        ],
        320,
      ).chosen,
    ).toEqual([1, 1]);
    expect(
      chosenOf(
        [
          [160, 0.33, 0.1],
          [200, 1],
          [300, 1],
        ],
        320,
      ).chosen,
    ).toEqual([0, 1, 1]);
  });
  it('takes none of none', () => {
    expect(chosenOf([], 1000).chosen).toEqual([]);
  });
});

describe('candidates', () => {
  it('forget the oldest when there is no room', () => {
    const c = createCandidates();
    for (let i = 0; i <= MOST_CANDIDATES; i++) addCandidate(c, i, i, 1, 0, 1);
    expect(c.count).toBe(MOST_CANDIDATES);
    expect(c.at[0]).toBe(1);
    dropCandidates(c, 2);
    expect([c.count, c.at[0]]).toEqual([MOST_CANDIDATES - 2, 3]);
  });
});
