import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../core/index.js';
import { windowStarts } from './data.js';
import { labelRhythm } from './label-rhythm.js';

const rhythm = (sample: number, aux: string): Annotation => ({ sample, symbol: '+', aux });
const beats = (from: number, to: number, symbols: string): Annotation[] =>
  Array.from({ length: Math.floor((to - from) / 10) }, (_, i) => ({
    sample: from + 10 * i,
    symbol: symbols[i % symbols.length],
  }));
const sorted = (...parts: Annotation[][]) => parts.flat().sort((a, b) => a.sample - b.sample);

describe('labelRhythm', () => {
  const label = (annotations: Annotation[], from = 0, to = 300) => labelRhythm(annotations, 1000, from, to);

  it('is N only for sinus rhythm whose beats are all normal', () => {
    expect(label(sorted([rhythm(0, '(N')], beats(5, 1000, 'N')))).toBe('N');
    expect(label(sorted([rhythm(0, '(SBR')], beats(5, 1000, 'N')))).toBe('N');
    expect(label(sorted([rhythm(0, '(N')], beats(5, 1000, 'NNNNV')))).toBe('O');
    expect(label(sorted([rhythm(0, '(N')], beats(5, 1000, 'L')))).toBe('O');
    expect(label(sorted([rhythm(0, '(B')], beats(5, 1000, 'N')))).toBe('O');
    expect(label(sorted([rhythm(0, '(AFL')], beats(5, 1000, 'N')))).toBe('O');
  });

  it('is A from three quarters of fibrillation on, undefined where it is less and more than a little', () => {
    const changing = (at: number) => sorted([rhythm(0, '(N'), rhythm(at, '(AFIB')], beats(5, 1000, 'N'));
    expect(label(changing(75))).toBe('A');
    expect(label(changing(76))).toBeUndefined();
    expect(label(changing(284))).toBeUndefined();
    expect(label(changing(286))).toBe('O');
    expect(label(changing(300))).toBe('N');
  });

  it('is undefined without a beat', () => {
    expect(label([rhythm(0, '(N')])).toBeUndefined();
    expect(label(sorted([rhythm(0, '(N')], beats(300, 1000, 'N')))).toBeUndefined();
  });
});

describe('windowStarts', () => {
  it('covers a recording to its end, and has one window for a short one', () => {
    expect(windowStarts(9, 30, 15)).toEqual([0]);
    expect(windowStarts(30, 30, 15)).toEqual([0]);
    expect(windowStarts(60, 30, 15)).toEqual([0, 15, 30]);
    // 31 s: the last window would show the first again; 40 s: it would not.
    expect(windowStarts(31, 30, 15)).toEqual([0]);
    expect(windowStarts(40, 30, 15)).toEqual([0, 10]);
  });
});
