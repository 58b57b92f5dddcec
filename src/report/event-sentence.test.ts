import { describe, expect, it } from 'vitest';
import type { Analysis } from '../core/index.js';
import { createEventSentences } from './event-sentence.js';

/** Twenty beats a second apart but the tenth, which comes 0.32 s early and is like no other. */
const sample = Array.from({ length: 20 }, (_, i) => 250 * i - (i === 9 ? 80 : 0));
const of = <T>(usual: T, odd: T) => sample.map((_, i) => (i === 9 ? odd : usual));
const analysis = {
  recording: { fs: 250, length: 5000 },
  quality: { unreadable: [] },
  rhythms: null,
  episodes: [],
  beats: {
    count: 20,
    sample,
    class: of('N', 'V').join(''),
    probability: of(0.99, 0.71),
    uncertain: of(0, 1),
    set: null,
    likeness: of(0.99, 0.31),
  },
  intervals: { p: of('y', 'n').join(''), qrs: of(90, 142) },
} as unknown as Analysis;
const event = (kind: Analysis['events'][number]['kind'], beat: number) => ({
  id: 'event-1',
  kind,
  from: sample[beat]!,
  to: sample[beat]!,
  episode: null,
  rhythm: null,
});

describe('the sentence of an event', () => {
  it('says what stands out in its beat, and why it is uncertain', () => {
    const sentence = createEventSentences(analysis)(event('ventricular-beat', 9));
    expect(sentence).toContain(
      'Premature by 32 %, P wave absent, QRS 142 ms, differs from the sinus template',
    );
    expect(sentence).toContain('Uncertain: the network is unsure (V 0.71).');
  });
  it('tells how early a beat of bigeminy comes by the sinus rhythm that its pauses keep', () => {
    // By hand: from one normal beat over a ventricular one to the next 1.6 s, the sinus interval 0.8 s; 0.5 s is 37.5 % less.
    const times = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 0.8 * i : 0.8 * (i - 1) + 0.5));
    const bigeminy = {
      ...analysis,
      beats: {
        ...analysis.beats,
        sample: times.map((time) => 250 * time),
        class: 'NV'.repeat(10),
        uncertain: times.map(() => 0),
      },
    };
    const first = { ...event('ventricular-beat', 0), from: 250 * times[15]!, to: 250 * times[15]! };
    expect(createEventSentences(bigeminy)(first)).toMatch(/^Premature by 3[78] %/);
  });
  it('finds nothing in a beat like the others', () => {
    const sentence = createEventSentences(analysis)(event('supraventricular-beat', 4));
    expect(sentence).toMatch(/^On time, P wave present, QRS 90 ms, like the sinus template/);
    expect(sentence).not.toContain('Uncertain');
  });
  it('says nothing of what is no beat', () => {
    expect(createEventSentences(analysis)(event('fastest-rate', 4))).toBe('');
  });
});
