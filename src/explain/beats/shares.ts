import type { BeatInputs, BeatZone } from './beat-parts.js';
import { zoneAt } from './beat-parts.js';
import type { BeatAttribution } from './explain-beat.js';

/**
 * The share of an explanation that lies on P, QRS and T and on each group of features: magnitudes, which add up to 1;
 * all 0 where the explanation is.
 */
export function sharesOf(
  inputs: BeatInputs,
  { leads, groups }: BeatAttribution,
): Record<BeatZone | string, number> {
  const shares: Record<string, number> = { P: 0, QRS: 0, T: 0 };
  for (const lead of leads)
    for (let i = 0; i < lead.length; i++) shares[zoneAt(inputs, i)] += Math.abs(lead[i]);
  for (const [name, value] of Object.entries(groups)) shares[name] = Math.abs(value);
  const total = Object.values(shares).reduce((sum, x) => sum + x, 0);
  return Object.fromEntries(Object.entries(shares).map(([name, x]) => [name, total > 0 ? x / total : 0]));
}
