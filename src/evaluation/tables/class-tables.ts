import { BEAT_CLASSES } from '../../core/index.js';
import type { ClassStatistics } from '../classification/class-statistics.js';
import type { ClassReport } from '../classification/evaluate-classes.js';
import { fractionCell, markdownTable, percentCell } from './markdown.js';
import { tableTitle } from './table-title.js';

/**
 * A class report as Markdown: statistics with intervals, with and without single records, the confusion matrix,
 * calibration where known, and a line a record. Every table carries the title, and with it the split's label.
 */
export function formatClassReport(report: ClassReport): string {
  const title = tableTitle(report.context);
  const section = (name: string, table: string) => `**${name}** · ${title}\n\n${table}\n`;
  return [
    section('Beat classes', classTable(report)),
    ...(report.without.length === 0 ? [] : [section('Without single records', withoutTable(report))]),
    section('Confusion matrix, reference by prediction', confusionTable(report)),
    ...(report.probabilities === undefined ? [] : [section('Probabilities', probabilityTable(report))]),
    section('Records', recordTable(report)),
  ].join('\n');
}

function classTable({ statistics, intervals, bootstrap }: ClassReport): string {
  const withInterval = (value: number, name: string, cell: (x: number) => string) => {
    const interval = intervals[name];
    return interval === undefined || Number.isNaN(value) || Number.isNaN(interval.low)
      ? cell(value)
      : `${cell(value)} (${cell(interval.low)}–${cell(interval.high)})`;
  };
  const rows = BEAT_CLASSES.map((c) => [
    c,
    String(statistics.classes[c].beats),
    withInterval(statistics.classes[c].sensitivity, `${c}.sensitivity`, percentCell),
    withInterval(statistics.classes[c].positivePredictivity, `${c}.positivePredictivity`, percentCell),
    withInterval(statistics.classes[c].f1, `${c}.f1`, fractionCell),
  ]);
  const overall = (['macroF1', 'weightedF1', 'accuracy'] as const).map((name) => [
    { macroF1: 'macro-F1 (N, S, V)', weightedF1: 'weighted F1', accuracy: 'accuracy' }[name],
    '',
    '',
    '',
    withInterval(statistics[name], name, fractionCell),
  ]);
  const table = markdownTable(['class', 'beats', 'Se %', '+P %', 'F1'], [...rows, ...overall]);
  const share = `${Number((bootstrap.level * 100).toFixed(4))} %`;
  return `${table}\n\n(${share} intervals: ${bootstrap.resamples} resamples of patients, seed ${bootstrap.seed})`;
}

function withoutTable({ statistics, without }: ClassReport): string {
  const row = (name: string, { macroF1, classes }: ClassStatistics) => [
    name,
    fractionCell(macroF1),
    fractionCell(classes.N.f1),
    String(classes.S.beats),
    fractionCell(classes.S.f1),
    String(classes.V.beats),
    fractionCell(classes.V.f1),
  ];
  return markdownTable(
    ['records', 'macro-F1', 'N-F1', 'S beats', 'S-F1', 'V beats', 'V-F1'],
    [row('all', statistics), ...without.map((w) => row(`without ${w.record}`, w.statistics))],
  );
}

function confusionTable({ counts }: ClassReport): string {
  const rows = BEAT_CLASSES.map((c, i) => [c, ...counts.confusion[i]!.map(String), String(counts.missed[i])]);
  return markdownTable(
    ['', ...BEAT_CLASSES.map((c) => c.toLowerCase()), 'missed'],
    [...rows, ['extra', ...counts.extra.map(String), '']],
  );
}

function probabilityTable({ probabilities }: ClassReport): string {
  if (probabilities === undefined) return '';
  const { reliability, riskCoverage, curves } = probabilities;
  return markdownTable(
    ['figure', 'value'],
    [
      [`ECE (${reliability.bins.length} bins)`, fractionCell(reliability.ece, 4)],
      ['NLL', fractionCell(reliability.nll, 4)],
      ['Brier', fractionCell(reliability.brier, 4)],
      ['AURC', fractionCell(riskCoverage.aurc, 5)],
      ...riskCoverage.risk.map(({ coverage, risk }) => [
        `risk at ${Math.round(coverage * 100)} % coverage`,
        fractionCell(risk, 4),
      ]),
      ...curves.flatMap(({ roc, precisionRecall }, c) => [
        [`area under ROC, ${BEAT_CLASSES[c]}`, fractionCell(roc, 4)],
        [`area under precision–recall, ${BEAT_CLASSES[c]}`, fractionCell(precisionRecall, 4)],
      ]),
    ],
  );
}

function recordTable({ perRecord }: ClassReport): string {
  return markdownTable(
    ['record', 'N', 'S', 'V', 'F', 'Q', 'accuracy', 'N-F1', 'S-F1', 'V-F1'],
    perRecord.map(({ record, statistics: { classes, accuracy } }) => [
      record,
      ...BEAT_CLASSES.map((c) => String(classes[c].beats)),
      fractionCell(accuracy),
      fractionCell(classes.N.f1),
      fractionCell(classes.S.f1),
      fractionCell(classes.V.f1),
    ]),
  );
}
