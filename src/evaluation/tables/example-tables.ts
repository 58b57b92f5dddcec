import type { Estimate, ExampleReport } from '../classification/example-report.js';
import { fractionCell, markdownTable, percentCell } from './markdown.js';

/**
 * An example report as Markdown: classes with intervals, the confusion matrix, and areas and calibration. Every
 * table carries the title, and with it the split's label.
 */
export function formatExampleReport(report: ExampleReport): string {
  const section = (name: string, table: string) => `**${name}** · ${report.title}\n\n${table}\n`;
  return [
    section('Classes', classTable(report)),
    section('Confusion matrix, reference by prediction', confusionTable(report)),
    section('Curves and calibration', probabilityTable(report)),
  ].join('\n');
}

function withInterval({ value, low, high }: Estimate, cell: (x: number) => string): string {
  if (value === null || low === null || high === null) return cell(value ?? NaN);
  return `${cell(value)} (${cell(low)}–${cell(high)})`;
}

function classTable({ perClass, accuracy, macroF1, weightedF1, bootstrap }: ExampleReport): string {
  const rows = perClass.map((c) => [
    c.name,
    String(c.support),
    withInterval(c.sensitivity, percentCell),
    withInterval(c.positivePredictivity, percentCell),
    withInterval(c.specificity, percentCell),
    withInterval(c.f1, fractionCell),
  ]);
  const overall = Object.entries({ 'macro-F1': macroF1, 'weighted F1': weightedF1, accuracy }).map(
    ([name, figure]) => [name, '', '', '', '', withInterval(figure, fractionCell)],
  );
  const table = markdownTable(['class', 'examples', 'Se %', '+P %', 'Sp %', 'F1'], [...rows, ...overall]);
  const share = `${Number((bootstrap.level * 100).toFixed(4))} %`;
  const drawn = bootstrap.by === 'patient' ? 'patients' : 'examples';
  return `${table}\n\n(${share} intervals: ${bootstrap.resamples} resamples of ${drawn}, seed ${bootstrap.seed}; macro-F1 over the classes that occur)`;
}

function confusionTable({ classes, confusion }: ExampleReport): string {
  return markdownTable(
    ['', ...classes],
    classes.map((name, row) => [name, ...(confusion[row] ?? []).map(String)]),
  );
}

function probabilityTable({ perClass, reliability, binary }: ExampleReport): string {
  const cell = (value: number | null) => fractionCell(value ?? NaN, 4);
  return markdownTable(
    ['figure', 'value'],
    [
      ...(binary === null
        ? []
        : [
            [
              `area under ROC, ${binary.positive}, with interval`,
              withInterval(binary.auroc, (x) => fractionCell(x, 4)),
            ],
          ]),
      [`ECE (${reliability.bins.length} bins)`, cell(reliability.ece)],
      ['NLL', cell(reliability.nll)],
      ['Brier', cell(reliability.brier)],
      ...perClass.flatMap(({ name, rocArea, averagePrecision }) => [
        [`area under ROC, ${name}`, cell(rocArea)],
        [`area under precision–recall, ${name}`, cell(averagePrecision)],
      ]),
    ],
  );
}
