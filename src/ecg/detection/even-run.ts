import type { Candidates } from './candidates.js';
import { DETECTION } from './constants.js';

/**
 * The mean distance of the last run of evenly spaced candidates of like height, internal samples; infinite where
 * there is none. Such a run is a rhythm, however fast: neither noise nor T waves keep time and height together.
 */
export function evenRunDistance(c: Candidates): number {
  let length = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = 1; i < c.count; i++) {
    const d = c.clock[i]! - c.clock[i - 1]!;
    const before = i > 1 ? c.clock[i - 1]! - c.clock[i - 2]! : d;
    const even =
      alike(c.height[i]!, c.height[i - 1]!, DETECTION.evenHeight) && alike(d, before, DETECTION.evenDistance);
    length = even && c.height[i]! > DETECTION.evenLowest ? length + 1 : 0;
    if (length >= DETECTION.evenRun) distance = (c.clock[i]! - c.clock[i - length]!) / length;
  }
  return distance;
}

function alike(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.min(a, b);
}
