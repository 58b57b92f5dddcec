import type { LabelMap } from '../../ecg/index.js';
import type { SplitLabel } from '../split.js';

/** What every table says of where its figures come from. */
export interface TableContext {
  /** `mitdb DS2`. */
  readonly database: string;
  readonly map: LabelMap;
  /** From `auditSplit`: a table without an audited split cannot be made. */
  readonly split: SplitLabel;
  /** Whether the R peaks were given by the reference or found by the detector. */
  readonly peaks: 'given' | 'found';
  /** s: where scoring begins in each record. */
  readonly from: number;
  readonly records: number;
}

/** `mitdb DS2 · 22 records from 5:00 · split DS1 → DS2 · R peaks given · literature map (e, j are N)`. */
export function tableTitle({ database, map, split, peaks, from, records }: TableContext): string {
  const start = `${Math.floor(from / 60)}:${String(Math.floor(from % 60)).padStart(2, '0')}`;
  const many = `${records} ${records === 1 ? 'record' : 'records'}`;
  return `${database} · ${many} from ${start} · split ${split.title} · R peaks ${peaks} · ${map.title}`;
}
