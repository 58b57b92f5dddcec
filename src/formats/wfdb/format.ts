import type { Format } from '../source.js';
import { looksLikeHeader } from './header.js';
import { openWfdb } from './record.js';

/** WFDB records of PhysioNet: a header, signal files and annotation files side by side. */
export const wfdbFormat: Format = {
  id: 'wfdb',
  title: 'WFDB (PhysioNet)',
  recognises: looksLikeHeader,
  open: openWfdb,
};
