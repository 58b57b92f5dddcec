import type { Random } from '../core/index.js';

/**
 * The items in a random order, in place.
 * @returns the items
 *
 * Source: Fisher & Yates as in Knuth, TAOCP 2, 3.4.2, algorithm P.
 */
export function shuffle<Items extends Int32Array | unknown[]>(items: Items, random: Random): Items {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}
