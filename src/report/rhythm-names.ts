import type { RhythmClass } from '../core/index.js';

/** How a rhythm is called. */
export const RHYTHM_NAMES: Readonly<Record<RhythmClass, string>> = {
  sinus: 'Sinus rhythm',
  'sinus-bradycardia': 'Sinus bradycardia',
  'sinus-tachycardia': 'Sinus tachycardia',
  'atrial-fibrillation': 'Atrial fibrillation',
  'atrial-flutter': 'Atrial flutter',
  'supraventricular-tachycardia': 'Supraventricular tachycardia',
  'ventricular-tachycardia': 'Ventricular tachycardia',
  'ventricular-fibrillation': 'Ventricular fibrillation or flutter',
  asystole: 'Asystole',
  paced: 'Paced rhythm',
  'av-block-2': 'Second-degree AV block',
  'av-block-3': 'Third-degree AV block',
  other: 'Other rhythm',
  unreadable: 'Rhythm unreadable',
};

/** Rhythms that need no further look. */
export const ORDINARY_RHYTHMS: ReadonlySet<RhythmClass> = new Set<RhythmClass>([
  'sinus',
  'sinus-bradycardia',
  'sinus-tachycardia',
  'other',
  'unreadable',
]);

/** Rhythms from the one that a picture may hide to the one that it must not. */
export const RHYTHM_GRAVITY: readonly RhythmClass[] = [
  'unreadable',
  'sinus',
  'other',
  'sinus-bradycardia',
  'sinus-tachycardia',
  'paced',
  'av-block-2',
  'supraventricular-tachycardia',
  'atrial-flutter',
  'atrial-fibrillation',
  'av-block-3',
  'asystole',
  'ventricular-tachycardia',
  'ventricular-fibrillation',
];
