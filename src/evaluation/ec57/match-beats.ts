/** One step of the walk along two beat sequences; the indices are those of the next reference and test beat. */
export interface MatchStep {
  readonly kind: 'pair' | 'missed' | 'extra';
  readonly reference: number;
  readonly test: number;
}

/**
 * The pairs, misses and extras that two sequences of beats make, in the order of time.
 *
 * A reference and a test beat no more than `window` apart pair, unless the earlier one would leave the other a
 * closer partner that does not itself have a closer one.
 *
 * @param reference  samples, ascending
 * @param test       samples, ascending
 * @param window     samples, ≥ 0
 * @param from       sample at which the period begins; earlier beats take part in no step, but for the last test
 *   beat before it, which may be the partner of the first reference beat, and a first test beat that is left
 *   out when it lies within a window of the start and the one after it is nearer to the first reference beat
 *
 * Source: ANSI/AAMI EC57:2012, beat-by-beat comparison; the rule as the WFDB software's `bxb` applies it.
 */
export function matchBeats(
  reference: readonly number[],
  test: readonly number[],
  window: number,
  from = 0,
): MatchStep[] {
  const steps: MatchStep[] = [];
  let r = firstAt(reference, from);
  let t = firstAt(test, from);
  const first = reference[r] ?? Infinity;
  const distance = (i: number) => Math.abs(first - (test[i] ?? Infinity));
  if (t > 0 && distance(t - 1) <= window && distance(t - 1) < distance(t)) {
    steps.push({ kind: 'pair', reference: r++, test: t - 1 });
  } else if ((test[t] ?? Infinity) - from <= window && distance(t + 1) < distance(t)) {
    t++;
  }
  while (r < reference.length || t < test.length) {
    const T = reference[r] ?? Infinity;
    const u = test[t] ?? Infinity;
    const pairs =
      u < T
        ? keeps(u, T, test[t + 1] ?? Infinity, reference[r + 1] ?? Infinity, window)
        : keeps(T, u, reference[r + 1] ?? Infinity, test[t + 1] ?? Infinity, window);
    const kind = pairs ? 'pair' : u < T ? 'extra' : 'missed';
    steps.push({ kind, reference: r, test: t });
    if (kind !== 'extra') r++;
    if (kind !== 'missed') t++;
  }
  return steps;
}

/** Whether the later beat stays with the earlier one, seeing the successors of both. */
function keeps(
  earlier: number,
  later: number,
  afterEarlier: number,
  afterLater: number,
  window: number,
): boolean {
  const distance = later - earlier;
  if (!(distance <= window)) return false;
  const rival = Math.abs(later - afterEarlier);
  return distance < rival || Math.abs(afterLater - afterEarlier) < rival;
}

function firstAt(samples: readonly number[], from: number): number {
  const index = samples.findIndex((sample) => sample >= from);
  return index < 0 ? samples.length : index;
}
