/** A number x stands as the byte round(x / scale) + zeroPoint, cut at 0 and 255. */
export interface Affine {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** Integers of a constant array and the scale of each of its channels. */
export interface QuantisedWeights {
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/**
 * The finest steps in which 256 bytes cover a range of activations and hold 0 exactly, for padding and ReLU.
 * @param from, to  of the values; widened to hold 0
 */
export function activationSteps(from: number, to: number): Affine {
  const [low, high] = [Math.min(0, from), Math.max(0, to)];
  const scale = Math.fround((high - low) / 255);
  // Nothing but zeros, or too small for single precision.
  if (!(scale > 0) || !Number.isFinite(scale)) return { scale: 1, zeroPoint: 0 };
  return { scale, zeroPoint: Math.min(255, Math.max(0, Math.round(-low / scale))) };
}

/**
 * Symmetric integers, with a scale a channel: each weight is off by half a scale at most.
 *
 * @param axis        of the channels in `shape`
 * @param levels      largest integer: 127, or 63 where sums of two products must stay in 16 bits (see `quantiseModel`)
 * @param leastScale  of each channel, where a finer one would not leave room for the bias
 */
export function quantiseWeights(
  weights: Float32Array,
  shape: readonly number[],
  axis: number,
  levels: number,
  leastScale?: ArrayLike<number>,
): QuantisedWeights {
  const channels = shape[axis];
  const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const channelOf = (i: number) => Math.floor(i / inner) % channels;
  const largest = new Float64Array(channels);
  weights.forEach((w, i) => {
    largest[channelOf(i)] = Math.max(largest[channelOf(i)], Math.abs(w));
  });
  const scales = Float32Array.from(largest, (most, c) => {
    const scale = Math.max(Math.fround(most / levels), leastScale?.[c] ?? 0);
    // A channel of zeros has no scale of its own.
    return scale > 0 ? scale : 1;
  });
  const values = Int8Array.from(weights, (w, i) =>
    Math.min(levels, Math.max(-levels, Math.round(w / scales[channelOf(i)]))),
  );
  return { values, scales };
}

/** 2³⁰: a bias this large still leaves room for the products. */
const LARGEST_BIAS = 2 ** 30;

/** The least scale of each channel's weights with which its bias is an integer that fits. */
export function scaleForBias(bias: ArrayLike<number>, activation: number): Float32Array {
  return Float32Array.from(bias, (b) => Math.abs(b) / (activation * LARGEST_BIAS));
}

/** Biases in steps of activation scale × weight scale, in which a convolution sums. */
export function quantiseBias(bias: ArrayLike<number>, activation: number, scales: Float32Array) {
  const steps = scales.map((scale) => activation * scale);
  return { values: Int32Array.from(steps, (step, c) => Math.round(bias[c] / step)), steps };
}
