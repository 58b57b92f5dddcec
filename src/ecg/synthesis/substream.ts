import { createRandom, type Random } from '../../core/index.js';

/**
 * A source of random numbers of its own for each part of a recording (a lead, a block), so that any part
 * can be made without the ones before it.
 */
export function substream(seed: number, ...path: number[]): Random {
  let h = seed | 0;
  for (const part of path) {
    h = Math.imul(h ^ (part | 0), 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
    h ^= h >>> 13;
  }
  return createRandom(h);
}
