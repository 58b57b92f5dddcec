import { breatheWhenDue } from '../../core/index.js';
import { mean } from './moments.js';

/** Boxes between two looks at the clock. */
const PORTION = 4096;
/** Boxes of the longest length that a series must hold (chosen). */
const FEWEST_BOXES = 4;

/** The lengths of boxes of the short-term and of the long-term exponent, intervals. */
export const DFA_SHORT = { from: 4, to: 16 } as const;
export const DFA_LONG = { from: 16, to: 64 } as const;

/**
 * The exponent with which the fluctuation of the summed series grows with the length of the box in which its linear
 * trend is taken off: 0.5 for white noise, 1 for 1/f noise, 1.5 for Brownian motion.
 *
 * The slope of log F(n) over log n, by least squares over every whole n of the range. Short boxes flatter: for white
 * noise the range 4…16 gives 0.58. The intervals are taken as they follow in `values`, holes closed.
 *
 * @param values  NN intervals, any unit
 * @returns       null where the longest box does not fit four times, or nothing fluctuates
 *
 * Source: Peng et al., Chaos 5(1):82–87, 1995, doi:10.1063/1.166141.
 */
export async function fluctuationExponent(
  values: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number | null> {
  if (values.length < FEWEST_BOXES * to) return null;
  const centre = mean(values);
  const profile = new Float64Array(values.length);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] - centre;
    profile[i] = sum;
  }
  const logSizes: number[] = [];
  const logFluctuations: number[] = [];
  for (let n = from; n <= to; n++) {
    const squares = await squaredFluctuation(profile, n);
    if (!(squares > 0)) return null;
    logSizes.push(Math.log(n));
    logFluctuations.push(Math.log(squares) / 2);
  }
  return slope(logSizes, logFluctuations);
}

/** The mean square of what is left of the profile in boxes of `n` without their linear trend. */
async function squaredFluctuation(profile: Float64Array, n: number): Promise<number> {
  const boxes = Math.floor(profile.length / n);
  const middle = (n - 1) / 2;
  const spread = (n * (n * n - 1)) / 12;
  let total = 0;
  for (let box = 0; box < boxes; box++) {
    if (box % PORTION === 0) await breatheWhenDue();
    const at = box * n;
    let sum = 0;
    let squares = 0;
    let moment = 0;
    for (let k = 0; k < n; k++) {
      const y = profile[at + k] - profile[at];
      sum += y;
      squares += y * y;
      moment += (k - middle) * y;
    }
    total += Math.max(0, squares - (sum * sum) / n - (moment * moment) / spread);
  }
  return total / (boxes * n);
}

function slope(x: readonly number[], y: readonly number[]): number {
  const centreX = mean(x);
  const centreY = mean(y);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    xx += (x[i] - centreX) ** 2;
    xy += (x[i] - centreX) * (y[i] - centreY);
  }
  return xy / xx;
}
