import { createRandom, EcgError, inPortions, type Random } from '../../core/index.js';
import type { FamiliarBeats } from '../../models/index.js';

/** How finely familiar beats are described. */
export interface FamiliarSizes {
  readonly axes: number;
  readonly centres: number;
  /** What the squared distance from the space of the axes counts. */
  readonly residual: number;
  readonly seed: number;
}

/** Chosen on held-out beats of mitdb DS1 with leads inverted, off and in noise (experiments/doubt). */
export const FAMILIAR_SIZES: FamiliarSizes = { axes: 24, centres: 128, residual: 8, seed: 1 };

/** Rows gone through between two looks at the clock. */
const ROWS = 64;
const AXIS_ROUNDS = 40;
const CENTRE_ROUNDS = 15;

/**
 * Centres in the principal axes of some beats: what an outside score measures the distance to.
 *
 * @param beats  [n, width]: the leads' prepared samples side by side
 * @throws EcgError `too-short` with fewer beats than centres or axes
 *
 * Source: principal axes by orthogonal iteration, Golub & Van Loan, Matrix Computations, 8.2.4; centres by Lloyd's
 *   k-means, IEEE Trans. Inf. Theory 28:129–137, 1982.
 */
export async function fitFamiliar(
  beats: Float32Array,
  width: number,
  sizes: FamiliarSizes = FAMILIAR_SIZES,
): Promise<FamiliarBeats> {
  const n = beats.length / width;
  const dimensions = Math.min(sizes.axes, width);
  if (n < Math.max(sizes.centres, dimensions)) {
    throw new EcgError(
      'too-short',
      `familiar beats: ${n} beats for ${sizes.centres} centres in ${dimensions} axes, give more beats or ask for less`,
    );
  }
  const random = createRandom(sizes.seed);
  const mean = new Float64Array(width);
  for (let i = 0; i < beats.length; i++) mean[i % width] += beats[i] / n;
  const axes = await principalAxes(await covariance(beats, mean), width, dimensions, random);
  const places = new Float32Array(n * dimensions);
  await rowsOf(n, (i) => {
    for (let d = 0; d < dimensions; d++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (beats[i * width + k] - mean[k]) * axes[d][k];
      places[i * dimensions + d] = sum;
    }
  });
  const centres = await kMeans(places, dimensions, sizes.centres, random);
  return {
    mean: rounded(mean),
    axes: axes.map(rounded),
    centres: centres.map(rounded),
    residual: sizes.residual,
  };
}

async function rowsOf(n: number, work: (row: number) => void): Promise<void> {
  await inPortions(
    0,
    n,
    (from, to) => {
      for (let i = from; i < to; i++) work(i);
    },
    ROWS,
  );
}

/** [width, width], times the number of beats. */
async function covariance(beats: Float32Array, mean: Float64Array): Promise<Float64Array> {
  const width = mean.length;
  const sums = new Float64Array(width * width);
  const beat = new Float64Array(width);
  await rowsOf(beats.length / width, (i) => {
    for (let k = 0; k < width; k++) beat[k] = beats[i * width + k] - mean[k];
    for (let a = 0; a < width; a++) for (let b = 0; b <= a; b++) sums[a * width + b] += beat[a] * beat[b];
  });
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) sums[b * width + a] = sums[a * width + b];
  return sums;
}

async function principalAxes(
  matrix: Float64Array,
  width: number,
  count: number,
  random: Random,
): Promise<Float64Array[]> {
  let axes = Array.from({ length: count }, () => Float64Array.from({ length: width }, () => random.normal()));
  orthonormalise(axes);
  for (let round = 0; round < AXIS_ROUNDS; round++) {
    const turned = axes.map(() => new Float64Array(width));
    await rowsOf(count, (d) => {
      for (let a = 0; a < width; a++) {
        let sum = 0;
        for (let b = 0; b < width; b++) sum += matrix[a * width + b] * axes[d][b];
        turned[d][a] = sum;
      }
    });
    axes = turned;
    orthonormalise(axes);
  }
  return axes;
}

/** Modified Gram–Schmidt, in place; an axis that vanishes stays zeros. */
function orthonormalise(axes: readonly Float64Array[]): void {
  axes.forEach((axis, d) => {
    const before = Math.hypot(...axis);
    for (let e = 0; e < d; e++) {
      const along = dot(axis, axes[e]);
      for (let k = 0; k < axis.length; k++) axis[k] -= along * axes[e][k];
    }
    const norm = Math.hypot(...axis);
    const scale = norm > 1e-9 * before ? 1 / norm : 0;
    for (let k = 0; k < axis.length; k++) axis[k] *= scale;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Centres of points [n, dimensions]; one that no point is nearest to stays where it is. */
async function kMeans(
  points: Float32Array,
  dimensions: number,
  count: number,
  random: Random,
): Promise<Float64Array[]> {
  const n = points.length / dimensions;
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const centres = new Float64Array(count * dimensions);
  for (let c = 0; c < count; c++) {
    const pick = c + random.integer(n - c);
    [order[c], order[pick]] = [order[pick], order[c]];
    centres.set(points.subarray(order[c] * dimensions, (order[c] + 1) * dimensions), c * dimensions);
  }
  for (let round = 0; round < CENTRE_ROUNDS; round++) {
    const sums = new Float64Array(centres.length);
    const members = new Uint32Array(count);
    await rowsOf(n, (i) => {
      const c = nearest(points, i * dimensions, centres, dimensions);
      members[c]++;
      for (let d = 0; d < dimensions; d++) sums[c * dimensions + d] += points[i * dimensions + d];
    });
    for (let k = 0; k < centres.length; k++) {
      const beats = members[Math.floor(k / dimensions)];
      if (beats > 0) centres[k] = sums[k] / beats;
    }
  }
  return Array.from({ length: count }, (_, c) => centres.slice(c * dimensions, (c + 1) * dimensions));
}

function nearest(points: Float32Array, at: number, centres: Float64Array, dimensions: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let from = 0; from < centres.length; from += dimensions) {
    let sum = 0;
    for (let d = 0; d < dimensions && sum < least; d++) {
      const x = points[at + d] - centres[from + d];
      sum += x * x;
    }
    if (sum < least) {
      least = sum;
      best = from / dimensions;
    }
  }
  return best;
}

/** Four decimals: a card travels as text, in which there is no −0. */
function rounded(values: Float64Array): number[] {
  return Array.from(values, (x) => Math.round(x * 1e4) / 1e4 + 0);
}
