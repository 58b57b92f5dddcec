import { BEAT_CLASSES, EcgError } from '../../core/index.js';
import type { TableContext } from '../tables/table-title.js';
import { BOOTSTRAP_DEFAULTS, type BootstrapOptions, bootstrapPatients, type Interval } from './bootstrap.js';
import { addCounts, type ClassCounts, type RecordCounts } from './class-counts.js';
import { type ClassStatistics, classStatistics } from './class-statistics.js';
import { type CurveAreas, curveAreas } from './curve-areas.js';
import { type Reliability, reliability } from './reliability.js';
import { type RiskCoverage, riskCoverage } from './risk-coverage.js';
import type { ScoredBeats } from './scored-beats.js';

/** The figures that carry an interval: `accuracy`, `macroF1`, `weightedF1`, `S.f1`, `V.sensitivity`, … */
type FigureName = string;

/** Everything said about how well beats are classed. Plain data, but for the split's brand. */
export interface ClassReport {
  readonly context: TableContext;
  readonly counts: ClassCounts;
  readonly statistics: ClassStatistics;
  /** Intervals under resampling of patients, by figure. */
  readonly intervals: Readonly<Record<FigureName, Interval>>;
  readonly bootstrap: Required<BootstrapOptions>;
  /** The same statistics with one record left out. */
  readonly without: readonly { readonly record: string; readonly statistics: ClassStatistics }[];
  readonly perRecord: readonly { readonly record: string; readonly statistics: ClassStatistics }[];
  /** Present when probabilities were given. */
  readonly probabilities?: {
    readonly reliability: Reliability;
    readonly riskCoverage: RiskCoverage;
    /** One class against all others, in the order of `BEAT_CLASSES`. */
    readonly curves: readonly CurveAreas[];
  };
}

export interface ClassReportOptions {
  readonly context: Omit<TableContext, 'records'>;
  readonly bootstrap: BootstrapOptions;
  /** Records to report the figures without, `mitdb/232`; those not present are passed over. */
  readonly without?: readonly string[];
  /** Beats of all records with probabilities, in the order of `BEAT_CLASSES`. */
  readonly scored?: ScoredBeats;
}

/**
 * A full report of how well the beats of some records are classed.
 *
 * @throws EcgError `too-short` below two patients; `bad-option` for a record that comes twice or bad bootstrap
 *   options; `bad-shape` when probabilities and labels do not fit
 */
export function evaluateClasses(records: readonly RecordCounts[], options: ClassReportOptions): ClassReport {
  const names = records.map((r) => r.record);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new EcgError('bad-option', `evaluateClasses: record ${twice} comes twice, give each record once`);
  }
  const counts = addCounts(records.map((r) => r.counts));
  const bootstrap = { ...BOOTSTRAP_DEFAULTS, ...options.bootstrap };
  const statisticsWithout = (record: string) =>
    classStatistics(addCounts(records.filter((r) => r.record !== record).map((r) => r.counts)));
  return {
    context: { ...options.context, records: records.length },
    counts,
    statistics: classStatistics(counts),
    intervals: bootstrapPatients(records, (sum) => figures(classStatistics(sum)), bootstrap),
    bootstrap,
    without: (options.without ?? [])
      .filter((record) => names.includes(record))
      .map((record) => ({ record, statistics: statisticsWithout(record) })),
    perRecord: [...records]
      .sort((a, b) => (a.record < b.record ? -1 : 1))
      .map(({ record, counts: own }) => ({ record, statistics: classStatistics(own) })),
    ...(options.scored === undefined ? {} : { probabilities: scoredFigures(options.scored) }),
  };
}

function figures(statistics: ClassStatistics): Record<FigureName, number> {
  const { accuracy, macroF1, weightedF1, classes } = statistics;
  const named: Record<FigureName, number> = { accuracy, macroF1, weightedF1 };
  for (const c of BEAT_CLASSES) {
    named[`${c}.sensitivity`] = classes[c].sensitivity;
    named[`${c}.positivePredictivity`] = classes[c].positivePredictivity;
    named[`${c}.f1`] = classes[c].f1;
  }
  return named;
}

function scoredFigures(scored: ScoredBeats): NonNullable<ClassReport['probabilities']> {
  const { probabilities, labels, classes } = scored;
  const n = labels.length;
  return {
    reliability: reliability(scored),
    riskCoverage: riskCoverage(scored),
    curves: Array.from({ length: classes }, (_, c) =>
      curveAreas(
        Array.from({ length: n }, (_, i) => probabilities[i * classes + c]!),
        Array.from({ length: n }, (_, i) => labels[i] === c),
      ),
    ),
  };
}
