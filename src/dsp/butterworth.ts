import { EcgError } from '../core/index.js';

/** One second-order section, normalised: y = b0 x + b1 x₁ + b2 x₂ − a1 y₁ − a2 y₂. A first-order one has b2 = a2 = 0. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** A Butterworth filter to design. */
export interface ButterworthDesign {
  /** Hz of the signal. */
  readonly fs: number;
  /** Hz at which the gain is 1/√2; between 0 and fs/2. */
  readonly cutoff: number;
  /** 1 … 12: 6 dB an octave each. */
  readonly order: number;
}

/**
 * A Butterworth low-pass as second-order sections; its gain is 1 / √(1 + (tan(πf/fs) / tan(πcutoff/fs))^2·order).
 *
 * @throws EcgError `bad-option` for an order or a cutoff out of range
 *
 * Source: bilinear transform with prewarping, Oppenheim & Schafer, Discrete-Time Signal Processing, 3rd ed., §7.2.
 */
export function butterworthLowPass(design: ButterworthDesign): Biquad[] {
  return sections(
    design,
    (w, damping) => {
      const a0 = 1 + damping * w + w * w;
      const b = (w * w) / a0;
      return { b0: b, b1: 2 * b, b2: b, a1: (2 * (w * w - 1)) / a0, a2: (1 - damping * w + w * w) / a0 };
    },
    (w) => {
      const b = w / (1 + w);
      return { b0: b, b1: b, b2: 0, a1: (w - 1) / (1 + w), a2: 0 };
    },
  );
}

/**
 * A Butterworth high-pass as second-order sections: `butterworthLowPass` mirrored, tan(πcutoff/fs) / tan(πf/fs).
 *
 * @throws EcgError `bad-option` for an order or a cutoff out of range
 */
export function butterworthHighPass(design: ButterworthDesign): Biquad[] {
  return sections(
    design,
    (w, damping) => {
      const a0 = 1 + damping * w + w * w;
      const b = 1 / a0;
      return { b0: b, b1: -2 * b, b2: b, a1: (2 * (w * w - 1)) / a0, a2: (1 - damping * w + w * w) / a0 };
    },
    (w) => {
      const b = 1 / (1 + w);
      return { b0: b, b1: -b, b2: 0, a1: (w - 1) / (1 + w), a2: 0 };
    },
  );
}

/** The pole pairs of a Butterworth prototype, and its real pole where the order is odd. */
function sections(
  { fs, cutoff, order }: ButterworthDesign,
  pair: (warped: number, damping: number) => Biquad,
  single: (warped: number) => Biquad,
): Biquad[] {
  if (!(Number.isInteger(order) && order >= 1 && order <= 12))
    throw new EcgError('bad-option', `butterworth: order must be a whole number from 1 to 12, got ${order}`);
  if (!(cutoff > 0 && cutoff < fs / 2))
    throw new EcgError(
      'bad-option',
      `butterworth: cutoff must lie between 0 and fs/2 = ${fs / 2} Hz, got ${cutoff}`,
    );
  const warped = Math.tan((Math.PI * cutoff) / fs);
  const out: Biquad[] = [];
  for (let k = 0; k < Math.floor(order / 2); k++)
    out.push(pair(warped, 2 * Math.sin((Math.PI * (2 * k + 1)) / (2 * order))));
  if (order % 2 === 1) out.push(single(warped));
  return out;
}
