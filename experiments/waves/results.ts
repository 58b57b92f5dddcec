import {
  formatMarkTable,
  type MarkFigure,
  type MarkReport,
  type WaveMark,
} from '../../src/evaluation/index.js';
import type { WaveRecord, WaveScoring } from '../../src/training/index.js';
import { referenceScatter } from './reference-scatter.js';

const COMMAND = 'npx tsx experiments/waves/run.ts';
/** Marks of each published figure: of P and T the worst of three, of QRS of two. */
const WAVES: Readonly<Record<'p' | 'qrs' | 't', readonly WaveMark[]>> = {
  p: ['pOnset', 'pPeak', 'pOffset'],
  qrs: ['qrsOnset', 'qrsOffset'],
  t: ['tOnset', 'tPeak', 'tOffset'],
};

/** Names of the marks in figure ids. */
const IDS: Readonly<Partial<Record<WaveMark, string>>> = {
  pOnset: 'p-onset',
  pOffset: 'p-end',
  qrsOnset: 'qrs-onset',
  qrsOffset: 'qrs-end',
  tOffset: 't-end',
};

/** What `results.json` holds: of single leads `waves.…`, of twelve together `waves.joint.…` and `waves.median.…`. */
export function waveResults(scoring: WaveScoring, date: string) {
  const figures = (['single', 'joint', 'median'] as const).flatMap((view) => {
    const prefix = view === 'single' ? 'waves' : `waves.${view}`;
    const reports = scoring.reports('detected', view);
    const common = { split: scoring.title('detected', view), command: COMMAND, date };
    const figure = (id: string, { value, low, high }: MarkFigure, unit: string) => ({
      id: `${prefix}.${id}`,
      value,
      interval: [low, high] as [number, number],
      unit,
      ...common,
    });
    const worst = (wave: keyof typeof WAVES, of: (report: MarkReport) => MarkFigure): MarkFigure =>
      reports
        .filter(({ mark }) => WAVES[wave].includes(mark))
        .map(of)
        .reduce((least, each) => (each.value < least.value ? each : least));
    return [
      ...(['p', 'qrs', 't'] as const).flatMap((wave) => [
        figure(
          `${wave}.se`,
          worst(wave, (report) => report.sensitivity),
          'fraction',
        ),
        figure(
          `${wave}.ppv`,
          worst(wave, (report) => report.positivePredictivity),
          'fraction',
        ),
      ]),
      ...reports.flatMap(({ mark, sdMs, meanMs }) => {
        const id = IDS[mark];
        return id === undefined ? [] : [figure(`${id}.sd`, sdMs, 'ms'), figure(`${id}.mean`, meanMs, 'ms')];
      }),
    ];
  });
  return { figures };
}

/** All tables. */
export function waveTables(scoring: WaveScoring, records: readonly WaveRecord[]): string {
  const tables = (['detected', 'given'] as const).flatMap((source) =>
    (['single', 'joint', 'median'] as const).map((view) =>
      formatMarkTable(scoring.reports(source, view), scoring.title(source, view)),
    ),
  );
  const intervals =
    "(95 % intervals: 2000 resamples of patients, seed 1. SD: of all differences together; within a patient: the mean of each patient's own. Tolerances: CSE Working Party, 1985.)";
  const scatter = `**What the annotators' own marks scatter** · root mean square\n\n${referenceScatter(records)}\n`;
  return `# Waves on LUDB\n\n${tables.join('\n')}\n${intervals}\n\n${scatter}`;
}
