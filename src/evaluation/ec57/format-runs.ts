import { RUN_LENGTHS, type RunComparison, type RunStatistics, type RunSummary } from './compare-runs.js';
import { percent0 } from './number-text.js';
import { fraction, type Ratio } from './ratio.js';

/** The headings of `rxr -L`. */
export const RUN_HEADING = 'Record CTs CFN CTp CFP STs SFN STp SFP LTs LFN LTp LFP  CSe C+P SSe S+P LSe L+P';
export const SVE_RUN_TITLE = '(SVE run detection)';

function pair({ hits, of }: Ratio, width: number): string {
  return String(hits).padStart(width) + String(of - hits).padStart(4);
}

function counts(runs: RunSummary['gross'], firstWidth: number): string {
  return RUN_LENGTHS.map(
    (length, i) =>
      pair(runs[length].sensitivity, i === 0 ? firstWidth : 4) + pair(runs[length].positivePredictivity, 4),
  ).join('');
}

function percentages(
  of: (length: (typeof RUN_LENGTHS)[number], part: keyof RunStatistics) => number,
): string {
  return RUN_LENGTHS.flatMap((length) => [of(length, 'sensitivity'), of(length, 'positivePredictivity')])
    .map((value, i) => percent0(value).padStart(i === 0 ? 5 : 4))
    .join('');
}

/** One record's line of `rxr -L`: runs found and missed by reference, right and wrong by test, percentages. */
export function formatRunLine({ record, runs }: RunComparison): string {
  return record.padStart(4) + counts(runs, 4) + percentages((length, part) => fraction(runs[length][part]));
}

/** The lines that `sumstats` adds to a run report. */
export function formatRunSummary({ gross, average, records }: RunSummary): string[] {
  return [
    '_'.repeat(77),
    `Sum ${counts(gross, 6)}`,
    'Gross'.padEnd(54) + percentages((length, part) => fraction(gross[length][part])),
    'Average'.padEnd(54) + percentages((length, part) => average[length][part]),
    `Total couplets: ${gross.couplet.sensitivity.of}  Total short runs: ${gross.short.sensitivity.of}` +
      `  Total long runs: ${gross.long.sensitivity.of}`,
    '',
    `Summary of results from ${records} records`,
  ];
}
