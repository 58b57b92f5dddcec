import { escapeText } from '../core/index.js';
import { formatProbability, formatShare } from './number-format.js';

// Numbers that are small or near to all are shown with `<` and `>`, which a page must not hold bare.

/** `formatShare` for a page. */
export function shareText(share: number | null): string {
  return escapeText(formatShare(share));
}

/** `formatProbability` for a page. */
export function probabilityText(probability: number): string {
  return escapeText(formatProbability(probability));
}
