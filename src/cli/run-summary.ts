import { RESEARCH_USE_ONLY } from '../core/index.js';
import { formatPairedTable } from '../evaluation/index.js';
import type { ExampleScores, RunMetrics } from '../training/node.js';

/** A run as a person reads it: what was trained on what, a line a network, and the files' price of 8 bits. */
export function formatRun(metrics: RunMetrics): string {
  const part = metrics.networks.some(({ fp32 }) => fp32.test !== null) ? 'test' : 'validation';
  const rows = metrics.networks.map((network) => [
    network.name,
    ...scoreCells(meanScores(network.members.map((member) => member[part]))),
    network.fp32[part] === null || network.int8[part] === null
      ? '–'
      : signed(100 * (network.int8[part].macroF1 - network.fp32[part].macroF1)),
    kilobytes(network.fp32.bytes),
    kilobytes(network.int8.bytes),
    `${network.fp32.latencyMs.toFixed(2)} ms`,
    `${network.int8.latencyMs.toFixed(2)} ms`,
  ]);
  const joined = (metrics.ensemble?.readings ?? []).map(({ reading, ...scores }) => [
    `ensemble, ${reading}${reading === metrics.ensemble?.chosen ? ' (chosen)' : ''}`,
    ...scoreCells(meanScores(scores[part] ?? [])),
    ...['', '', '', '', ''],
  ]);
  const heading = ['', 'accuracy', 'macro-F1', 'weighted F1', 'INT8 points', 'fp32', 'INT8', 'fp32', 'INT8'];
  return [
    `${metrics.name} ${metrics.version}, protocol ${metrics.protocol}: ${metrics.split}`,
    `Figures of the ${part} examples, ${describeSeeds(metrics)}:`,
    alignColumns([heading, ...rows, ...joined]),
    ...metrics.paired
      .filter((paired) => paired.part === part)
      .map(({ baseline, rows: compared }) =>
        formatPairedTable(
          `macro-F1, ${part}`,
          baseline,
          compared.map(({ name, comparison }) => ({ name, comparison })),
        ),
      ),
    ...(metrics.testUses === null
      ? []
      : [
          `These test records have been scored ${metrics.testUses === 1 ? 'once' : `${metrics.testUses} times`}.`,
        ]),
    RESEARCH_USE_ONLY,
  ].join('\n');
}

/** Texts in columns, the first to the left, the others to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)));
  return rows
    .map((row) =>
      `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c]))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

/** Means over seeds; null where one was not scored. */
export function meanScores(all: readonly (ExampleScores | null)[]): ExampleScores | null {
  const scored = all.filter((scores) => scores !== null);
  if (scored.length === 0 || scored.length < all.length) return null;
  const mean = (of: (scores: ExampleScores) => number) =>
    scored.reduce((sum, scores) => sum + of(scores), 0) / scored.length;
  return {
    accuracy: mean((s) => s.accuracy),
    macroF1: mean((s) => s.macroF1),
    weightedF1: mean((s) => s.weightedF1),
  };
}

function scoreCells(scores: ExampleScores | null): string[] {
  if (scores === null) return ['–', '–', '–'];
  return [scores.accuracy, scores.macroF1, scores.weightedF1].map((x) => x.toFixed(4));
}

function describeSeeds({ networks }: RunMetrics): string {
  const seeds = networks[0].members.map(({ seed }) => seed);
  return seeds.length === 1 ? `seed ${seeds[0]}` : `mean of the seeds ${seeds.join(', ')}`;
}

function signed(points: number): string {
  return `${points >= 0 ? '+' : '−'}${Math.abs(points).toFixed(2)}`;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
