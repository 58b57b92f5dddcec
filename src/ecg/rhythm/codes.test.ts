import { describe, expect, it } from 'vitest';
import { RHYTHM_CLASSES } from '../../core/index.js';
import { RHYTHM_CODES, rhythmClassOf } from './codes.js';

describe('rhythm codes', () => {
  it('reads the names of mitdb and vfdb', () => {
    // Their directories' lists of rhythms.
    const names = ['(N', '(SBR', '(AFIB', '(AFL', '(SVTA', '(VT', '(VFL', '(P', '(BII', '(ASYS', '(NOISE'];
    expect(names.map(rhythmClassOf)).toEqual([
      'sinus',
      'sinus-bradycardia',
      'atrial-fibrillation',
      'atrial-flutter',
      'supraventricular-tachycardia',
      'ventricular-tachycardia',
      'ventricular-fibrillation',
      'paced',
      'av-block-2',
      'asystole',
      'unreadable',
    ]);
    expect(['(VF', '(VFIB', '(PM', '(B', '(NSR '].map(rhythmClassOf)).toEqual([
      'ventricular-fibrillation',
      'ventricular-fibrillation',
      'paced',
      'sinus',
      'sinus',
    ]);
    expect(['(NOD', '(IVR', '(PREX', '', 'toString'].map(rhythmClassOf)).toEqual(Array(5).fill('other'));
  });

  it('reads what it writes, but for sinus tachycardia, which no database names', () => {
    for (const rhythm of RHYTHM_CLASSES) {
      const read = rhythmClassOf(RHYTHM_CODES[rhythm].aux);
      expect(read).toBe(rhythm === 'sinus-tachycardia' ? 'sinus' : rhythm);
    }
  });

  it('gives each concept once', () => {
    const codes = RHYTHM_CLASSES.flatMap((rhythm) => RHYTHM_CODES[rhythm].snomedCt?.code ?? []);
    expect(new Set(codes).size).toBe(RHYTHM_CLASSES.length - 2);
  });
});
