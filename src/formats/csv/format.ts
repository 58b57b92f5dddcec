import type { Format } from '../source.js';
import { sniffLayout } from './layout.js';
import { openCsv } from './reader.js';

/** Bytes `recognises` is given at most; a head of that size may end in the middle of a line. */
const FULL_HEAD = 65536;

/** Samples as text in rows: CSV, TSV and their kin. */
export const csv: Format = {
  id: 'csv',
  title: 'CSV or TSV',
  recognises: (head) => !isMarkup(head) && sniffLayout(head, head.length < FULL_HEAD) !== undefined,
  open: openCsv,
};

/** Lists of numbers stand in HL7 aECG and PDF too. */
function isMarkup(head: Uint8Array): boolean {
  return /^\s*(<|%PDF)/.test(new TextDecoder().decode(head.subarray(0, 256)));
}
