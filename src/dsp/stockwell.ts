import { EcgError } from '../core/index.js';
import { createFft, type Fft } from './fft.js';

/** Which spectrum the windows are laid on: the signal's, or its analytic signal's (positive bins twice, negative none). */
export type StockwellForm = 'standard' | 'analytic';

/** What a Stockwell transform is planned for. */
export interface StockwellPlan {
  /** Samples of a signal, N. */
  readonly length: number;
  /** Frequency bins, whole numbers 0…N/2; bin n is n · fs / N Hz. All of 0…⌊N/2⌋ when omitted. */
  readonly voices?: readonly number[];
  readonly form: StockwellForm;
  /** Equally spaced instants c · N / times at which each voice is given, exactly; N when omitted. */
  readonly times?: number;
}

/** Voices of a signal, each a complex number an instant: [voices, times], row major. */
export interface StockwellVoices {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A Stockwell transform whose tables are made. */
export interface Stockwell {
  readonly length: number;
  readonly voices: readonly number[];
  readonly times: number;
  /**
   * The voices of a signal, one FFT and one inverse FFT a voice.
   * @param into  filled and given back, so that a call allocates nothing; new arrays when omitted
   * @throws EcgError `bad-shape` for another length
   */
  transform(x: ArrayLike<number>, into?: StockwellVoices): StockwellVoices;
  /**
   * The signal of some voices: their sums over time are its spectrum.
   * @throws EcgError `bad-option` unless the plan has all voices 0…⌊N/2⌋ in order and N instants
   */
  inverse(voices: StockwellVoices): Float64Array;
}

/** Terms of the Gaussian below this are nothing beside the rounding of the others. */
const SMALLEST = 1e-20;

/**
 * The Stockwell transform of a real signal, S[n, j] = (1/N) Σ_m X[(m + n) mod N] e^{−2π²m²/n²} e^{2πimj/N}, m from −N/2 to
 * N/2 (either end half where N is even), S[0, j] the mean.
 *
 * Fewer instants than samples do not approximate: the terms whose waves agree there are added before a shorter
 * inverse FFT. In the analytic form X is that of the analytic signal, so that voices of a cosine are twice as
 * large and not disturbed by its mirror image.
 *
 * @throws EcgError `bad-option` for a length below 2, or a voice or number of instants out of range
 *
 * Source: Stockwell, Mansinha & Lowe, IEEE Trans. Signal Process. 44(4):998–1001, 1996, doi:10.1109/78.492555.
 */
export function createStockwell(plan: StockwellPlan): Stockwell {
  const { length, form, times = length } = plan;
  const half = Math.floor(length / 2);
  const voices = plan.voices ?? Array.from({ length: half + 1 }, (_, n) => n);
  check(length, voices, times);
  const fft = createFft(length);
  const short = times === length ? fft : createFft(times);
  const gaussians = voices.map((voice) => gaussian(voice, length));
  const spectrumRe = new Float64Array(length);
  const spectrumIm = new Float64Array(length);
  const voiceRe = new Float64Array(times);
  const voiceIm = new Float64Array(times);

  return {
    length,
    voices,
    times,
    transform(x, into = emptyVoices(voices.length * times)) {
      const size = voices.length * times;
      if (x.length !== length || into.re.length !== size || into.im.length !== size)
        throw new EcgError(
          'bad-shape',
          `stockwell: ${x.length} samples into ${into.re.length} numbers, the plan is for ${length} into ${size}`,
        );
      for (let i = 0; i < length; i++) spectrumRe[i] = x[i];
      spectrumIm.fill(0);
      fft.forward(spectrumRe, spectrumIm);
      if (form === 'analytic') makeAnalytic(spectrumRe, spectrumIm);
      for (const [v, voice] of voices.entries()) {
        const at = v * times;
        if (voice === 0) {
          into.re.fill(spectrumRe[0] / length, at, at + times);
          into.im.fill(0, at, at + times);
          continue;
        }
        voiceRe.fill(0);
        voiceIm.fill(0);
        fold(spectrumRe, spectrumIm, voice, gaussians[v], voiceRe, voiceIm);
        short.inverse(voiceRe, voiceIm);
        const scale = times / length;
        for (let j = 0; j < times; j++) {
          into.re[at + j] = scale * voiceRe[j];
          into.im[at + j] = scale * voiceIm[j];
        }
      }
      return into;
    },
    inverse(given) {
      if (times !== length || voices.length !== half + 1 || voices.some((voice, i) => voice !== i))
        throw new EcgError(
          'bad-option',
          `stockwell: only all voices 0…${half} at all ${length} instants can be inverted, the plan has ${voices.length} at ${times}`,
        );
      return invert(given, fft, form);
    },
  };
}

function check(length: number, voices: readonly number[], times: number): void {
  const faults: string[] = [];
  if (!(Number.isSafeInteger(length) && length >= 2))
    faults.push(`length must be a whole number of 2 or more, got ${length}`);
  if (!(Number.isSafeInteger(times) && times >= 1))
    faults.push(`times must be a whole number of 1 or more, got ${times}`);
  const wrong = voices.find((n) => !(Number.isInteger(n) && n >= 0 && n <= length / 2));
  if (wrong !== undefined)
    faults.push(`voices must be whole numbers from 0 to ${Math.floor(length / 2)}, got ${wrong}`);
  if (faults.length > 0) throw new EcgError('bad-option', `stockwell: ${faults.join('; ')}`);
}

function emptyVoices(size: number): StockwellVoices {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/** The weights of m = 0, ±1, ±2, … as far as they count. */
function gaussian(voice: number, length: number): Float64Array {
  if (voice === 0) return new Float64Array(0);
  const reach = Math.min(
    Math.floor(length / 2),
    Math.ceil(voice * Math.sqrt(-Math.log(SMALLEST) / (2 * Math.PI ** 2))),
  );
  const weights = Float64Array.from({ length: reach + 1 }, (_, m) =>
    Math.exp((-2 * Math.PI ** 2 * m * m) / (voice * voice)),
  );
  // m = −N/2 and N/2 are one bin, which both ends share.
  if (2 * reach === length) weights[reach] /= 2;
  return weights;
}

/** Adds each weighted bin m + voice to place m mod times. */
function fold(
  re: Float64Array,
  im: Float64Array,
  voice: number,
  weights: Float64Array,
  intoRe: Float64Array,
  intoIm: Float64Array,
): void {
  const length = re.length;
  const times = intoRe.length;
  const reach = weights.length - 1;
  let from = (voice - reach + length) % length;
  let to = (((-reach % times) + times) % times) % times;
  for (let m = -reach; m <= reach; m++) {
    const weight = weights[m < 0 ? -m : m];
    intoRe[to] += weight * re[from];
    intoIm[to] += weight * im[from];
    if (++from === length) from = 0;
    if (++to === times) to = 0;
  }
}

/** Positive bins twice, negative ones nothing; the mean and the highest bin as they are. */
function makeAnalytic(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let k = 1; k < n; k++) {
    const factor = 2 * k < n ? 2 : 2 * k === n ? 1 : 0;
    re[k] *= factor;
    im[k] *= factor;
  }
}

function invert({ re, im }: StockwellVoices, fft: Fft, form: StockwellForm): Float64Array {
  const { length } = fft;
  const spectrumRe = new Float64Array(length);
  const spectrumIm = new Float64Array(length);
  for (let n = 0; 2 * n <= length; n++) {
    let sumRe = 0;
    let sumIm = 0;
    for (let j = n * length; j < (n + 1) * length; j++) {
      sumRe += re[j];
      sumIm += im[j];
    }
    const doubled = form === 'analytic' && n > 0 && 2 * n < length;
    spectrumRe[n] = doubled ? sumRe / 2 : sumRe;
    spectrumIm[n] = doubled ? sumIm / 2 : sumIm;
    if (n > 0 && 2 * n < length) {
      spectrumRe[length - n] = spectrumRe[n];
      spectrumIm[length - n] = -spectrumIm[n];
    }
  }
  fft.inverse(spectrumRe, spectrumIm);
  return spectrumRe;
}
