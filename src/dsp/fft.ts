import { EcgError } from '../core/index.js';
import { createChirpFft } from './chirp-fft.js';
import { factorsOf, LARGEST_RADIX, runStage, type Stage, stagesOf } from './fft-stages.js';

/** A discrete Fourier transform of one length. */
export interface Fft {
  readonly length: number;
  /** X[k] = Σ x[j] e^{−2πijk/N}, in place. */
  forward(re: Float64Array, im: Float64Array): void;
  /** x[j] = (1/N) Σ X[k] e^{2πijk/N}, in place. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/**
 * A discrete Fourier transform of any length, in O(N log N): its tables are made once, a call allocates nothing.
 *
 * Lengths of small prime factors go through Stockham stages of radix 2, 3, 4, 5 and other primes; lengths with
 * a prime factor above 31 through a chirp of a power of two.
 *
 * @param length  1 or more
 * @throws EcgError `bad-option` for a length that is no whole number above 0
 *
 * Source: Stockham's autosort form, Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM
 * 1992, §1.7; Bluestein, IEEE Trans. Audio Electroacoust. 18(4):451–455, 1970, doi:10.1109/TAU.1970.1162132.
 */
export function createFft(length: number): Fft {
  if (!(Number.isSafeInteger(length) && length >= 1))
    throw new EcgError('bad-option', `fft: length must be a whole number above 0, got ${length}`);
  const factors = factorsOf(length);
  if (factors.some((factor) => factor > LARGEST_RADIX)) {
    return withInverse(length, createChirpFft(length, createFft));
  }
  return withInverse(length, stockham(length, stagesOf(length, factors)));
}

function stockham(length: number, stages: readonly Stage[]): Fft['forward'] {
  const workRe = new Float64Array(length);
  const workIm = new Float64Array(length);
  return (re, im) => {
    let [fromRe, fromIm]: Float64Array[] = [re, im];
    let [toRe, toIm]: Float64Array[] = [workRe, workIm];
    for (const stage of stages) {
      runStage(stage, fromRe, fromIm, toRe, toIm);
      [fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm];
    }
    if (fromRe !== re) {
      re.set(fromRe);
      im.set(fromIm);
    }
  };
}

function withInverse(length: number, forward: Fft['forward']): Fft {
  const check = (re: Float64Array, im: Float64Array): void => {
    if (re.length !== length || im.length !== length)
      throw new EcgError(
        'bad-shape',
        `fft: ${re.length} and ${im.length} numbers, the plan is for ${length}`,
      );
  };
  return {
    length,
    forward(re, im) {
      check(re, im);
      forward(re, im);
    },
    inverse(re, im) {
      check(re, im);
      // Real and imaginary parts changed over turn one transform into the other.
      forward(im, re);
      for (let i = 0; i < length; i++) {
        re[i] /= length;
        im[i] /= length;
      }
    },
  };
}
