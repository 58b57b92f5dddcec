import { breatheWhenDue } from '../../core/index.js';
import { smallMedian } from '../../dsp/index.js';
import type { AtrialWaves } from './av-block.js';

/** Beats in a window: enough for the P waves to go through the cycle. */
const WINDOW = 8;
/** s: an escape rhythm is slower than 60 a minute. */
const ESCAPE_RR = 1;
/** Of the median RR that intervals of an escape rhythm differ by at most (chosen). */
const EVEN = 0.1;
/** Of the PP interval, what P waves may be early or late, and the share of them that must not be (chosen). */
const ON_TIME = 0.15;
const REGULAR = 0.8;
/** P waves a beat: the atria are faster. */
const FASTER = 1.2;
/** Length of the mean of the beats' phases in the PP cycle, 1 where PR is constant, under which it is without order (chosen). */
const ORDER = 0.6;
/** P waves in a window at most: 300 a minute over beats at 20 a minute. */
const MOST_WAVES = 15 * WINDOW;

/** Windows between two looks at the clock. */
const PORTION = 1024;

/** Beats, by index; both inclusive. */
export interface DissociatedStretch {
  readonly first: number;
  readonly last: number;
}

/**
 * Where even P waves and slower even beats have nothing to do with each other: third-degree block.
 *
 * In every window of eight beats RR is over 1 s and even (± 10 %), there are at least 1.2 P waves a beat, 80 % of their
 * intervals are one PP or a multiple (P waves hide in QRS and T), and where in the PP cycle the beats fall has no order:
 * the mean of their phases as unit vectors is shorter than 0.6. At 2:1 it is 1. Not told: atria and ventricles whose rates
 * are multiples by chance, and block in atrial fibrillation.
 *
 * @returns  ascending, not overlapping
 *
 * Source: Kusumoto et al., 2018 ACC/AHA/HRS guideline on bradycardia, J. Am. Coll. Cardiol. 74(7):e51–e156, 2019,
 * doi:10.1016/j.jacc.2018.10.044, table 3: no evidence of AV conduction.
 */
export async function dissociatedBeats(atria: AtrialWaves): Promise<DissociatedStretch[]> {
  const { beats, pWaves } = atria;
  const stretches: DissociatedStretch[] = [];
  let w = 0;
  for (let first = 0; first + WINDOW <= beats.length; first++) {
    if (first % PORTION === 0) await breatheWhenDue();
    const last = first + WINDOW - 1;
    while (w < pWaves.length && pWaves[w] < beats[first] - ESCAPE_RR * atria.fs) w++;
    if (!evenEscape(atria, first, last) || !withoutOrder(atria, first, last, w)) continue;
    const open = stretches.at(-1);
    if (open !== undefined && first <= open.last)
      stretches[stretches.length - 1] = { first: open.first, last };
    else stretches.push({ first, last });
  }
  return stretches;
}

const intervals = new Float64Array(WINDOW);

function evenEscape({ rr }: AtrialWaves, first: number, last: number): boolean {
  let n = 0;
  for (let i = first + 1; i <= last; i++) {
    if (!(rr[i] > ESCAPE_RR)) return false;
    intervals[n++] = rr[i];
  }
  const median = smallMedian(intervals, n);
  return intervals[n - 1] - median <= EVEN * median && median - intervals[0] <= EVEN * median;
}

/** Whether the P waves from `w` on are even, more than the beats, and the beats anywhere in their cycle. */
function withoutOrder({ beats, pWaves }: AtrialWaves, first: number, last: number, w: number): boolean {
  const waves: number[] = [];
  for (let k = w; k < pWaves.length && pWaves[k] < beats[last]; k++) waves.push(pWaves[k]);
  const count = waves.length;
  if (count > MOST_WAVES || waves.filter((wave) => wave >= beats[first]).length < FASTER * (WINDOW - 1))
    return false;
  const distances = Float64Array.from({ length: count - 1 }, (_, k) => waves[k + 1] - waves[k]);
  const pp = smallMedian(Float64Array.from(distances), count - 1);
  const onTime = distances.filter((d) => {
    const cycles = Math.round(d / pp);
    return cycles >= 1 && Math.abs(d - cycles * pp) <= ON_TIME * pp;
  }).length;
  if (onTime < REGULAR * (count - 1)) return false;
  let x = 0;
  let y = 0;
  let n = 0;
  let k = 0;
  for (let i = first; i <= last; i++) {
    while (k + 1 < count && waves[k + 1] < beats[i]) k++;
    if (!(waves[k] < beats[i])) continue;
    const phase = (2 * Math.PI * (beats[i] - waves[k])) / pp;
    x += Math.cos(phase);
    y += Math.sin(phase);
    n++;
  }
  return n > 0 && Math.hypot(x, y) / n < ORDER;
}
