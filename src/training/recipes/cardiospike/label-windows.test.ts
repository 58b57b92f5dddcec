import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../core/index.js';
import { labelWindows } from './label-windows.js';

const BOUNDS = [0, 100, 200, 300, 400, 500, 550];
const label = (...annotations: Annotation[]) => Array.from(labelWindows(annotations, BOUNDS));
const rhythm = (sample: number, aux: string): Annotation => ({ sample, symbol: '+', aux });

describe('labelWindows', () => {
  it('marks windows with S, V and F beats, the first sample within and the end without', () => {
    expect(
      label(
        rhythm(10, '(N'),
        { sample: 50, symbol: 'N' },
        { sample: 100, symbol: 'V' },
        { sample: 299, symbol: 'A' },
        { sample: 420, symbol: 'F' },
        { sample: 550, symbol: 'V' },
      ),
    ).toEqual([0, 1, 1, 0, 1, 0]);
  });

  it('leaves bundle branch block, escape beats, unclassified beats, noise and flutter waves alone', () => {
    expect(label(...[...'LRej/fQ~!"x|'].map((symbol, i) => ({ sample: 40 * i, symbol })))).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  it('marks windows that touch a rhythm which is not sinus', () => {
    // From 150 to 299: windows 1 and 2; 300 is the first sample of sinus rhythm again.
    expect(label(rhythm(0, '(N'), rhythm(150, '(AFIB'), rhythm(300, '(N'))).toEqual([0, 1, 1, 0, 0, 0]);
    expect(label(rhythm(0, '(N'), rhythm(150, '(AFIB'), rhythm(301, '(N'))).toEqual([0, 1, 1, 1, 0, 0]);
    // To the end, and from the begin although its mark stands at 220.
    expect(label(rhythm(220, '(VT'), rhythm(240, '(N'), rhythm(480, '(VFL '))).toEqual([1, 1, 1, 0, 1, 1]);
  });

  it('takes sinus bradycardia and pre-excitation for sinus, block and trigeminy not', () => {
    expect(label(rhythm(0, '(SBR'), rhythm(300, '(PREX'))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(label(rhythm(0, '(BII'), rhythm(300, '(T'))).toEqual([1, 1, 1, 1, 1, 1]);
  });
});
