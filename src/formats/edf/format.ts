import type { Format } from '../source.js';
import { edfKind } from './header.js';
import { openEdf } from './reader.js';

/** EDF, EDF+C and EDF+D. */
export const edf: Format = {
  id: 'edf',
  title: 'EDF and EDF+',
  recognises: (head) => edfKind(head) === 'edf',
  open: openEdf,
};

/** BDF and BDF+: EDF with 24-bit samples. */
export const bdf: Format = {
  id: 'bdf',
  title: 'BDF and BDF+',
  recognises: (head) => edfKind(head) === 'bdf',
  open: openEdf,
};
