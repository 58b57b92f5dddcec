import { quantile } from '../../evaluation/index.js';
import type { EpochValue, Search, Trial } from './search-config.js';

/** Below this many other trials at an epoch nothing is said about it. */
const LEAST_TRIALS = 4;

/**
 * Whether a running trial should end: past the warm-up its best figure so far is under the quantile of what the
 * other trials had reached at the same epoch. Needs four others that came so far.
 *
 * @param epochs  the running trial's figures so far
 *
 * Source: Golovin et al., Google Vizier, KDD 2017, section 3.2.2 (median stopping rule).
 * Departs: compares best with best, for the best epoch's weights are kept; any quantile.
 */
export function shouldPrune(
  history: readonly Trial[],
  epochs: readonly EpochValue[],
  pruning: Search['pruning'],
): boolean {
  if (pruning === null || epochs.length === 0) return false;
  const now = Math.max(...epochs.map((e) => e.epoch));
  if (now <= pruning.warmup) return false;
  const others = history
    .filter((trial) => trial.epochs.some((e) => e.epoch >= now))
    .map((trial) => bestUntil(trial.epochs, now))
    .sort((a, b) => a - b);
  if (others.length < LEAST_TRIALS) return false;
  return bestUntil(epochs, now) < quantile(others, pruning.quantile);
}

function bestUntil(epochs: readonly EpochValue[], epoch: number): number {
  return Math.max(...epochs.filter((e) => e.epoch <= epoch && !Number.isNaN(e.value)).map((e) => e.value));
}
