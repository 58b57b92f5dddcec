import { BEAT_CLASSES } from '../../core/index.js';
import type { DoubtReport } from '../classification/doubt-report.js';
import { fractionCell, markdownTable, percentCell } from './markdown.js';

/** A doubt report as tables: calibration, risk and coverage, what is uncertain, and sets by class and record. */
export function formatDoubtReport(report: DoubtReport): string {
  const { reliability, riskCoverage, sets, decided } = report;
  const whole = riskCoverage.risk.find(({ coverage }) => coverage === 1)!.risk;
  return [
    `${report.beats} beats of ${report.records} records`,
    markdownTable(
      ['', 'value'],
      [
        ['ECE of the probability (15 bins)', fractionCell(reliability.ece, 4)],
        ['ECE of how sure the class is', fractionCell(report.confidenceEce, 4)],
        ['negative log likelihood', fractionCell(reliability.nll, 4)],
        ['Brier score', fractionCell(reliability.brier, 4)],
        ['area under the risk–coverage curve', fractionCell(riskCoverage.aurc, 4)],
        ['certain, % of the beats', percentCell(decided.certain)],
        ['wrong among the certain, %', percentCell(decided.riskCertain)],
        ['wrong among the uncertain, %', percentCell(decided.riskUncertain)],
        ['errors that are called uncertain, %', percentCell(decided.errorsCaught)],
      ],
    ),
    'Risk and coverage: wrong among the surest beats',
    markdownTable(
      ['coverage, %', 'wrong, %', 'of that at 100 %'],
      riskCoverage.risk.map(({ coverage, risk }) => [
        (100 * coverage).toFixed(0),
        percentCell(risk),
        fractionCell(risk / whole, 2),
      ]),
    ),
    'Reliability',
    markdownTable(
      ['confidence', 'beats', 'mean confidence', 'accuracy'],
      reliability.bins
        .filter(({ beats }) => beats > 0)
        .map(({ from, to, beats, confidence, accuracy }) => [
          `${from.toFixed(2)}–${to.toFixed(2)}`,
          String(beats),
          fractionCell(confidence),
          fractionCell(accuracy),
        ]),
    ),
    'Sets of classes: share that hold the true class, %',
    markdownTable(
      [
        'wanted, %',
        'all beats',
        ...BEAT_CLASSES,
        ...BEAT_CLASSES.slice(0, 3).map((c) => `${c}, mean of records`),
        'classes a set',
        'sets of one',
        'lowest record',
        'median record',
        'records below 90 %',
      ],
      sets.map(({ wanted, found }) => [
        (100 * wanted).toFixed(0),
        percentCell(found.coverage),
        ...found.perClass.map(percentCell),
        ...found.perClassOfRecords.slice(0, 3).map(percentCell),
        found.meanSize.toFixed(3),
        percentCell(found.single),
        percentCell(found.lowest),
        percentCell(found.median),
        percentCell(found.below90),
      ]),
    ),
  ].join('\n\n');
}

/** The coverage of sets in each record, those least covered first. */
export function formatRecordCoverage(report: DoubtReport): string {
  const names = report.sets[0]!.found.perRecord.map(({ record }) => record);
  const of = (set: DoubtReport['sets'][number], record: string) =>
    set.found.perRecord.find((row) => row.record === record)!;
  names.sort((a, b) => of(report.sets[0]!, a).coverage - of(report.sets[0]!, b).coverage);
  return markdownTable(
    [
      'record',
      'beats',
      ...report.sets.flatMap(({ wanted }) => [
        `${(100 * wanted).toFixed(0)} %: held, %`,
        `${(100 * wanted).toFixed(0)} %: classes a set`,
      ]),
    ],
    names.map((record) => [
      record,
      String(of(report.sets[0]!, record).beats),
      ...report.sets.flatMap((set) => [
        percentCell(of(set, record).coverage),
        of(set, record).meanSize.toFixed(3),
      ]),
    ]),
  );
}
