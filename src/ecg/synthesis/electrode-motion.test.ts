import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { butterworthHighPass, butterworthLowPass, filterZeroPhase } from '../../dsp/index.js';
import { electrodeMotion } from './electrode-motion.js';
import { noiseAmplitude } from './noise-stress.js';

const band = (x: Float32Array, fs: number, low: number, high: number) =>
  noiseAmplitude(
    filterZeroPhase(x, [
      ...butterworthHighPass({ fs, cutoff: low, order: 2 }),
      ...butterworthLowPass({ fs, cutoff: high, order: 2 }),
    ]),
    fs,
  );

describe('electrodeMotion', () => {
  it('is the same for the same seed, another for another', () => {
    const of = (seed: number) => electrodeMotion(2000, 250, createRandom(seed));
    expect(of(3)).toEqual(of(3));
    expect(of(3)).not.toEqual(of(4));
    expect(of(3).every(Number.isFinite)).toBe(true);
  });

  it('has its power where P, QRS and T waves have theirs, at any rate', () => {
    const sizes = [128, 360, 1000].map((fs) => {
      let sum = 0;
      for (let seed = 1; seed <= 6; seed++) {
        const x = electrodeMotion(100 * fs, fs, createRandom(seed));
        const [waves, fast] = [band(x, fs, 1, 20), band(x, fs, 25, 50)];
        expect(waves).toBeGreaterThan(2.5 * fast);
        expect(waves).toBeGreaterThan(0.4 * band(x, fs, 0.05, 1));
        sum += waves / 6;
      }
      return sum;
    });
    // Random draws: alike, not equal.
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.6);
  });
});
