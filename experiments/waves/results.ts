import {
  type ComparedLead,
  formatMarkTable,
  type MarkFigure,
  type MarkReport,
  reportMarks,
  type WaveMark,
} from '../../src/evaluation/index.js';
import type { WaveDecoding } from '../../src/models/index.js';
import {
  type BeatSource,
  type PredictedLead,
  scoreWaves,
  type WaveRecipe,
  type WaveRecord,
} from '../../src/training/index.js';
import { referenceScatter } from './reference-scatter.js';

/** Of the bootstrap. */
const SEED = 1;
const COMMAND = 'npx tsx experiments/waves/run.ts';
/** What is compared with what, by the way R peaks are found. */
const VIEWS = {
  single: 'each lead alone, beside its own reference',
  joint: 'twelve leads together, beside each lead’s reference',
  median: 'twelve leads together, beside the median of the leads’ references',
} as const;

type View = keyof typeof VIEWS;

/** Collects the comparisons of records that their networks have not seen. */
export interface Scoring {
  add(record: WaveRecord, leads: readonly PredictedLead[], decoding: WaveDecoding): void;
  reports(source: BeatSource, view: View): MarkReport[];
  /** What every figure says of where it comes from. */
  title(source: BeatSource, view: View): string;
}

/** A scoring of the recipe's folds. */
export function createScoring(recipe: WaveRecipe): Scoring {
  const all: Record<BeatSource, Record<View, ComparedLead[]>> = {
    detected: { single: [], joint: [], median: [] },
    given: { single: [], joint: [], median: [] },
  };
  let records = 0;
  return {
    add: (record, leads, decoding) => {
      records++;
      for (const source of ['detected', 'given'] as const) {
        const { single, joint, median } = scoreWaves(record, leads, recipe.input, decoding, source);
        all[source].single.push(...single);
        all[source].joint.push(...joint);
        all[source].median.push(median);
      }
    },
    reports: (source, view) => reportMarks(all[source][view], SEED),
    title: (source, view) =>
      `ludb · ${records} patients in ${recipe.folds.count} folds · R peaks ${source === 'given' ? 'given' : 'found'} · ${VIEWS[view]} · within 150 ms`,
  };
}

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
export function waveResults(scoring: Scoring, date: string) {
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
export function waveTables(scoring: Scoring, records: readonly WaveRecord[]): string {
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
