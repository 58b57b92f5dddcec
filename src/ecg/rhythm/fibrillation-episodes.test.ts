import { describe, expect, it } from 'vitest';
import { fibrillationEpisodes, type RhythmSeries } from './fibrillation-episodes.js';

const fs = 100;
/** A beat a second from 0.5 s on, every other one a little later: uneven. */
const beatsOf = (seconds: number) =>
  Float64Array.from({ length: seconds }, (_, i) => (i + 0.5 + (i % 2) * 0.1) * fs);

/** Windows of 30 s every 10 s over so many seconds, each with this probability of fibrillation and flutter. */
function series(seconds: number, fibrillation: (middle: number) => number, flutter = 0): RhythmSeries {
  const starts = Array.from({ length: (seconds - 30) / 10 + 1 }, (_, i) => i * 10);
  const rows = starts.map((start) => fibrillation(start + 15));
  return {
    starts: starts.map((start) => start * fs),
    length: 30 * fs,
    classes: ['N', 'A', 'AFL'],
    probabilities: rows.flatMap((p) => [1 - p, p * (1 - flutter), p * flutter]),
  };
}

/** What a network gives that is always right: the share of the window that fibrillates. */
const share = (from: number, to: number) => (middle: number) =>
  Math.max(0, Math.min(to, middle + 15) - Math.max(from, middle - 15)) / 30;

describe('fibrillationEpisodes', () => {
  it('finds an episode near where it begins and ends, from a beat to a beat', () => {
    const beats = beatsOf(300);
    const found = fibrillationEpisodes(series(300, share(100, 200)), beats, { fs, enter: 0.6, stay: 0.5 });
    expect(found).toHaveLength(1);
    const [{ from, to, rhythm, probability }] = found;
    // The average of windows 10 s apart crosses a half within half a hop and a beat of the change.
    expect(Math.abs(from / fs - 100)).toBeLessThanOrEqual(6);
    expect(Math.abs(to / fs - 200)).toBeLessThanOrEqual(6);
    expect([...beats]).toContain(from);
    expect([...beats]).toContain(to);
    expect(rhythm).toBe('atrial-fibrillation');
    expect(probability).toBeGreaterThan(0.8);
    // Negative control: another place is another episode.
    const other = fibrillationEpisodes(series(300, share(130, 200)), beats, { fs, enter: 0.6, stay: 0.5 });
    expect(Math.abs(other[0].from / fs - 100)).toBeGreaterThan(6);
  });

  it('has one all over a recording that fibrillates throughout, to its end, and none where nothing does', () => {
    const all = fibrillationEpisodes(
      series(120, () => 0.95),
      beatsOf(120),
      { fs },
    );
    expect(all).toMatchObject([{ from: 50, to: 120 * fs, uncertain: false }]);
    expect(all[0].probability).toBeCloseTo(0.95, 9);
    expect(
      fibrillationEpisodes(
        series(120, () => 0.05),
        beatsOf(120),
        { fs },
      ),
    ).toEqual([]);
    expect(
      fibrillationEpisodes(
        series(120, () => 0.95),
        [],
        { fs },
      ),
    ).toEqual([]);
  });

  it('needs to reach `enter`, and goes on at `stay`', () => {
    const low = series(120, () => 0.5);
    expect(fibrillationEpisodes(low, beatsOf(120), { fs, enter: 0.6, stay: 0.4 })).toEqual([]);
    const once = series(120, (middle) => (middle === 55 ? 1 : 0.5));
    const [episode, ...more] = fibrillationEpisodes(once, beatsOf(120), { fs, enter: 0.6, stay: 0.4 });
    expect(more).toEqual([]);
    expect(episode).toMatchObject({ from: 50, to: 120 * fs, uncertain: true, reason: 'low-confidence' });
  });

  it('leaves out what does not last, and joins over short gaps', () => {
    const short = series(300, share(140, 165));
    const options = { fs, enter: 0.5, stay: 0.5, bridgeS: 0 };
    expect(fibrillationEpisodes(short, beatsOf(300), { ...options, leastS: 40 })).toEqual([]);
    expect(fibrillationEpisodes(short, beatsOf(300), { ...options, leastS: 10 })).toHaveLength(1);
    const two = series(300, (middle) => Math.max(share(50, 120)(middle), share(160, 240)(middle)));
    const apart = { fs, enter: 0.5, stay: 0.5, leastS: 10 };
    expect(fibrillationEpisodes(two, beatsOf(300), { ...apart, bridgeS: 10 })).toHaveLength(2);
    expect(fibrillationEpisodes(two, beatsOf(300), { ...apart, bridgeS: 60 })).toHaveLength(1);
  });

  it('does not believe the network where beats are even between strange ones', () => {
    const sure = series(300, () => 0.95);
    const even = Float64Array.from({ length: 300 }, (_, i) => (i + 0.5) * fs);
    expect(fibrillationEpisodes(sure, even, { fs })).toEqual([]);
    // Every fifth beat early: uneven, unless one knows that these are ventricular.
    const ectopic = even.map((beat, i) => (i % 5 === 4 ? beat - 0.4 * fs : beat));
    expect(fibrillationEpisodes(sure, ectopic, { fs })).toHaveLength(1);
    const strange = ectopic.map((_, i) => (i % 5 === 4 ? 1 : 0));
    expect(fibrillationEpisodes(sure, ectopic, { fs, strange })).toEqual([]);
    expect(fibrillationEpisodes(sure, ectopic, { fs, strange, uneven: 0 })).toHaveLength(1);
  });

  it('is flutter where the network says flutter rather than fibrillation', () => {
    const found = fibrillationEpisodes(
      series(120, () => 0.9, 0.7),
      beatsOf(120),
      { fs },
    );
    expect(found).toMatchObject([{ rhythm: 'atrial-flutter' }]);
    expect(found[0].probability).toBeCloseTo(0.9, 9);
  });

  it('ends before windows that cannot be read, and counts the others where they overlap', () => {
    const broken = series(300, (middle) => (middle > 130 && middle < 200 ? Number.NaN : 0.9));
    const found = fibrillationEpisodes(broken, beatsOf(300), { fs, bridgeS: 5, leastS: 10 });
    // Read windows end at 140 s (middle 125) and begin again at 190 s (middle 205).
    expect(found).toMatchObject([
      { from: 50, to: 140.5 * fs },
      { from: 190.5 * fs, to: 300 * fs },
    ]);
  });
});
