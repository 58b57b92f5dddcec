import { LITERATURE_MAP } from '../../src/ecg/index.js';
import {
  addCounts,
  bootstrapPatients,
  type ClassReport,
  type ClassStatistics,
  classStatistics,
  type RecordCounts,
} from '../../src/evaluation/index.js';
import type { ModelCard } from '../../src/models/index.js';
import { recordCounts } from '../../src/training/index.js';
import type { TestScores, TrainedBeats } from '../../src/training/node.js';

const COMMAND = 'npx tsx experiments/beats/run.ts';

/** One published number; see scripts/figures. */
export interface Figure {
  readonly id: string;
  readonly value: number;
  readonly interval?: readonly [number, number];
  readonly unit: string;
  readonly split: string;
  readonly command: string;
  readonly date: string;
}

/** A fraction without an interval of its own. */
export function figureOf(id: string, value: number, split: string): Figure {
  return {
    id,
    value,
    unit: 'fraction',
    split,
    command: COMMAND,
    date: new Date().toISOString().slice(0, 10),
  };
}

const FIGURES: readonly {
  readonly id: string;
  readonly without?: string;
  readonly of: (statistics: ClassStatistics) => number;
}[] = [
  { id: 'macro-f1', of: ({ macroF1 }) => macroF1 },
  { id: 's-f1', of: ({ classes }) => classes.S.f1 },
  { id: 's-f1-without-232', without: 'mitdb/232', of: ({ classes }) => classes.S.f1 },
  { id: 'v-f1', of: ({ classes }) => classes.V.f1 },
];

/**
 * What `results.json` holds of a scoring: the published figures are the means over the single networks
 * (`PREFIX.…`) and those of the released model (`PREFIX.released.…`), with patient bootstrap intervals.
 */
export function beatResults(prefix: string, scores: TestScores, trained: TrainedBeats, card: ModelCard) {
  const date = new Date().toISOString().slice(0, 10);
  const { split } = scores.networks[0].reports['given literature'].context;
  const singles = [...scores.networks.keys()].slice(1);
  const describe = (many: string): string =>
    `${split.title}, ${scores.predictions.length} records, R peaks given, ${LITERATURE_MAP.title}, ${many}`;
  const figures = (under: string, networks: readonly number[], many: string): Figure[] =>
    FIGURES.map(({ id, without, of }) => {
      const values = networks.map((network) => of(pooled(counts(scores, network, without))));
      return {
        id: `${under}.${id}`,
        value: mean(values),
        interval: meanInterval(
          networks.map((network) => counts(scores, network, without)),
          of,
        ),
        unit: 'fraction',
        split: `${describe(many)}${without === undefined ? '' : `, without ${without.slice(6)}`}`,
        command: COMMAND,
        date,
      };
    });
  return {
    figures: [
      ...figures(prefix, singles, `mean of ${singles.length} networks`),
      ...figures(`${prefix}.released`, [0], 'released model'),
    ],
    track: {
      modelSha256: scores.modelSha256,
      recipeSha256: card.training.recipeSha256,
      seeds: card.training.seeds,
      statistics: 'whole record (template, scale, mean RR): not causal',
      perSeed: Object.fromEntries(
        FIGURES.map(({ id, without, of }) => {
          const values = singles.map((network) => of(pooled(counts(scores, network, without))));
          return [id, { values, mean: mean(values), sd: deviation(values) }];
        }),
      ),
      crossValidation: trained.crossValidation,
      ...(trained.validation !== undefined && {
        validation: { records: 'svdb, all', ...trained.validation },
      }),
      reports: Object.fromEntries(
        Object.entries(scores.networks[0].reports).map(([name, report]) => [name, withoutBins(report)]),
      ),
    },
  };
}

function counts(scores: TestScores, network: number, without?: string): RecordCounts[] {
  return scores.predictions
    .filter(({ id }) => id !== without)
    .map((record) => recordCounts(record, { map: LITERATURE_MAP, peaks: 'given', network }));
}

function pooled(records: readonly RecordCounts[]): ClassStatistics {
  return classStatistics(addCounts(records.map((record) => record.counts)));
}

/**
 * The interval of the mean over networks: every network sees the same resample of patients, drawn by one seed,
 * so the interval of the mean lies at the mean of the networks' bounds where they move together.
 */
function meanInterval(
  networks: readonly (readonly RecordCounts[])[],
  of: (statistics: ClassStatistics) => number,
): [number, number] {
  const intervals = networks.map(
    (records) =>
      bootstrapPatients(records, (sum) => ({ value: of(classStatistics(sum)) }), { seed: 1 }).value,
  );
  return [mean(intervals.map(({ low }) => low)), mean(intervals.map(({ high }) => high))];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - m) ** 2, 0) / Math.max(1, values.length - 1));
}

/** A report without the bins of its reliability diagram, which a table does not show. */
function withoutBins(report: ClassReport) {
  const { context, probabilities, ...rest } = report;
  return {
    title: { ...context, map: context.map.id, split: context.split.title },
    ...rest,
    ...(probabilities !== undefined && {
      ece: probabilities.reliability.ece,
      nll: probabilities.reliability.nll,
      brier: probabilities.reliability.brier,
      riskCoverage: probabilities.riskCoverage,
    }),
  };
}
