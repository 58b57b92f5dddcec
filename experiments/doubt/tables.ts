import type { DoubtReport } from '../../src/evaluation/index.js';
import { markdownTable } from '../../src/evaluation/tables/markdown.js';
import type { FittedLimits } from '../../src/training/doubt/fit-doubt.js';
import type { Alternative } from './alternatives.js';
import type { OutsideRow } from './outside.js';
import type { Protocol } from './protocols.js';

/** All that the experiment finds. */
interface Found {
  readonly recipe: string;
  /** Calibration by all held-out beats, as a released model has it. */
  readonly fitted: FittedLimits & { readonly temperature: number };
  readonly told: readonly Protocol[];
  readonly alternatives: readonly Alternative[];
  readonly outside: readonly OutsideRow[];
  readonly microseconds: number;
}

/** The content of results.json. */
export function doubtResults({ recipe, fitted, told, alternatives, outside, microseconds }: Found): unknown {
  return {
    command: 'npx tsx experiments/doubt/run.ts --run runs/NAME',
    recipe,
    fitted,
    told: told.map(({ name, report }) => ({ name, report })),
    alternatives,
    outside,
    microsecondsPerScore: microseconds,
  };
}

/** The content of tables.md. */
export function doubtTables(
  { recipe, fitted, told, alternatives, outside, microseconds }: Found,
  format: { report: (report: DoubtReport) => string; records: (report: DoubtReport) => string },
): string {
  const percent = (x: number) => (100 * x).toFixed(1);
  const { conformal, basis, confidence, outside: limits } = fitted.doubt;
  return `${[
    `# Doubt of ${recipe}`,
    `Fitted on all: temperature ${fitted.temperature.toFixed(3)}, least confidence ${fitted.leastProbability.toFixed(3)} (slope ${confidence.slope.toFixed(2)}, offsets N S V F Q ${confidence.offsets.map((x) => x.toFixed(2)).join(' ')}), outside scores ${limits.unusual.toFixed(2)} (unusual) and ${limits.most.toFixed(2)} (outside); ${basis}. One outside score takes ${microseconds.toFixed(1)} µs.`,
    markdownTable(
      ['sets: wanted, %', 'N', 'S', 'V', 'F', 'Q'],
      conformal.flatMap(({ coverage, least, patients, promised }) => [
        [
          `${(100 * coverage).toFixed(0)}: least probability`,
          ...least.map((x, c) => `${x.toPrecision(2)}${promised[c] ? '' : ' (no promise)'}`),
        ],
        [`${(100 * coverage).toFixed(0)}: patients`, ...patients.map(String)],
      ]),
    ),
    ...told.flatMap(({ name, report }) => [`## ${name}`, format.report(report)]),
    '## Outside: told from normal beats of held-out records of mitdb',
    markdownTable(
      ['', 'beats', 'AUROC', 'AUROC of 1 − confidence', 'called outside, %', 'uncertain, %'],
      outside.map((row) => [
        row.beats,
        String(row.count),
        row.auroc.toFixed(3),
        row.aurocOfConfidence.toFixed(3),
        percent(row.outside),
        percent(row.uncertain),
      ]),
    ),
    '## Calibrations compared across databases',
    markdownTable(
      ['', 'fitted on', 'told on', 'ECE', 'NLL', 'other class said, %'],
      alternatives.map((row) => [
        row.calibration,
        row.fitted,
        row.told,
        row.ece.toFixed(4),
        row.nll.toFixed(4),
        (100 * row.changed).toFixed(2),
      ]),
    ),
    `## Coverage of each record: ${told[0]!.name}`,
    format.records(told[0]!.report),
  ].join('\n\n')}\n`;
}
