import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../core/index.js';
import { labelVentricularWindows, noiseSpans, ventricularSpans } from './label-windows.js';

const rhythm = (sample: number, aux: string): Annotation => ({ sample, symbol: '+', aux });
const mark = (sample: number, symbol: string): Annotation => ({ sample, symbol });
/** Windows of 100 samples every 50 in 1000: each one's class at its place, `.` where it is no example. */
const label = (...annotations: Annotation[]) => {
  const row = new Array(19).fill('.');
  for (const { from, label } of labelVentricularWindows(annotations, 1000, 100, 50)) row[from / 50] = label;
  return row.join('');
};

describe('labelVentricularWindows', () => {
  it('takes windows that are of one class from end to end', () => {
    // Tachycardia from 300 to 500: windows from 300 to 400; those from 250 and 450 hold a change.
    expect(label(rhythm(0, '(N'), rhythm(300, '(VT'), rhythm(500, '(N'))).toBe('00000.111.000000000');
    // One sample later, the window from 300 holds the change too.
    expect(label(rhythm(0, '(N'), rhythm(301, '(VT'), rhythm(500, '(N'))).toBe('00000..11.000000000');
  });

  it('joins neighbouring rhythms of one class', () => {
    expect(label(rhythm(0, '(N'), rhythm(220, '(AFIB'), rhythm(470, '(B'))).toBe('0'.repeat(19));
    expect(label(rhythm(0, '(VF'), rhythm(220, '(VFL '), rhythm(470, '(VFIB'))).toBe('2'.repeat(19));
    // But tachycardia that becomes fibrillation is a change.
    expect(label(rhythm(0, '(VT'), rhythm(500, '(VF'))).toBe('111111111.222222222');
  });

  it('leaves noise out, and what nobody named', () => {
    const marks = [rhythm(200, '(N'), rhythm(400, '(NOISE'), rhythm(700, '(ASYS')];
    expect(label(...marks)).toBe('....000.......00000');
    expect(noiseSpans(marks, 1000).map(({ from, to }) => [from, to])).toEqual([[400, 700]]);
  });

  it('calls what stands between flutter marks VF, whatever the rhythm beside it', () => {
    expect(label(rhythm(0, '(N'), mark(300, '['), mark(310, '!'), mark(500, ']'))).toBe(
      '00000.222.000000000',
    );
    expect(
      label(rhythm(0, '(N'), mark(300, '['), rhythm(300, '(VFL'), mark(500, ']'), rhythm(500, '(N')),
    ).toBe('00000.222.000000000');
    expect(label(rhythm(0, '(N'), mark(500, '['))).toBe('000000000.222222222');
  });

  it('does not take idioventricular rhythm for tachycardia', () => {
    expect(label(rhythm(0, '(IVR'))).toBe('0'.repeat(19));
  });
});

describe('ventricularSpans', () => {
  it('are stretches of VT and VF, joined where one becomes the other', () => {
    const marks = [
      rhythm(0, '(N'),
      rhythm(100, '(VT'),
      rhythm(300, '(VF'),
      rhythm(450, '(N'),
      rhythm(900, '(VT'),
    ];
    expect(ventricularSpans(marks, 1000)).toEqual([
      { from: 100, to: 450 },
      { from: 900, to: 1000 },
    ]);
  });
});
