/** A stretch of samples that belong to one wave; edges lie between samples. */
export interface WaveInterval {
  readonly onset: number;
  readonly offset: number;
  /** The highest probability within it, 0…1. */
  readonly certainty: number;
}

/** How probabilities of samples become waves. */
export interface IntervalRule {
  /** Least probability of a wave's best sample. */
  readonly certainty: number;
  /** s; a shorter wave is none. */
  readonly shortest: number;
  /** s; two stretches closer than this are one wave. */
  readonly gap: number;
}

/** The probability at which a wave begins and ends: on either side of it, it is more likely than not that one is within or without. */
const EDGE = 0.5;

/**
 * The stretches in which a wave is more likely than not, ascending; where they begin and end is interpolated between
 * the samples on both sides.
 *
 * @param probability  0…1, one a sample
 * @param fs           Hz
 */
export function findIntervals(
  probability: ArrayLike<number>,
  fs: number,
  rule: IntervalRule,
): WaveInterval[] {
  const stretches: { onset: number; offset: number; certainty: number }[] = [];
  const n = probability.length;
  for (let i = 0; i < n; i++) {
    if (probability[i] < EDGE) continue;
    const from = i;
    let certainty = probability[i];
    for (; i + 1 < n && probability[i + 1] >= EDGE; i++) certainty = Math.max(certainty, probability[i + 1]);
    const onset = from === 0 ? 0 : crossing(probability, from - 1);
    const offset = i === n - 1 ? n - 1 : crossing(probability, i);
    const last = stretches[stretches.length - 1];
    if (last !== undefined && onset - last.offset < rule.gap * fs) {
      last.offset = offset;
      last.certainty = Math.max(last.certainty, certainty);
    } else {
      stretches.push({ onset, offset, certainty });
    }
  }
  return stretches.filter(
    ({ onset, offset, certainty }) => certainty >= rule.certainty && offset - onset >= rule.shortest * fs,
  );
}

/** Where the straight line between samples i and i + 1 meets the edge's probability. */
function crossing(probability: ArrayLike<number>, i: number): number {
  return i + (EDGE - probability[i]) / (probability[i + 1] - probability[i]);
}
