import type { Random } from '../../core/index.js';
import { drawParzen, logParzen, parzenOf } from './parzen.js';
import { randomPoint } from './random-point.js';
import { fromUnit, type Range, toUnit } from './scale.js';
import type { Dimension, Point, Trial } from './search-config.js';

/** Random trials before the estimators have anything to say. */
const RANDOM_TRIALS = 10;
/** Share of the trials that are the good ones. */
const GOOD = 0.15;
/** Draws from the good ones' density, of which the most promising is taken. */
const CANDIDATES = 24;

/**
 * The next point of a tree-structured Parzen estimator: values that are likely among the good trials and unlikely
 * among the others, each dimension by itself.
 *
 * Source: Bergstra, Bardenet, Bengio & Kégl, Algorithms for hyper-parameter optimization, NeurIPS 2011.
 * Departs: 24 candidates for 100; pruned trials count as worse than finished ones, failed ones as worst.
 */
export function tpePoint(space: readonly Dimension[], history: readonly Trial[], random: Random): Point {
  if (history.length < RANDOM_TRIALS) return randomPoint(space, random);
  const ranked = [...history].sort(byWorth);
  const good = Math.ceil(GOOD * ranked.length);
  const values = (trials: readonly Trial[], { path }: Dimension) => trials.map((t) => t.point[path]);
  return Object.fromEntries(
    space.map((dimension) => [
      dimension.path,
      promising(
        dimension,
        values(ranked.slice(0, good), dimension),
        values(ranked.slice(good), dimension),
        random,
      ),
    ]),
  );
}

const WORTH = { done: 0, pruned: 1, failed: 2 };

/** Best first, then by index, so that equal trials have one order. */
function byWorth(a: Trial, b: Trial): number {
  return WORTH[a.state] - WORTH[b.state] || (b.value ?? 0) - (a.value ?? 0) || a.index - b.index;
}

function promising(
  dimension: Dimension,
  good: readonly unknown[],
  others: readonly unknown[],
  random: Random,
): unknown {
  return dimension.kind === 'choice'
    ? promisingChoice(dimension.values, good, others, random)
    : promisingValue(dimension, good as number[], others as number[], random);
}

function promisingValue(
  range: Range,
  good: readonly number[],
  others: readonly number[],
  random: Random,
): number {
  const likely = parzenOf(good.map((x) => toUnit(range, x)));
  const unlikely = parzenOf(others.map((x) => toUnit(range, x)));
  let best = 0;
  let most = -Infinity;
  for (let i = 0; i < CANDIDATES; i++) {
    const value = fromUnit(range, drawParzen(likely, random));
    const unit = toUnit(range, value);
    const worth = logParzen(likely, unit) - logParzen(unlikely, unit);
    if (worth > most) {
      most = worth;
      best = value;
    }
  }
  return best;
}

/** Of draws in proportion to one more than each value's count among the good, the one with the highest ratio. */
function promisingChoice(
  values: readonly unknown[],
  good: readonly unknown[],
  others: readonly unknown[],
  random: Random,
): unknown {
  const keys = values.map((value) => JSON.stringify(value));
  const shares = (seen: readonly unknown[]) => {
    const found = seen.map((value) => JSON.stringify(value));
    return keys.map((key) => (found.filter((f) => f === key).length + 1) / (seen.length + keys.length));
  };
  const likely = shares(good);
  const unlikely = shares(others);
  let best = 0;
  let most = -Infinity;
  for (let i = 0; i < CANDIDATES; i++) {
    const k = drawFrom(likely, random);
    const worth = likely[k] / unlikely[k];
    if (worth > most) {
      most = worth;
      best = k;
    }
  }
  return values[best];
}

function drawFrom(shares: readonly number[], random: Random): number {
  let rest = random.next();
  for (let k = 0; k < shares.length - 1; k++) {
    rest -= shares[k];
    if (rest < 0) return k;
  }
  return shares.length - 1;
}
