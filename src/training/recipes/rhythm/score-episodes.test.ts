import { describe, expect, it } from 'vitest';
import { RHYTHM_LABELS } from './label-rhythm.js';
import { chooseRules, episodeMarks, type SeriesRecord, scoreEpisodes } from './score-episodes.js';

const fs = 100;
const rules = { enter: 0.6, stay: 0.5, leastS: 20, bridgeS: 0, uneven: 0 };

/** A recording of 20 min that fibrillates where it is said to, and a network that says how probable that is. */
function recordOf(
  id: string,
  truth: [number, number][],
  probability: (middle: number) => number,
): SeriesRecord {
  const starts = Array.from({ length: 118 }, (_, i) => i * 10);
  return {
    id,
    fs,
    length: 1200 * fs,
    beats: Float64Array.from({ length: 1200 }, (_, i) => (i + 0.5 + 0.1 * (i % 2)) * fs),
    strange: new Uint8Array(1200),
    annotations: [
      { sample: 0, symbol: '+', aux: '(N' },
      ...truth.flatMap(([from, to]) => [
        { sample: from * fs, symbol: '+', aux: '(AFIB' },
        { sample: to * fs, symbol: '+', aux: '(N' },
      ]),
    ],
    series: {
      starts: starts.map((s) => s * fs),
      length: 30 * fs,
      classes: RHYTHM_LABELS,
      probabilities: starts.flatMap((s) => {
        const p = probability(s + 15);
        return [1 - p, p, 0, 0];
      }),
    },
  };
}

const within = (from: number, to: number) => (middle: number) => (middle > from && middle < to ? 0.95 : 0.05);

describe('episodeMarks', () => {
  it('marks where a rhythm begins and where it ends', () => {
    const episode = { from: 10, to: 50, probability: 1, uncertain: false, reason: null };
    expect(episodeMarks([{ ...episode, rhythm: 'atrial-fibrillation' }])).toEqual([
      { sample: 10, symbol: '+', aux: '(AFIB' },
      { sample: 50, symbol: '+', aux: '(N' },
    ]);
    expect(episodeMarks([{ ...episode, rhythm: 'atrial-flutter' }])[0].aux).toBe('(AFL');
  });
});

describe('scoreEpisodes', () => {
  it('counts overlap from 5:00 on, and alarms in recordings without fibrillation', () => {
    const right = recordOf('x/1', [[400, 800]], within(400, 800));
    const calm = recordOf('x/2', [], () => 0.05);
    const alarmed = recordOf('x/3', [], within(100, 200));
    const { summary, sinus } = scoreEpisodes([right, calm, alarmed], () => rules);
    const { overlap, reference, test } = summary.duration;
    expect(reference).toBe(400);
    // Either end is off by half a hop and a beat at most.
    expect(overlap).toBeGreaterThan(388);
    // The false episode lies before 5:00, where EC57 does not look.
    expect(test).toBeLessThan(412);
    expect(sinus).toEqual({ hours: 2 / 3, alarms: 1, in: ['x/3'] });
    expect(summary.gross.sensitivity).toEqual({ hits: 1, of: 1 });
  });
});

describe('chooseRules', () => {
  it('are those that find what fibrillates and leave what does not', () => {
    // Fibrillation at 0.75, and half a minute of 0.75 in sinus rhythm: only a longer least duration tells them apart.
    const af = recordOf('x/1', [[400, 800]], (middle) => (middle > 400 && middle < 800 ? 0.75 : 0.05));
    const odd = recordOf('x/2', [], within(600, 631));
    const chosen = chooseRules([af, odd]);
    const { summary, sinus } = scoreEpisodes([af, odd], () => chosen);
    expect(sinus.alarms).toBe(0);
    expect(summary.duration.overlap / summary.duration.reference).toBeGreaterThan(0.95);
    // Negative control: the most willing rules raise an alarm.
    expect(scoreEpisodes([af, odd], () => ({ ...rules, leastS: 5, stay: 0.3 })).sinus.alarms).toBe(1);
  });
});
