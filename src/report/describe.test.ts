import { describe, expect, it } from 'vitest';
import { UNCERTAIN_REASONS } from '../core/index.js';
import { type BeatFacts, describeBeat, describeDoubt } from './describe-beat.js';
import { describeRhythm, type RhythmStretch } from './describe-rhythm.js';

const nothing: BeatFacts = { prematurity: null, pWave: null, qrsMs: null, likeness: null };

describe('describeBeat', () => {
  it('says the sentence of the specification', () => {
    // The wording is that of the issue that asked for it.
    expect(describeBeat({ prematurity: 0.32, pWave: 'absent', qrsMs: 142.3, likeness: 0.31 })).toBe(
      'Premature by 32 %, P wave absent, QRS 142 ms, differs from the sinus template (correlation .31).',
    );
  });

  it('says no more than what is known', () => {
    expect(describeBeat(nothing)).toBe('');
    expect(describeBeat({ ...nothing, qrsMs: 90 })).toBe('QRS 90 ms.');
    expect(describeBeat({ ...nothing, pWave: 'present' })).toBe('P wave present.');
  });

  it.each([
    [0.149, 'On time.'],
    [0.15, 'Premature by 15 %.'],
    [-0.39, 'On time.'],
    [-0.5, 'Late by 50 %.'],
  ])('of a prematurity of %f: %s', (prematurity, text) => {
    expect(describeBeat({ ...nothing, prematurity })).toBe(text);
  });

  it.each([
    [0.97, 'Like the sinus template (correlation .97).'],
    [1, 'Like the sinus template (correlation 1.00).'],
    [-0.2, 'Differs from the sinus template (correlation −.20).'],
  ])('of a likeness of %f: %s', (likeness, text) => {
    expect(describeBeat({ ...nothing, likeness })).toBe(text);
  });
});

describe('describeDoubt', () => {
  const doubt = { class: 'V', probability: 0.52, second: { class: 'N', probability: 0.41 } } as const;

  it('names both classes where they are close', () => {
    expect(describeDoubt({ ...doubt, reason: 'classes-close' })).toBe(
      'Uncertain: two classes fit almost equally well (V 0.52 or N 0.41).',
    );
    expect(describeDoubt({ ...doubt, second: null, reason: 'low-confidence' })).toMatch(/\(V 0\.52\)\.$/);
  });

  it('has other words for each reason, and none without one', () => {
    const texts = UNCERTAIN_REASONS.map((reason) => describeDoubt({ ...doubt, reason }));
    expect(new Set(texts).size).toBe(UNCERTAIN_REASONS.length);
    for (const text of texts) expect(text).toMatch(/^Uncertain: .+\.$/);
    expect(describeDoubt({ ...doubt, reason: null })).toBe('');
  });
});

describe('describeRhythm', () => {
  const stretch: RhythmStretch = {
    from: 1000,
    to: 1000 + 750 * 250,
    rhythm: 'atrial-fibrillation',
    probability: 0.97,
    uncertain: false,
    reason: null,
    beats: 1175,
    bpm: 94.2,
  };

  it('says the sentence of the specification', () => {
    expect(describeRhythm(stretch, 250)).toBe(
      'Atrial fibrillation for 12 min 30 s, mean 94 /min, probability 0.97.',
    );
  });

  it('says only what is known, and why it is uncertain', () => {
    expect(describeRhythm({ ...stretch, bpm: null, probability: null, to: 1000 + 1010 }, 250)).toBe(
      'Atrial fibrillation for 4 s.',
    );
    expect(describeRhythm({ ...stretch, uncertain: true, reason: 'the signal is noisy' }, 250)).toMatch(
      /0\.97\. Uncertain: the signal is noisy\.$/,
    );
    expect(describeRhythm({ ...stretch, uncertain: true }, 250)).toMatch(/0\.97\. Uncertain\.$/);
  });
});
