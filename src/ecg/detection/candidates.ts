/** Peaks of the fused envelope that may be beats and are not decided yet; columns, oldest first. */
export interface Candidates {
  count: number;
  /** Internal sample of the peak. */
  readonly at: Float64Array;
  /** Valid time at the peak, internal samples: gaps do not count. */
  readonly clock: Float64Array;
  /** Height in usual QRS levels. */
  readonly height: Float64Array;
  /** Noise around it, in the same measure. */
  readonly noise: Float64Array;
  /** Share of quick bends in it, any unit: large in a QRS, small in a T wave of the same height. */
  readonly sharpness: Float64Array;
}

/** More than can lie in the longest undecided stretch at one a refractory period. */
export const MOST_CANDIDATES = 128;

export function createCandidates(): Candidates {
  const column = () => new Float64Array(MOST_CANDIDATES);
  return { count: 0, at: column(), clock: column(), height: column(), noise: column(), sharpness: column() };
}

/** Adds the newest candidate; the oldest goes where there is no room. */
export function addCandidate(
  c: Candidates,
  at: number,
  clock: number,
  height: number,
  noise: number,
  sharpness: number,
): void {
  if (c.count === MOST_CANDIDATES) dropCandidates(c, 1);
  const i = c.count++;
  c.at[i] = at;
  c.clock[i] = clock;
  c.height[i] = height;
  c.noise[i] = noise;
  c.sharpness[i] = sharpness;
}

/** Removes the oldest `n`. */
export function dropCandidates(c: Candidates, n: number): void {
  if (n === 0) return;
  for (const column of [c.at, c.clock, c.height, c.noise, c.sharpness]) column.copyWithin(0, n, c.count);
  c.count -= n;
}
