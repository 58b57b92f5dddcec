import type { InputContract } from './contract.js';

/**
 * The median sinus beat of a span: over the beats whose RR ratio lies in the contract's range, evenly taken.
 *
 * @param windows  [beats, leads, length]
 * @param present  [beats, leads]; beats of a missing lead do not count in it
 * @param rrRatio  pre-RR / mean RR, NaN where unknown
 * @returns        [leads, length]; zeros for a lead without beats
 */
export function sinusTemplate(
  windows: Float32Array,
  present: Uint8Array,
  rrRatio: Float64Array,
  leads: number,
  length: number,
  settings: InputContract['template'],
): Float32Array {
  const candidates = sinusBeats(rrRatio, settings);
  const template = new Float32Array(leads * length);
  for (let lead = 0; lead < leads; lead++) {
    const usable = candidates.filter((i) => present[i * leads + lead] === 1);
    const taken = evenly(usable, settings.mostBeats);
    if (taken.length === 0) continue;
    const column = new Float32Array(taken.length);
    const half = taken.length >> 1;
    for (let k = 0; k < length; k++) {
      taken.forEach((i, j) => {
        column[j] = windows[(i * leads + lead) * length + k];
      });
      column.sort();
      template[lead * length + k] =
        column.length % 2 === 1 ? column[half] : (column[half - 1] + column[half]) / 2;
    }
  }
  return template;
}

/** The beats whose RR ratio lies in the contract's range; all of them where too few do. */
export function sinusBeats(rrRatio: Float64Array, settings: InputContract['template']): number[] {
  const all = Array.from(rrRatio.keys());
  const sinus = all.filter((i) => rrRatio[i] > settings.minRr && rrRatio[i] < settings.maxRr);
  return sinus.length < settings.fewest ? all : sinus;
}

/** At most `most` of the items, at even distances from the first to the last. */
function evenly(items: readonly number[], most: number): number[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, k) => items[Math.floor((k * (items.length - 1)) / Math.max(1, most - 1))],
  );
}
