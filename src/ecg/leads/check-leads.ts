import { averageBeats } from './average-beat.js';
import { type BeatZones, beatZones } from './beat-zones.js';
import { plainLeadName } from './lead-name.js';
import {
  FLAT_LIMITS,
  POLARITY_ALONE,
  POLARITY_AMONG,
  SWAP_BY_LIMBS,
  SWAP_WITH_CHEST,
} from './lead-weights.js';
import { type ArmLegSwap, findLimbSwap, type LimbPair } from './limb-swap.js';
import { INDEPENDENT_LEADS, type PolarityWeights, seemsInverted } from './polarity.js';
import { findRightLegSwap, type RightLegSwap } from './right-leg-swap.js';

/** Electrodes that changed places: right and left arm, left leg, right leg. */
export type LimbSwap = ArmLegSwap | RightLegSwap;

/** What there is to check. */
export interface LeadsToCheck {
  /** mV, NaN where invalid; of one length. A few minutes tell as much as a day. */
  readonly leads: readonly Float32Array[];
  /** As the file gives them. */
  readonly names: readonly string[];
  /** Hz. */
  readonly fs: number;
  /** R peaks within `leads`, samples, ascending. */
  readonly beats: ArrayLike<number>;
}

/** Leads that seem to be wrong. */
export interface LeadCheck {
  /** Names, as given, of leads that seem upside down. */
  readonly inverted: string[];
  /** The exchange of limb electrodes that explains the limb leads best; null where there seems to be none. */
  readonly swap: LimbSwap | null;
  /** What was noticed, for a reader. */
  readonly sentences: string[];
}

/** Leads of recorders that look like a standard one. */
const LIKE: Readonly<Record<string, string>> = { MLI: 'I', MLII: 'II', ML5: 'V5', CM5: 'V5', CS5: 'V5' };
/** Leads that turn with the limb electrodes. */
const LIMB_LEADS = new Set(['I', 'II', 'III', 'AVR', 'AVL', 'AVF']);

const PLACES = { RA: 'right arm', LA: 'left arm', LL: 'left leg', RL: 'right leg' } as const;

/**
 * Whether leads seem upside down or limb electrodes exchanged, by the shape of the average beat.
 *
 * With I and II (or III) the exchanges of limb electrodes are tried; with V1 … V6 too they are seen best. Each lead
 * that has one usual way up, and a lone lead without a known name, is looked at for it. Figures of how often this is right and
 * how often wrong: experiments/lead-check. Diseases that turn the heart's axes can look the same: a finding is a reason
 * to check, no proof.
 *
 * @returns  nothing found with fewer than three beats
 */
export function checkLeads({ leads, names, fs, beats }: LeadsToCheck): LeadCheck {
  const averages = averageBeats(leads, beats, fs);
  const present = averages.filter((beat) => beat !== null);
  if (present.length === 0) return { inverted: [], swap: null, sentences: [] };
  const zones = beatZones(present, usualInterval(beats) / fs);
  const plain = names.map((name) => LIKE[plainLeadName(name)] ?? plainLeadName(name));
  const find = (name: string): Float32Array | null => averages[plain.indexOf(name)] ?? null;

  const swap = findSwap(find, zones);
  const independent = INDEPENDENT_LEADS.map(find);
  const all = independent.every((beat) => beat !== null) ? independent : null;
  const inverted = names.filter((_, k) => {
    const beat = averages[k];
    const lead = plain[k];
    if (beat === null || (swap !== null && LIMB_LEADS.has(lead))) return false;
    const alone = POLARITY_ALONE[lead] ?? (names.length === 1 ? POLARITY_ALONE['any'] : undefined);
    if (all === null) return alone !== undefined && seemsInverted(beat, null, zones, alone);
    const among: PolarityWeights | undefined = POLARITY_AMONG[lead];
    const others = all.filter((_, j) => INDEPENDENT_LEADS[j] !== lead);
    return among !== undefined && seemsInverted(beat, others, zones, among);
  });
  return { inverted, swap, sentences: [...swapSentences(swap), ...inverted.map(invertedSentence)] };
}

function findSwap(find: (name: string) => Float32Array | null, zones: BeatZones): LimbSwap | null {
  const limbs = limbPair(find);
  if (limbs === null) return null;
  const chest = INDEPENDENT_LEADS.slice(2).map(find);
  const whole = chest.every((beat) => beat !== null);
  return (
    findRightLegSwap(limbs, FLAT_LIMITS) ??
    (whole
      ? findLimbSwap(limbs, chest, zones, SWAP_WITH_CHEST)
      : findLimbSwap(limbs, null, zones, SWAP_BY_LIMBS))
  );
}

/** Leads I and II, from two of I, II and III; null where three contradict each other, as with one upside down. */
function limbPair(find: (name: string) => Float32Array | null): LimbPair | null {
  const [i, ii, iii] = [find('I'), find('II'), find('III')];
  if (i !== null && ii !== null) return iii === null || agree(i, ii, iii) ? { i, ii } : null;
  if (iii === null) return null;
  if (i !== null) return { i, ii: i.map((x, k) => x + iii[k]) };
  return ii === null ? null : { i: ii.map((x, k) => x - iii[k]), ii };
}

/** Whether III is II − I, up to half of the power of all three. */
function agree(i: Float32Array, ii: Float32Array, iii: Float32Array): boolean {
  let apart = 0;
  let power = 0;
  for (let k = 0; k < i.length; k++) {
    apart += (ii[k] - i[k] - iii[k]) ** 2;
    power += i[k] ** 2 + ii[k] ** 2 + iii[k] ** 2;
  }
  return apart <= power / 2;
}

/** Samples of the median RR interval. */
function usualInterval(beats: ArrayLike<number>): number {
  const rr = Float64Array.from({ length: beats.length - 1 }, (_, k) => beats[k + 1] - beats[k]).sort();
  return rr[rr.length >> 1];
}

function swapSentences(swap: LimbSwap | null): string[] {
  if (swap === null) return [];
  const [a, b] = swap.split('-') as [keyof typeof PLACES, keyof typeof PLACES];
  return [
    `The limb leads look as if the electrodes of the ${PLACES[a]} and the ${PLACES[b]} were exchanged (${swap}): check them.`,
  ];
}

const invertedSentence = (name: string): string =>
  `Lead ${name} seems to be upside down: its P wave, QRS and T wave point the unusual way.`;
