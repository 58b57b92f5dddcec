import { comparePaired, type PairedComparison } from '../../../evaluation/index.js';
import type { Recipe } from '../recipe.js';
import type { NetworkMetrics } from './metrics.js';

/** Networks that differ in one thing from the baseline, seed by seed. */
export interface PairedMetrics {
  readonly figure: 'macroF1';
  readonly part: 'validation' | 'test';
  readonly baseline: string;
  readonly rows: readonly { readonly name: string; readonly comparison: PairedComparison }[];
}

/** The recipe's comparison on each part that was scored; none below five seeds. */
export function measurePaired(
  paired: Recipe['paired'],
  networks: readonly NetworkMetrics[],
): readonly PairedMetrics[] {
  if (paired === null || networks[0].members.length < 5) return [];
  const { baseline, against } = paired;
  const figures = (name: string, part: PairedMetrics['part']): number[] =>
    networks
      .find((network) => network.name === name)!
      .members.flatMap((member) => member[part]?.macroF1 ?? []);
  return (['validation', 'test'] as const)
    .filter((part) => figures(baseline, part).length >= 5)
    .map((part) => ({
      figure: 'macroF1' as const,
      part,
      baseline,
      rows: against.map((name) => ({
        name,
        comparison: comparePaired(figures(baseline, part), figures(name, part)),
      })),
    }));
}
