import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../core/index.js';
import { cleanStretches, lethalStretches } from './lead-quality.js';

const mark = (sample: number, subtype: number): Annotation => ({ sample, symbol: '~', subtype });

describe('cleanStretches', () => {
  it('follows the bit of a lead, noisy or unreadable', () => {
    // By hand: bit 0 and 4 are the first lead's, 1 and 5 the second's.
    const marks = [
      mark(100, 1),
      mark(200, 0),
      mark(300, 2),
      mark(400, 0x20),
      mark(500, 0),
      mark(600, -1),
      mark(700, 0),
    ];
    expect(cleanStretches(marks, 0, 1000)).toEqual([
      { from: 0, to: 100 },
      { from: 200, to: 600 },
      { from: 700, to: 1000 },
    ]);
    expect(cleanStretches(marks, 1, 1000)).toEqual([
      { from: 0, to: 300 },
      { from: 500, to: 600 },
      { from: 700, to: 1000 },
    ]);
  });

  it('takes a lead without marks for clean, and beats for no marks', () => {
    expect(cleanStretches([{ sample: 5, symbol: 'N', subtype: 1 }], 0, 10)).toEqual([{ from: 0, to: 10 }]);
    expect(cleanStretches([mark(0, 3)], 1, 10)).toEqual([]);
  });
});

describe('lethalStretches', () => {
  it('takes the rhythms without QRS complexes, not NOISE', () => {
    const rhythm = (sample: number, aux: string): Annotation => ({ sample, symbol: '+', aux });
    const marks = [rhythm(0, '(N'), rhythm(10, '(VT'), rhythm(20, '(NOISE'), rhythm(30, '(ASYS')];
    expect(lethalStretches(marks, 40)).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 40 },
    ]);
  });
});
