import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochFigures } from '../../../learning-curve.js';
import { writeTrainingReport } from '../../../report/training-report.js';
import type { ReportedNetwork } from '../../../report/training-report-data.js';
import type { Recipe } from '../../recipe.js';
import type { EnsembleMetrics, NetworkMetrics, RunMetrics } from '../metrics.js';

/** Writes a run's `report.html`: of the test set where that was scored, else of the validation examples. */
export async function writeRunReport(
  folder: string,
  recipe: Recipe,
  metrics: RunMetrics,
  members: readonly (readonly { readonly epochs: readonly EpochFigures[] }[])[],
  pictures: readonly { readonly title: string; readonly svg: string }[] = [],
): Promise<void> {
  const versions = JSON.parse(await readFile(join(folder, 'versions.json'), 'utf8')) as Record<
    string,
    string
  >;
  const networks = metrics.networks.flatMap((network, i) => reported(network, members[i]) ?? []);
  const joined = ensembleNetwork(metrics.ensemble);
  const page = writeTrainingReport({
    title: `${metrics.name} ${metrics.version}, ${metrics.protocol}`,
    config: recipe,
    split: metrics.split,
    leaky: metrics.leaky,
    networks: joined === undefined ? networks : [...networks, joined],
    versions,
    figures: pictures,
    notes: notesOf(metrics),
  });
  await writeFile(join(folder, 'report.html'), page);
}

function reported(
  network: NetworkMetrics,
  members: readonly { readonly epochs: readonly EpochFigures[] }[],
): ReportedNetwork | undefined {
  const scored = network.tests.length > 0;
  const test = scored ? network.tests[0] : network.validation;
  if (test === null) return undefined;
  return {
    name: network.name,
    parameters: network.parameters,
    seconds: network.members.reduce((sum, { seconds }) => sum + seconds, 0),
    epochs: members.map(({ epochs }) => epochs),
    validation: scored ? network.validation : null,
    test,
    exports: (['fp32', 'int8'] as const).flatMap((precision) => {
      const { bytes, latencyMs, batchLatencyMs, test: onTest, validation } = network[precision];
      const scores = onTest ?? validation;
      return scores === null ? [] : [{ precision, bytes, latencyMs, batchLatencyMs, ...scores }];
    }),
  };
}

function ensembleNetwork(ensemble: EnsembleMetrics | null): ReportedNetwork | undefined {
  if (ensemble === null || ensemble.tests.length === 0) return undefined;
  return {
    name: `ensemble (${ensemble.chosen})`,
    parameters: 0,
    seconds: 0,
    epochs: [],
    validation: null,
    test: ensemble.tests[0],
    exports: [],
  };
}

function notesOf({ testUses, networks, ensemble, classes, counts }: RunMetrics): string[] {
  const scored = networks.some(({ tests }) => tests.length > 0);
  const sides = (['train', 'validation', 'test'] as const).map(
    (side) => `${side} ${classes.map((name, c) => `${name} ${counts[side][c]}`).join(' ')}`,
  );
  return [
    scored
      ? 'Figures are of the test set; epochs, calibration and the ensemble were chosen on the validation examples.'
      : 'Figures are of the validation examples: the test set has not been scored.',
    ...(testUses === null
      ? []
      : [
          `These test records have been scored ${testUses === 1 ? 'once, now' : `${testUses} times, this time included`}.`,
        ]),
    `Examples: ${sides.join('; ')}.`,
    ...(ensemble === null
      ? []
      : [
          `Ensemble of ${ensemble.members.join(', ')}; the reading ${ensemble.chosen} was best on the validation examples.`,
        ]),
  ];
}
