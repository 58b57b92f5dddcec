import { breatheWhenDue } from '../../core/index.js';
import { addMatches } from '../pattern-matches.js';
import { deviation } from './moments.js';
import type { NnIntervals } from './nn-intervals.js';

/** Length of the patterns compared, and of the standard deviation what two intervals may differ by. */
const M = 2;
const R = 0.2;
/** Intervals: the cost grows with their square, so that a long series is cut. */
const BLOCK = 1000;
/** Intervals of which an entropy can be told, 10^m (Richman & Moorman). */
const FEWEST = 100;
/** Patterns between two looks at the clock. */
const PORTION = 100;

/**
 * The sample entropy of NN intervals with m = 2, r = 0.2 of the standard deviation: −ln of the chance that patterns of
 * two intervals that are alike are still so with the next interval.
 *
 * A series of more than 1000 intervals is cut into blocks of 1000, each with its own deviation (what is left at the end
 * is left out), and the median of the blocks is given. Patterns do not reach over holes.
 *
 * @returns  null under 100 intervals, or where no patterns are alike
 *
 * Source: Richman & Moorman, Am. J. Physiol. Heart Circ. Physiol. 278(6):H2039–H2049, 2000,
 * doi:10.1152/ajpheart.2000.278.6.H2039.
 */
export async function sampleEntropy(nn: NnIntervals): Promise<number | null> {
  const n = nn.ms.length;
  if (n < FEWEST) return null;
  const size = Math.min(n, BLOCK);
  const entropies: number[] = [];
  for (let at = 0; at + size <= n; at += size) {
    const entropy = await entropyOf(nn.ms.subarray(at, at + size), nn.follows.subarray(at, at + size));
    if (entropy !== null) entropies.push(entropy);
  }
  if (entropies.length === 0) return null;
  entropies.sort((a, b) => a - b);
  const half = entropies.length >> 1;
  return entropies.length % 2 === 1 ? entropies[half] : (entropies[half - 1] + entropies[half]) / 2;
}

async function entropyOf(ms: Float64Array, follows: Uint8Array): Promise<number | null> {
  const tolerance = R * deviation(ms);
  const starts: number[] = [];
  for (let i = 0; i + M < ms.length; i++) if (unbroken(follows, i)) starts.push(i);
  const matches = { agree: 0, goOn: 0 };
  for (let a = 0; a < starts.length; a++) {
    if (a % PORTION === 0) await breatheWhenDue();
    addMatches(matches, ms, starts, a, M, tolerance);
  }
  return matches.goOn === 0 ? null : Math.log(matches.agree / matches.goOn);
}

/** Whether the intervals from `i` to `i + M` share beats. */
function unbroken(follows: Uint8Array, i: number): boolean {
  for (let k = 1; k <= M; k++) if (follows[i + k] === 0) return false;
  return true;
}
