import type { Random } from '../../core/index.js';

// McSharry's section IV: Mayer waves at 0.1 Hz, breathing at 0.25 Hz, both 0.01 Hz wide, power ratio 0.5.
const MAYER_HZ = 0.1;
const BREATHING_HZ = 0.25;
const BAND_WIDTH_HZ = 0.01;
const LF_HF_RATIO = 0.5;
const LINES = 6;

/**
 * The sinus node's interval at any time: the mean of the rate, varied with the two-humped spectrum of
 * heart rate variability.
 *
 * @param heartRateBpm  mean rate
 * @param variability   standard deviation over mean, 0.03 in a resting adult
 * @returns             s at time t (s)
 *
 * Source: McSharry et al. 2003, doi:10.1109/TBME.2003.808805, equation 6.
 * Departs: the spectrum is a sum of random-phase lines with Gaussian frequencies, where the paper inverts
 * an FFT; so it has no length and needs no memory.
 */
export function createSinusNode(
  heartRateBpm: number,
  variability: number,
  random: Random,
): (t: number) => number {
  const hf = variability * Math.sqrt(2 / (LINES * (1 + LF_HF_RATIO)));
  const lf = hf * Math.sqrt(LF_HF_RATIO);
  const lines = Array.from({ length: 2 * LINES }, (_, i) => {
    const mayer = i < LINES;
    return {
      omega: 2 * Math.PI * ((mayer ? MAYER_HZ : BREATHING_HZ) + BAND_WIDTH_HZ * random.normal()),
      phase: 2 * Math.PI * random.next(),
      amplitude: mayer ? lf : hf,
    };
  });
  const mean = 60 / heartRateBpm;
  return (t) => {
    let sum = 0;
    for (const line of lines) sum += line.amplitude * Math.sin(line.omega * t + line.phase);
    return mean * Math.max(0.6, 1 + sum);
  };
}
