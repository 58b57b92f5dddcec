import { describe, expect, it } from 'vitest';
import { createRandom, RHYTHM_CLASSES, type RhythmClass, type RhythmEpisode } from '../../core/index.js';
import { composeRhythms, RHYTHM_PRECEDENCE } from './compose-rhythms.js';

const episode = (
  from: number,
  to: number,
  rhythm: RhythmClass,
  probability: number | null = null,
): RhythmEpisode => ({ from, to, rhythm, probability, uncertain: false, reason: null });
const spans = (episodes: readonly RhythmEpisode[]) =>
  episodes.map(({ from, to, rhythm }) => [from, to, rhythm]);

describe('composeRhythms', () => {
  it('knows every rhythm', () => {
    expect([...RHYTHM_PRECEDENCE].sort()).toEqual([...RHYTHM_CLASSES].sort());
  });

  it('tells the rhythm of highest precedence, and the one below where it has ended', () => {
    const found = composeRhythms(
      [
        episode(0, 1000, 'sinus', 0.9),
        episode(200, 600, 'atrial-fibrillation', 0.8),
        episode(300, 400, 'ventricular-tachycardia', 0.7),
        episode(350, 380, 'unreadable'),
      ],
      1000,
    );
    expect(spans(found)).toEqual([
      [0, 200, 'sinus'],
      [200, 300, 'atrial-fibrillation'],
      [300, 350, 'ventricular-tachycardia'],
      [350, 380, 'unreadable'],
      [380, 400, 'ventricular-tachycardia'],
      [400, 600, 'atrial-fibrillation'],
      [600, 1000, 'sinus'],
    ]);
  });

  it('says so where nobody knows, and what the caller would rather say', () => {
    const [before, , after] = composeRhythms([episode(10, 20, 'sinus')], 30);
    expect([before, after]).toEqual([
      { from: 0, to: 10, rhythm: 'other', probability: null, uncertain: true, reason: 'no rhythm found' },
      { from: 20, to: 30, rhythm: 'other', probability: null, uncertain: true, reason: 'no rhythm found' },
    ]);
    const otherwise = { rhythm: 'sinus', probability: null, uncertain: false, reason: null } as const;
    expect(spans(composeRhythms([episode(10, 20, 'sinus')], 30, otherwise))).toEqual([[0, 30, 'sinus']]);
    expect(composeRhythms([], 0)).toEqual([]);
  });

  it('joins neighbours that say the same, probabilities by their time', () => {
    const found = composeRhythms([episode(0, 10, 'sinus', 0.6), episode(10, 40, 'sinus', 1)], 40);
    // (10 × 0.6 + 30 × 1) / 40
    expect(found).toEqual([{ ...episode(0, 40, 'sinus'), probability: expect.closeTo(0.9, 12) }]);
    const doubtful = { ...episode(10, 40, 'sinus', 1), uncertain: true, reason: 'noise' };
    expect(composeRhythms([episode(0, 10, 'sinus', 0.6), doubtful], 40)).toHaveLength(2);
  });

  it('cuts off what lies outside the recording', () => {
    expect(spans(composeRhythms([episode(-50, 2000, 'paced'), episode(500, 400, 'sinus')], 1000))).toEqual([
      [0, 1000, 'paced'],
    ]);
  });

  it('is, at every sample, what looking at all candidates there says', () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const candidates = Array.from({ length: 12 }, () => {
        const from = random.integer(50) - 5;
        return episode(from, from + 1 + random.integer(20), RHYTHM_CLASSES[random.integer(14)]);
      });
      const found = composeRhythms(candidates, 50);
      const slow = Array.from({ length: 50 }, (_, at) => {
        const there = candidates.filter(({ from, to }) => from <= at && at < to).map(({ rhythm }) => rhythm);
        return RHYTHM_PRECEDENCE.find((rhythm) => there.includes(rhythm)) ?? 'other';
      });
      expect(found.flatMap(({ from, to, rhythm }) => new Array(to - from).fill(rhythm))).toEqual(slow);
      expect(found.every(({ from }, i) => i === 0 || from === found[i - 1].to)).toBe(true);
    }
  });
});
