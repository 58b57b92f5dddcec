/** Names the codes of annotations in sampled data. */
export const ANNOTATION_SYSTEM = 'https://physionet.org/physiotools/wag/annot-5.htm';

/**
 * A word for each annotation mnemonic: the names of the WFDB library's annotation codes. Mnemonics themselves cannot
 * stand in sampled data, where `E` and `L` (escape beat, bundle branch block) mean error and below the limit.
 *
 * Source: constants of `wfdb/ecgcodes.h`, WFDB library 10.7.
 */
const WORDS: Readonly<Record<string, string>> = {
  N: 'NORMAL',
  L: 'LBBB',
  R: 'RBBB',
  a: 'ABERR',
  V: 'PVC',
  F: 'FUSION',
  J: 'NPC',
  A: 'APC',
  S: 'SVPB',
  E: 'VESC',
  j: 'NESC',
  '/': 'PACE',
  Q: 'UNKNOWN',
  '~': 'NOISE',
  '|': 'ARFCT',
  s: 'STCH',
  T: 'TCH',
  '*': 'SYSTOLE',
  D: 'DIASTOLE',
  '"': 'NOTE',
  '=': 'MEASURE',
  p: 'PWAVE',
  B: 'BBB',
  '^': 'PACESP',
  t: 'TWAVE',
  '+': 'RHYTHM',
  u: 'UWAVE',
  '?': 'LEARN',
  '!': 'FLWAV',
  '[': 'VFON',
  ']': 'VFOFF',
  e: 'AESC',
  n: 'SVESC',
  '@': 'LINK',
  x: 'NAPC',
  f: 'PFUS',
  '(': 'WFON',
  ')': 'WFOFF',
  r: 'RONT',
};
const SYMBOLS: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).map(([symbol, word]) => [word, symbol]),
);

/** What SNOMED CT calls a word, where it was checked. Source: `dx_mapping` of the PhysioNet/CinC Challenge 2021. */
const CONCEPTS: Readonly<Record<string, { readonly code: string; readonly display: string }>> = {
  PVC: { code: '427172004', display: 'premature ventricular contractions' },
  APC: { code: '284470004', display: 'premature atrial contraction' },
};

const RHYTHM = 'RHYTHM-';

/** The word of an annotation, or undefined when sampled data cannot carry it; that of a rhythm ends in its name. */
export function wordOf(symbol: string, aux: string | undefined): string | undefined {
  const name = /^\((\w{1,20})$/.exec(aux ?? '')?.[1];
  return symbol === '+' && name !== undefined ? `${RHYTHM}${name}` : WORDS[symbol];
}

/** The mnemonic and text of a word, or undefined when it is none of ours. */
export function annotationOfWord(word: string): { symbol: string; aux?: string } | undefined {
  if (word.startsWith(RHYTHM)) return { symbol: '+', aux: `(${word.slice(RHYTHM.length)}` };
  const symbol = SYMBOLS.get(word);
  return symbol === undefined ? undefined : { symbol };
}

/** The concept of SNOMED CT for a word, or undefined. */
export function conceptOfWord(word: string): { readonly code: string; readonly display: string } | undefined {
  return CONCEPTS[word];
}
