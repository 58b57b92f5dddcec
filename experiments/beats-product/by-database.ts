import { BEAT_CLASSES } from '../../src/core/index.js';
import { confusionStatistics } from '../../src/evaluation/index.js';
import type { HeldOut } from '../../src/training/index.js';

/** How held-out beats were classified, database by database. */
export interface DatabaseRow {
  readonly database: string;
  readonly patients: number;
  readonly beats: number;
  /** [true class][class said], in the order of `BEAT_CLASSES`. */
  readonly confusion: readonly (readonly number[])[];
  /** By class, 0…1; NaN where a class has neither beats nor calls. */
  readonly f1: readonly number[];
}

/** The confusion of each database's held-out beats and of all, as rows and as a table. */
export function byDatabase({ logits, set }: HeldOut): { rows: DatabaseRow[]; table: string } {
  const kinds = BEAT_CLASSES.length;
  const of = (record: number) => set.records[record].id.split('/')[0];
  const databases = [...new Set(set.records.map(({ id }) => id.split('/')[0]))];
  const rows = ['all', ...databases].map((database): DatabaseRow => {
    const confusion = Array.from({ length: kinds }, () => new Array<number>(kinds).fill(0));
    const patients = new Set<string>();
    let beats = 0;
    set.label.forEach((label, i) => {
      const record = set.record[i];
      if (database !== 'all' && of(record) !== database) return;
      let best = 0;
      for (let c = 1; c < kinds; c++) if (logits[i * kinds + c] > logits[i * kinds + best]) best = c;
      confusion[label][best]++;
      patients.add(set.records[record].patient);
      beats++;
    });
    const { classes } = confusionStatistics({ confusion });
    return { database, patients: patients.size, beats, confusion, f1: classes.map(({ f1 }) => f1) };
  });
  const head = `| | patients | beats | ${BEAT_CLASSES.map((name) => `${name}-F1`).join(' | ')} |\n|---|${'---|'.repeat(kinds + 2)}`;
  const lines = rows.map(
    ({ database, patients, beats, f1 }) =>
      `| ${database} | ${patients} | ${beats} | ${f1.map((x) => (Number.isNaN(x) ? '–' : x.toFixed(3))).join(' | ')} |`,
  );
  const matrix = rows[0].confusion.map((row, c) => `| ${BEAT_CLASSES[c]} | ${row.join(' | ')} |`);
  return {
    rows,
    table: [
      head,
      ...lines,
      '',
      'Rows are the experts’ classes, columns what the network said:',
      '',
      `| | ${BEAT_CLASSES.join(' | ')} |\n|---|${'---|'.repeat(kinds)}`,
      ...matrix,
    ].join('\n'),
  };
}
