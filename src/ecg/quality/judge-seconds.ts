import { breatheWhenDue, inPortions } from '../../core/index.js';

/** Some seconds of one lead, measured one by one; columns of equal length. */
export interface LeadSeconds {
  /** Highest minus lowest valid sample, mV. */
  readonly range: number[];
  /** Median size of the second difference, mV. */
  readonly noise: number[];
  /** Share of invalid samples. */
  readonly invalid: number[];
}

/** A stretch in which no lead can be read, in samples; `to` is exclusive. */
export interface BadSignal {
  readonly from: number;
  readonly to: number;
  readonly reason: 'invalid' | 'flat' | 'noise';
}

/** mV a second: a lead that moves less has come off. Real baselines, even in asystole, move more. */
const FLAT_RANGE = 0.006;
/** s of it that count; a pause between beats of a clean recording must not. */
export const FEWEST_FLAT = 4;
/**
 * Noise beside the lead's usual range in a second; white noise of a seventh of the QRS reaches it. Of mitdb's
 * seconds 0.1 % exceed 0.085, of vfdb's in sinus rhythm 0.1 % exceed 0.094.
 */
const MOST_NOISE = 0.15;
/** A second's range beside the usual one, and mV: an electrode torn at, an amplifier recovering. */
const MOST_RANGE = 4;
const LARGE_RANGE = 3;
const MOST_INVALID = 0.5;
/** s over which the usual range is taken: what is judged at a time. */
export const JUDGED_TOGETHER = 600;
/** s of noise that count, and s of calm between two noisy stretches that do not. */
export const FEWEST_NOISY = 3;
export const SHORTEST_CALM = 2;

const REASONS = ['invalid', 'flat', 'noise'] as const;
/** What is said of one second of one lead: any of these together. */
export const INVALID = 1;
export const FLAT = 2;
export const NOISY = 4;

/**
 * What each second of a lead looks like beside the others.
 *
 * @param seconds  at most `JUDGED_TOGETHER`
 * @returns        a byte a second, 0 when good; for `judgeLeads`
 */
export function judgeSeconds({ range, noise, invalid }: LeadSeconds): Uint8Array {
  const usual = usualRange(range);
  return Uint8Array.from(range, (r, s) => judgeSecond(r, noise[s], invalid[s], usual));
}

/** What one second looks like beside the usual range of its lead: a byte, 0 when good. */
export function judgeSecond(range: number, noise: number, invalid: number, usual: number): number {
  const isTorn = range > MOST_RANGE * usual && range > LARGE_RANGE;
  const moves = range < FLAT_RANGE ? FLAT : noise > MOST_NOISE * usual || isTorn ? NOISY : 0;
  return moves | (invalid > MOST_INVALID ? INVALID : 0);
}

/**
 * The stretches in which no lead can be read: short ones of flat line and noise do not count, and one good lead
 * is enough.
 *
 * @param leads   what `judgeSeconds` said of each lead, from the first second to the last
 * @param window  samples a second
 * @param length  samples in all
 */
export async function judgeLeads(
  leads: readonly Uint8Array[],
  window: number,
  length: number,
): Promise<BadSignal[]> {
  const n = leads[0]?.length ?? 0;
  // 0 good, otherwise 1 + index into REASONS; of several leads the most telling reason, the last, counts.
  const verdict = new Uint8Array(n).fill(255);
  for (const lead of leads) {
    const isNoisy = lead.map((said) => (said & NOISY ? 1 : 0));
    const isFlat = lead.map((said) => (said & FLAT ? 1 : 0));
    await breatheWhenDue();
    fillShort(isNoisy, 0, SHORTEST_CALM);
    await breatheWhenDue();
    fillShort(isNoisy, 1, FEWEST_NOISY - 1);
    await breatheWhenDue();
    fillShort(isFlat, 1, FEWEST_FLAT - 1);
    await inPortions(0, n, (from, to) => {
      for (let s = from; s < to; s++) {
        const own = lead[s] & INVALID ? 1 : isFlat[s] ? 2 : isNoisy[s] ? 3 : 0;
        if (verdict[s] === 255) verdict[s] = own;
        else verdict[s] = verdict[s] === 0 || own === 0 ? 0 : Math.max(verdict[s], own);
      }
    });
  }
  const stretches: BadSignal[] = [];
  for (let s = 0; s < n; ) {
    let end = s + 1;
    while (end < n && verdict[end] === verdict[s]) end++;
    if (verdict[s] !== 0)
      stretches.push({
        from: s * window,
        to: end === n ? length : end * window,
        reason: REASONS[verdict[s] - 1],
      });
    s = end;
  }
  return stretches;
}

/** The median range of the seconds that move. */
export function usualRange(range: ArrayLike<number>): number {
  const moving = Array.from(range).filter((r) => r >= FLAT_RANGE);
  moving.sort((a, b) => a - b);
  return moving.length === 0 ? 0 : moving[moving.length >> 1];
}

/** Turns stretches of `value` of at most `most` into the other value, except at either end of the recording. */
function fillShort(flags: Uint8Array, value: 0 | 1, most: number): void {
  for (let s = 0; s < flags.length; ) {
    let end = s + 1;
    while (end < flags.length && flags[end] === flags[s]) end++;
    const inside = s > 0 && end < flags.length;
    if (flags[s] === value && end - s <= most && (inside || value === 1)) flags.fill(1 - value, s, end);
    s = end;
  }
}
