import type { Verdict } from './judge.js';

/** What all inputs of one reader came to. */
interface Row {
  inputs: number;
  recordings: number;
  errors: number;
  slowestMs: number;
  mostMegabytes: number;
}

export type Tally = Map<string, Row>;

/** Counts one input. */
export function count(tally: Tally, reader: string, verdict: Verdict): void {
  const row = tally.get(reader) ?? { inputs: 0, recordings: 0, errors: 0, slowestMs: 0, mostMegabytes: 0 };
  row.inputs++;
  if (verdict.outcome === 'recording') row.recordings++;
  else row.errors++;
  row.slowestMs = Math.max(row.slowestMs, verdict.ms);
  row.mostMegabytes = Math.max(row.mostMegabytes, verdict.megabytes);
  tally.set(reader, row);
}

/** The closing table. */
export function tableOf(tally: Tally): string {
  const rows = [...tally].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const sum = rows.reduce(
    (all, [, row]) => ({
      inputs: all.inputs + row.inputs,
      recordings: all.recordings + row.recordings,
      errors: all.errors + row.errors,
      slowestMs: Math.max(all.slowestMs, row.slowestMs),
      mostMegabytes: Math.max(all.mostMegabytes, row.mostMegabytes),
    }),
    { inputs: 0, recordings: 0, errors: 0, slowestMs: 0, mostMegabytes: 0 },
  );
  const line = (name: string, row: Row) =>
    [
      name.padEnd(20),
      String(row.inputs).padStart(8),
      String(row.recordings).padStart(11),
      String(row.errors).padStart(8),
      row.slowestMs.toFixed(0).padStart(11),
      row.mostMegabytes.toFixed(0).padStart(9),
    ].join('');
  const head = `${'reader'.padEnd(20)}  inputs  recordings  errors  slowest ms  most MiB`;
  return [head, ...rows.map(([name, row]) => line(name, row)), line('all', sum)].join('\n');
}
