import type { MarkReport } from '../delineation/delineation-report.js';
import { markdownTable, percentCell } from './markdown.js';

const NAMES: Readonly<Record<MarkReport['mark'], string>> = {
  pOnset: 'P onset',
  pPeak: 'P peak',
  pOffset: 'P end',
  qrsOnset: 'QRS onset',
  qrsOffset: 'QRS end',
  tOnset: 'T onset',
  tPeak: 'T peak',
  tOffset: 'T end',
};

/**
 * Marks as Markdown: shares with 95 % intervals by patient, differences in ms, and whether their standard deviation is
 * within the tolerance of experts.
 *
 * @param title  what was compared with what
 */
export function formatMarkTable(reports: readonly MarkReport[], title: string): string {
  const share = ({ value, low, high }: MarkReport['sensitivity']): string =>
    `${percentCell(value)} (${percentCell(low)}–${percentCell(high)})`;
  const rows = reports.map((report) => [
    NAMES[report.mark],
    String(report.count),
    share(report.sensitivity),
    share(report.positivePredictivity),
    report.meanMs.value.toFixed(1),
    `${report.sdMs.value.toFixed(1)} (${report.sdMs.low.toFixed(1)}–${report.sdMs.high.toFixed(1)})`,
    report.withinPatientMs.toFixed(1),
    toleranceCell(report),
  ]);
  const table = markdownTable(
    ['mark', 'marks', 'Se %', '+P %', 'mean ms', 'SD ms', 'SD within a patient', 'tolerance ms'],
    rows,
  );
  return `**Marks** · ${title}\n\n${table}\n`;
}

function toleranceCell({ toleranceMs, sdMs }: MarkReport): string {
  if (toleranceMs === null) return '–';
  return `${toleranceMs.toFixed(1)} ${sdMs.value <= toleranceMs ? 'met' : 'missed'}`;
}
