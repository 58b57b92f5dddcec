import type { RhythmClass } from '../../core/index.js';

/** How other programs name a rhythm. */
export interface RhythmCode {
  /** Text of a WFDB rhythm annotation. */
  readonly aux: string;
  /** The SNOMED CT concept; null where none is a rhythm's. */
  readonly snomedCt: { readonly code: string; readonly display: string } | null;
}

/**
 * The code of each rhythm.
 *
 * Source: names of MIT-BIH's databases (mitdb and vfdb directories), third-degree block by the European ST-T Database;
 * concepts of the PhysioNet/CinC Challenges 2020 and 2021 (`dx_mapping`), asystole of SNOMED CT itself. Departs: no
 * database names sinus tachycardia, which is written as sinus rhythm, or `OTHER`.
 */
export const RHYTHM_CODES: Readonly<Record<RhythmClass, RhythmCode>> = {
  sinus: { aux: '(N', snomedCt: { code: '426783006', display: 'sinus rhythm' } },
  'sinus-bradycardia': { aux: '(SBR', snomedCt: { code: '426177001', display: 'sinus bradycardia' } },
  'sinus-tachycardia': { aux: '(N', snomedCt: { code: '427084000', display: 'sinus tachycardia' } },
  'atrial-fibrillation': { aux: '(AFIB', snomedCt: { code: '164889003', display: 'atrial fibrillation' } },
  'atrial-flutter': { aux: '(AFL', snomedCt: { code: '164890007', display: 'atrial flutter' } },
  'supraventricular-tachycardia': {
    aux: '(SVTA',
    snomedCt: { code: '426761007', display: 'supraventricular tachycardia' },
  },
  'ventricular-tachycardia': {
    aux: '(VT',
    snomedCt: { code: '164895002', display: 'ventricular tachycardia' },
  },
  'ventricular-fibrillation': {
    aux: '(VFL',
    snomedCt: { code: '164896001', display: 'ventricular fibrillation' },
  },
  asystole: { aux: '(ASYS', snomedCt: { code: '397829000', display: 'asystole' } },
  paced: { aux: '(P', snomedCt: { code: '10370003', display: 'pacing rhythm' } },
  'av-block-2': {
    aux: '(BII',
    snomedCt: { code: '195042002', display: 'second degree atrioventricular block' },
  },
  'av-block-3': { aux: '(B3', snomedCt: { code: '27885002', display: 'complete heart block' } },
  other: { aux: '(OTHER', snomedCt: null },
  unreadable: { aux: '(NOISE', snomedCt: null },
};

/**
 * Names in databases beside those of `RHYTHM_CODES`; what none of them means is `other`.
 *
 * Ventricular bigeminy and trigeminy, ectopy and first-degree block are sinus rhythm with something in it.
 */
const NAMES: Readonly<Record<string, RhythmClass>> = {
  NSR: 'sinus',
  B: 'sinus',
  T: 'sinus',
  AB: 'sinus',
  BI: 'sinus',
  HGEA: 'sinus',
  VF: 'ventricular-fibrillation',
  VFIB: 'ventricular-fibrillation',
  PM: 'paced',
  BIII: 'av-block-3',
};

/**
 * The rhythm that the text of a WFDB rhythm annotation names; `other` for one that has no class of its own, such as a
 * nodal or idioventricular rhythm.
 *
 * @param aux  `(AFIB`; with or without its bracket, blanks around it do not count
 */
export function rhythmClassOf(aux: string): RhythmClass {
  const name = aux.trim().replace(/^\(/, '');
  return READ.get(name) ?? 'other';
}

// The first class of a code is read: `(N` is sinus rhythm.
const READ: ReadonlyMap<string, RhythmClass> = new Map([
  ...(Object.entries(RHYTHM_CODES) as [RhythmClass, RhythmCode][])
    .map(([rhythm, { aux }]) => [aux.slice(1), rhythm] as const)
    .reverse(),
  ...(Object.entries(NAMES) as [string, RhythmClass][]),
]);
