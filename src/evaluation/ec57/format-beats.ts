import { BEAT_CLASSES } from '../../core/index.js';
import {
  type BeatStatistics,
  type BeatSummary,
  beatStatistics,
  count,
  rmsRrErrorMs,
  shutdownMisses,
} from './beat-statistics.js';
import { type BeatComparison, type BeatMatrix, MATRIX_LABELS } from './compare-beats.js';
import { fixed, percent2 } from './number-text.js';
import { addRatios, fraction, type Ratio } from './ratio.js';

/** The columns of the line format: rows of the reference, columns of the test, width. F stands for F and Q. */
const COLUMNS: readonly (readonly [heading: string, rows: string, columns: string, width: number])[] = [
  ["Nn'", 'N', 'NFQ', 5],
  ["Sn'", 'S', 'NFQ', 3],
  ["Vn'", 'V', 'NFQ', 3],
  ["Fn'", 'FQ', 'NFQ', 3],
  ["On'", 'OX', 'NFQ', 3],
  ['Ns', 'N', 'S', 3],
  ['Ss', 'S', 'S', 3],
  ['Vs', 'V', 'S', 3],
  ["Fs'", 'FQ', 'S', 3],
  ["Os'", 'OX', 'S', 3],
  ['Nv', 'N', 'V', 3],
  ['Sv', 'S', 'V', 3],
  ['Vv', 'V', 'V', 4],
  ["Fv'", 'FQ', 'V', 3],
  ["Ov'", 'OX', 'V', 3],
  ["No'", 'N', 'OX', 3],
  ["So'", 'S', 'OX', 3],
  ["Vo'", 'V', 'OX', 3],
  ["Fo'", 'FQ', 'OX', 3],
];

/** The two-line-a-table headings the reference programs write. */
export const BEAT_HEADING =
  "Record Nn' Sn' Vn' Fn' On'  Ns  Ss  Vs  Fs' Os' Nv  Sv   Vv  Fv' Ov' No' So' Vo' Fo'" +
  '  Q Se   Q +P   V Se   V +P   S Se   S +P RR err';
export const SHUTDOWN_HEADING = [
  'Record Nx   Sx   Vx   Fx   Qx  % beats  % N    % S    % V    % F   Total Shutdown',
  '                                missed missed missed missed missed      Time',
];

function counts(matrix: BeatMatrix): string {
  return COLUMNS.map(([, rows, columns, width]) => ` ${pad(count(matrix, rows, columns), width)}`).join('');
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}

function percentages(statistics: BeatStatistics): string {
  return [statistics.qrs, statistics.veb, statistics.sveb]
    .flatMap((s) => [s.sensitivity, s.positivePredictivity])
    .map((ratio) => pad(percent2(fraction(ratio)), 7))
    .join('');
}

/** One record's line of `bxb -L`: counts, percentages, RMS RR error in ms. */
export function formatBeatLine(comparison: BeatComparison): string {
  const rr = rmsRrErrorMs(comparison);
  const statistics = beatStatistics(comparison.matrix, true);
  return (
    pad(comparison.record, 4) +
    counts(comparison.matrix) +
    percentages(statistics) +
    pad(Number.isNaN(rr) ? '-' : fixed(rr, 2), 7)
  );
}

/** One record's line of the shutdown report of `bxb -L`. */
export function formatShutdownLine({ record, matrix, shutdown }: BeatComparison): string {
  const misses = shutdownMisses(matrix);
  const beats = addRatios(BEAT_CLASSES.map((c) => misses[c])).of;
  // `bxb` leaves missed S beats out of the total's numerator, though not out of its denominator.
  const hits = misses.N.hits + misses.V.hits + misses.F.hits + misses.Q.hits;
  return (
    pad(record, 4) +
    BEAT_CLASSES.map((c) => pad(misses[c].hits, 5)).join('') +
    pad(percent2(fraction({ hits, of: beats })), 9) +
    (['N', 'S', 'V', 'F'] as const).map((c) => pad(percent2(fraction(misses[c])), 7)).join('') +
    `${pad(Math.round(shutdown), 5)} seconds ` +
    BEAT_CLASSES.map((c) => misses[c].of).join(' ')
  );
}

/** One record's full matrix, as `bxb -S` prints it. */
export function formatBeatMatrix(comparison: BeatComparison, reference: string, test: string): string[] {
  const { matrix, record } = comparison;
  const statistics = beatStatistics(matrix, true);
  const rr = rmsRrErrorMs(comparison);
  const row = (label: keyof BeatMatrix, columns: readonly (keyof BeatMatrix)[]) =>
    ` ${label} | ${columns.map((c) => pad(matrix[label][c], 4)).join(' ')}`;
  const line = (title: string, ratio: Ratio) => {
    const text = percent2(fraction(ratio));
    return `${title.padStart(26)}: ${text === '-' ? '     - ' : `${text.padStart(6)}%`} (${ratio.hits}/${ratio.of})`;
  };
  return [
    `Beat-by-beat comparison results for record ${record}`,
    `Reference annotator: ${reference}`,
    `     Test annotator: ${test}`,
    '',
    '               Algorithm',
    '        n    s    v    f    q    o    x',
    '   ____________________________________',
    ...BEAT_CLASSES.map((label) => row(label, MATRIX_LABELS)),
    row('O', BEAT_CLASSES),
    row('X', BEAT_CLASSES),
    '',
    line('QRS sensitivity', statistics.qrs.sensitivity),
    line('QRS positive predictivity', statistics.qrs.positivePredictivity),
    line('VEB sensitivity', statistics.veb.sensitivity),
    line('VEB positive predictivity', statistics.veb.positivePredictivity),
    line('SVEB sensitivity', statistics.sveb.sensitivity),
    line('SVEB positive predictivity', statistics.sveb.positivePredictivity),
    `     RMS RR interval error: ${Number.isNaN(rr) ? '     - ' : `${fixed(rr, 2).padStart(6)} ms`}`,
  ];
}

/** The lines that `sumstats` adds to a beat report. */
export function formatBeatSummary(summary: BeatSummary): string[] {
  const { matrix, gross, average } = summary;
  const means = [average.qrs, average.veb, average.sveb]
    .flatMap((s) => [s.sensitivity, s.positivePredictivity])
    .map((value) => pad(percent2(value), 7))
    .join('');
  const rr = summary.averageRrErrorMs;
  return [
    '_'.repeat(132),
    `Sum ${counts(matrix)}`,
    `${'Gross'.padEnd(83)}${percentages(gross)}`,
    `${'Average'.padEnd(83)}${means}${pad(Number.isNaN(rr) ? '-' : fixed(rr, 2), 7)}`,
    `Total QRS complexes: ${gross.qrs.sensitivity.of}  Total VEBs: ${gross.veb.sensitivity.of}` +
      `  Total SVEBs: ${gross.sveb.sensitivity.of}`,
    '',
    `Summary of results from ${summary.records} records`,
  ];
}

/** The lines that `sumstats` adds to a shutdown report; seconds are summed as the report rounded them. */
export function formatShutdownSummary(
  comparisons: readonly BeatComparison[],
  summary: BeatSummary,
): string[] {
  const misses = shutdownMisses(summary.matrix);
  const seconds = comparisons.reduce((sum, c) => sum + Math.round(c.shutdown), 0);
  return [
    '_'.repeat(72),
    `Sum ${BEAT_CLASSES.map((c) => pad(misses[c].hits, 5)).join('')}`.padEnd(66) +
      `${pad(seconds, 5)} seconds`,
    '',
    `Summary of results from ${summary.records} records`,
  ];
}
