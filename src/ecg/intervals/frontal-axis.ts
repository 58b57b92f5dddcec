import { plainLeadName } from '../leads/lead-name.js';

/** Pairs of leads that span the frontal plane, in the order of preference; II and III fill in what is missing. */
const PAIRS: readonly {
  readonly leads: readonly [string, string];
  /** Lead I and lead aVF from the pair. */
  readonly i: readonly [number, number];
  readonly avf: readonly [number, number];
}[] = [
  { leads: ['I', 'AVF'], i: [1, 0], avf: [0, 1] },
  { leads: ['I', 'II'], i: [1, 0], avf: [-0.5, 1] },
  { leads: ['I', 'III'], i: [1, 0], avf: [0.5, 1] },
  { leads: ['II', 'III'], i: [1, -1], avf: [0.5, 0.5] },
];

/**
 * The frontal axis from the size of a wave in two limb leads: atan2(2 aVF / √3, I).
 *
 * @param names  of the leads, as the file gives them
 * @param sizes  net area (or net amplitude) of the wave in each lead, any one unit; NaN where unknown
 * @returns      degrees, −180…180, 0 towards the left arm, 90 downwards; null where no two limb leads know it or both
 *   are 0
 *
 * Source: Novosel et al., Croat. Med. J. 40(1):77–79, 1999 (the factor that makes aVF and I alike); areas rather than
 * amplitudes: Macfarlane & Lawrie, Comprehensive Electrocardiology, 1989.
 */
export function frontalAxis(names: readonly string[], sizes: ArrayLike<number>): number | null {
  const plain = names.map(plainLeadName);
  for (const { leads, i, avf } of PAIRS) {
    const a = sizes[plain.indexOf(leads[0])] ?? Number.NaN;
    const b = sizes[plain.indexOf(leads[1])] ?? Number.NaN;
    if (Number.isNaN(a) || Number.isNaN(b) || (a === 0 && b === 0)) continue;
    const x = i[0] * a + i[1] * b;
    const y = (2 / Math.sqrt(3)) * (avf[0] * a + avf[1] * b);
    return (Math.atan2(y, x) * 180) / Math.PI;
  }
  return null;
}
