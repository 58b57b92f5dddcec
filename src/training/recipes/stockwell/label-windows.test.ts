import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../core/index.js';
import { labelWindows } from './label-windows.js';

const beats = (symbols: string, from: number): Annotation[] =>
  [...symbols].map((symbol, i) => ({ sample: from + i * 10, symbol }) as Annotation);
const rhythm = (aux: string, sample: number) => ({ sample, symbol: '+', aux }) as Annotation;
const label = (...annotations: Annotation[]) =>
  labelWindows(
    annotations.sort((a, b) => a.sample - b.sample),
    1000,
    100,
    10,
  );

describe('labelWindows', () => {
  it('gives a window the first class that holds: V before S before N', () => {
    const found = label(
      ...beats('NNN', 0),
      ...beats('NAN', 100),
      ...beats('NAV', 200),
      ...beats('NFN', 300),
      ...beats('NeN', 400),
      ...beats('JNN', 900),
    );
    // By hand; F tells of a ventricular focus, e is N by the literature's map.
    expect(found.slice(0, 5)).toEqual(['N', 'S', 'V', 'V', 'N']);
    expect(found.slice(5, 9)).toEqual([undefined, undefined, undefined, undefined]);
    expect(found[9]).toBe('S');
  });

  it('wants more than half a window of fibrillation, from change to change', () => {
    const found = label(
      ...beats('NVN', 100),
      ...beats('NNN', 200),
      ...beats('NVN', 300),
      rhythm('(AFIB', 149),
      rhythm('(N', 350),
    );
    // 51 of 100, 100, then exactly half.
    expect(found.slice(1, 4)).toEqual(['AF', 'AF', 'V']);
  });

  it('runs a rhythm to the end of the recording and not over', () => {
    expect(label(rhythm('(AFIB', 900)).slice(8)).toEqual([undefined, 'AF']);
    expect(labelWindows([rhythm('(AFIB', 0)], 1050, 100, 10)).toEqual(new Array(10).fill('AF'));
  });

  it('calls paced beats, flutter and other rhythms other, but not those their beats tell', () => {
    const found = label(
      ...beats('NNN', 0),
      rhythm('(AFL', 0),
      rhythm('(N', 100),
      ...beats('//N', 110),
      ...beats('/N', 210),
      rhythm('(VFL', 300),
      ...beats('!!V', 310),
      rhythm('(B', 400),
      ...beats('NVN', 410),
      rhythm('(BII', 500),
      rhythm('(SBR', 600),
      ...beats('NN', 610),
    );
    // Half of the third window's beats are paced: no majority.
    expect(found.slice(0, 7)).toEqual(['other', 'other', 'N', 'other', 'V', 'other', 'N']);
  });
});
