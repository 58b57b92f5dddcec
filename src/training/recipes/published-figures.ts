import type { ExampleReport } from '../../evaluation/index.js';
import type { CrossValidatedNetwork } from './cross-validate/networks.js';
import type { PublishedRow, Recipe } from './recipe.js';
import type { NetworkMetrics, RunMetrics } from './run/metrics.js';

/** One number as `results.json` holds it. */
export interface PublishedFigure {
  readonly id: string;
  readonly value: number;
  /** 95 %; of timings the shortest and the longest run, null for one run. */
  readonly interval: readonly [number, number] | null;
  readonly unit: string;
  readonly split: string;
  readonly command: string;
  readonly date: string;
}

interface Measured {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/**
 * The figures a recipe's published rows ask of an evaluated run: means over seeds, with the mean of the seeds'
 * intervals.
 */
export function publishedFigures(recipe: Recipe, metrics: RunMetrics, command: string): PublishedFigure[] {
  return recipe.published.flatMap((row) => {
    const id = row.figures[metrics.protocol];
    if (id === undefined) return [];
    const measured = measureRow(row, metrics);
    if (measured === undefined) return [];
    const seeds = metrics.networks[0].members.length;
    const title = metrics.networks[0].tests[0]?.title ?? metrics.split;
    return [
      {
        id,
        ...measured,
        unit: UNITS[row.measure] ?? 'fraction',
        split: [
          title,
          ...(row.network === 'ensemble' ? [`reading ${metrics.ensemble?.chosen}`] : []),
          ...(seeds === 1 ? [] : [`mean of ${seeds} seeds`]),
        ].join(' · '),
        command,
        date: metrics.date,
      },
    ];
  });
}

/** The same of a cross-validation, whose held-out folds stand for the test set. */
export function crossValidatedFigures(
  recipe: Recipe,
  protocol: string,
  networks: readonly Pick<CrossValidatedNetwork, 'name' | 'reports'>[],
  command: string,
  date: string,
): PublishedFigure[] {
  return recipe.published.flatMap((row) => {
    const id = row.figures[protocol];
    const network = networks.find(({ name }) => name === row.network);
    if (id === undefined || network === undefined) return [];
    const measured = measureReports(row.measure, network.reports);
    if (measured === undefined) return [];
    return [
      {
        id,
        ...measured,
        unit: UNITS[row.measure] ?? 'fraction',
        split: `${network.reports[0].title}${network.reports.length > 1 ? ` · mean of ${network.reports.length} seeds` : ''}`,
        command,
        date,
      },
    ];
  });
}

/**
 * What INT8 costs at worst: points of macro-F1 that a network's first seed loses, over all runs; below 0 where every
 * network gains. Undefined without a scored network.
 */
export function int8Figure(
  name: string,
  networks: readonly Pick<NetworkMetrics, 'name' | 'fp32' | 'int8'>[],
  command: string,
  date: string,
): PublishedFigure | undefined {
  const losses = networks.flatMap(({ name: network, fp32, int8 }) => {
    const [single, integer] =
      fp32.test === null ? [fp32.validation, int8.validation] : [fp32.test, int8.test];
    return single === null || integer === null
      ? []
      : [{ network, points: 100 * (single.macroF1 - integer.macroF1) }];
  });
  if (losses.length === 0) return undefined;
  const worst = losses.reduce((a, b) => (b.points > a.points ? b : a));
  return {
    id: `int8.${name}.worst-loss`,
    value: worst.points,
    interval: null,
    unit: 'points',
    split: `macro-F1 of single precision less that of INT8, first seeds, ${losses.length} networks; worst: ${worst.network}`,
    command,
    date,
  };
}

const UNITS: Partial<Record<PublishedRow['measure'], string>> = { trainSeconds: 's', latencyMs: 'ms' };

function measureRow(row: PublishedRow, metrics: RunMetrics): Measured | undefined {
  if (row.network === 'ensemble') {
    return metrics.ensemble === null ? undefined : measureReports(row.measure, metrics.ensemble.tests);
  }
  const network = networkOf(row, metrics);
  if (network === undefined) return undefined;
  if (row.measure === 'latencyMs') return { value: network.fp32.latencyMs, interval: null };
  if (row.measure === 'trainSeconds') {
    const seconds = network.members.map((member) => member.seconds);
    const spread = [Math.min(...seconds), Math.max(...seconds)] as const;
    return { value: mean(seconds), interval: seconds.length === 1 ? null : spread };
  }
  return measureReports(row.measure, network.tests);
}

/** The network a row names; `selected` was best on the validation examples, `best` is so on the test set. */
export function networkOf({ network: name }: Pick<PublishedRow, 'network'>, metrics: RunMetrics) {
  if (name !== 'selected' && name !== 'best')
    return metrics.networks.find((network) => network.name === name);
  const part = name === 'best' ? 'test' : 'validation';
  const figure = ({ members }: NetworkMetrics): number =>
    mean(members.map((member) => member[part]?.macroF1 ?? -1));
  return metrics.networks.reduce((best, next) => (figure(next) > figure(best) ? next : best));
}

function measureReports(
  measure: PublishedRow['measure'],
  reports: readonly ExampleReport[],
): Measured | undefined {
  const estimates = reports.map((report) => {
    if (measure === 'accuracy' || measure === 'macroF1' || measure === 'weightedF1') return report[measure];
    if (measure === 'auroc' || measure === 'sensitivity' || measure === 'specificity') {
      return report.binary?.[measure];
    }
    return undefined;
  });
  const known = estimates.filter((estimate) => estimate !== undefined);
  if (
    known.length === 0 ||
    known.some(({ value, low, high }) => value === null || low === null || high === null)
  ) {
    return undefined;
  }
  return {
    value: mean(known.map(({ value }) => value!)),
    interval: [mean(known.map(({ low }) => low!)), mean(known.map(({ high }) => high!))],
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
