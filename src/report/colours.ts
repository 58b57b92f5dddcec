import type { LEAD_QUALITIES, RhythmClass } from '../core/index.js';

/** Colours of the classes, the same in strips, trends and tables. */
export const CLASS_COLOURS: Readonly<Record<string, string>> = {
  N: '#5f6b76',
  S: '#1d5fa8',
  V: '#b3261e',
  F: '#7a3ea1',
  Q: '#5f6b76',
};

/** Of whatever is uncertain. */
export const UNSURE_COLOUR = '#9a5b00';

/** Of the rhythms, in bands and beside their names: what is grave is red, what is ordinary is pale. */
export const RHYTHM_COLOURS: Readonly<Record<RhythmClass, string>> = {
  sinus: '#b7d3c0',
  'sinus-bradycardia': '#8fbcd4',
  'sinus-tachycardia': '#e3b97a',
  'atrial-fibrillation': '#7a3ea1',
  'atrial-flutter': '#b06fd0',
  'supraventricular-tachycardia': '#1d5fa8',
  'ventricular-tachycardia': '#d8392f',
  'ventricular-fibrillation': '#8c0f16',
  asystole: '#14181c',
  paced: '#2a8c82',
  'av-block-2': '#c77700',
  'av-block-3': '#8a4b00',
  other: '#9aa4ae',
  unreadable: '#e3e6e9',
};

/** Of a second of a lead. */
export const QUALITY_COLOURS: Readonly<Record<(typeof LEAD_QUALITIES)[number], string>> = {
  good: '#b7d3c0',
  noisy: '#e0902f',
  flat: '#8d969f',
  clipped: '#b3261e',
};
