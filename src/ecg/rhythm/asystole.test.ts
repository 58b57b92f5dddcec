import { describe, expect, it } from 'vitest';
import { asystoleEpisodes } from './asystole.js';

const spans = (...args: Parameters<typeof asystoleEpisodes>) =>
  asystoleEpisodes(...args).map(({ from, to }) => [from, to]);

describe('asystoleEpisodes', () => {
  const options = { fs: 100 };

  it('is four seconds between two beats, and no less', () => {
    expect(spans([100, 200, 600, 700], [], 800, options)).toEqual([[200, 600]]);
    expect(spans([100, 200, 599, 700], [], 800, options)).toEqual([]);
    expect(spans([100, 200, 599, 700], [], 800, { ...options, leastS: 3 })).toEqual([[200, 599]]);
  });

  it('reaches to the ends of what can be read', () => {
    expect(spans([500], [], 1000, options)).toEqual([
      [0, 500],
      [500, 1000],
    ]);
    expect(spans([], [], 1000, options)).toEqual([[0, 1000]]);
    expect(spans([], [], 399, options)).toEqual([]);
  });

  it('does not reach into what cannot be read, and leaves the beats there alone', () => {
    const unreadable = [{ from: 600, to: 1100 }];
    // 100…600 is asystole; 1100…1450 is too short, whatever lies before; the beat at 800 is not believed.
    expect(spans([100, 800, 1450], unreadable, 1500, options)).toEqual([[100, 600]]);
    // Negative control: were it readable, it would be one long asystole.
    expect(spans([100, 1450], [], 1500, options)).toEqual([[100, 1450]]);
  });

  it('is uncertain where something stirs', () => {
    const rests = (from: number) => from >= 500;
    expect(
      asystoleEpisodes([0, 500, 1000], [], 1000, { ...options, rests }).map(({ uncertain, reason }) => [
        uncertain,
        reason,
      ]),
    ).toEqual([
      [true, 'noise'],
      [false, null],
    ]);
  });
});
