/** How `createGridResampler` turns samples at one rate into samples on another rate's grid. */
export interface GridResampling {
  /** Hz of the input. */
  readonly fsIn: number;
  /** Hz of the output grid. */
  readonly fsOut: number;
  /** Hz; lowered to 0.45 × the smaller of both rates where it lies above. */
  readonly cutoff: number;
  /** s; half the length of the filter, at least one input sample. */
  readonly halfWidth: number;
}

/** A resampler whose output sample k lies at k/fsOut s, whatever stretch it is asked for. */
export interface GridResampler {
  /** Input samples needed on either side of an output instant. */
  readonly reach: number;
  /** First input sample (absolute) that output sample `k` needs. */
  firstInput(k: number): number;
  /** One past the last input sample (absolute) that output sample `k` needs. */
  lastInput(k: number): number;
  /**
   * Output samples `from`…`to − 1`, written to `out` from `at`.
   *
   * @param input      samples, finite
   * @param inputFrom  absolute index of `input[0]`; indices outside `input` repeat its end samples
   */
  run(input: Float32Array, inputFrom: number, from: number, to: number, out: Float32Array, at: number): void;
}

/** Phases are rounded to this part of an input sample; rates of small whole ratios are hit exactly. */
const PHASES = 1024;

/**
 * Low-pass filter and change of rate in one: a Hamming-windowed sinc evaluated at each output instant.
 *
 * Output k depends on k and on the input around k/fsOut only, so that a recording read in slices gives
 * the same samples, bit for bit, as one read whole. Taps of a phase sum to 1.
 *
 * Source: Smith, "Digital Audio Resampling", CCRMA 2002 (band-limited interpolation).
 */
export function createGridResampler(resampling: GridResampling): GridResampler {
  const { fsIn, fsOut } = resampling;
  const cutoff = Math.min(resampling.cutoff, 0.45 * Math.min(fsIn, fsOut)) / fsIn;
  const reach = Math.max(1, Math.round(resampling.halfWidth * fsIn));
  const phases: Float64Array[] = [];
  const tapsOf = (phase: number): Float64Array => {
    phases[phase] = windowedSinc(cutoff, reach, phase / PHASES);
    return phases[phase];
  };
  const baseOf = (k: number): number => Math.floor((k * fsIn) / fsOut);
  return {
    reach,
    firstInput: (k) => baseOf(k) - reach,
    lastInput: (k) => baseOf(k) + reach + 2,
    run: (input, inputFrom, from, to, out, at) => {
      const last = input.length - 1;
      for (let k = from; k < to; k++) {
        const position = (k * fsIn) / fsOut;
        const base = Math.floor(position);
        const phase = Math.round((position - base) * PHASES);
        const h = phases[phase] ?? tapsOf(phase);
        const start = base - reach - inputFrom;
        // The taps are an even number; two sums do not wait for each other.
        let even = 0;
        let odd = 0;
        if (start >= 0 && start + h.length <= input.length) {
          for (let i = 0; i < h.length; i += 2) {
            even += h[i] * input[start + i];
            odd += h[i + 1] * input[start + i + 1];
          }
        } else {
          for (let i = 0; i < h.length; i += 2) {
            even += h[i] * input[Math.min(last, Math.max(0, start + i))];
            odd += h[i + 1] * input[Math.min(last, Math.max(0, start + i + 1))];
          }
        }
        out[at + k - from] = even + odd;
      }
    },
  };
}

/** Taps for input samples base − reach … base + reach + 1 around the instant base + fraction; they sum to 1. */
function windowedSinc(cutoff: number, reach: number, fraction: number): Float64Array {
  const h = new Float64Array(2 * reach + 2);
  let sum = 0;
  for (let i = 0; i < h.length; i++) {
    const d = i - reach - fraction;
    if (Math.abs(d) > reach) continue;
    const x = 2 * Math.PI * cutoff * d;
    const sinc = x === 0 ? 1 : Math.sin(x) / x;
    h[i] = sinc * (0.54 + 0.46 * Math.cos((Math.PI * d) / reach));
    sum += h[i];
  }
  for (let i = 0; i < h.length; i++) h[i] /= sum;
  return h;
}
