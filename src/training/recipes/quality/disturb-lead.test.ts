import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../core/index.js';
import { disturbLead, type NoiseBank, secondRatios } from './disturb-lead.js';

const FS = 200;
const sine = (hz: number, amplitude: number, seconds: number) =>
  Float32Array.from({ length: seconds * FS }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / FS));

describe('secondRatios', () => {
  const band = { low: 5, high: 40 };

  it('measures each second by itself, within the band', () => {
    const noise = sine(15, 0.2, 10);
    noise.fill(0, 0, 4 * FS);
    noise.fill(0, 7 * FS);
    const ratios = secondRatios(noise, FS, 1.2, band);
    // By hand: A/√8 over amplitude/√2; the filters take 1/(1+(5/15)⁴) and 1/(1+(15/40)⁴) of it at 15 Hz, 0.28 dB.
    const wanted = 20 * Math.log10(1.2 / Math.sqrt(8) / (0.2 / Math.SQRT2));
    expect(ratios).toHaveLength(10);
    expect(Math.abs(ratios[5] - wanted)).toBeLessThan(0.3);
    expect(ratios[1]).toBeGreaterThan(60);
    expect(ratios[9]).toBeGreaterThan(60);
    expect(secondRatios(new Float32Array(400), FS, 1, band)[0]).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not hear wander', () => {
    const slow = secondRatios(sine(0.5, 2, 10), FS, 1.2, band);
    expect(Math.min(...slow)).toBeGreaterThan(25);
    // Negative control: as loud within the band it drowns everything.
    expect(Math.max(...secondRatios(sine(10, 2, 10), FS, 1.2, band))).toBeLessThan(-5);
  });
});

describe('disturbLead', () => {
  const bank: NoiseBank = {
    fs: FS,
    wander: [sine(0.3, 1, 40)],
    muscle: [sine(30, 0.1, 40), sine(25, 2, 40)],
  };
  const clean = sine(1.3, 1, 20);

  it('adds what it says, the same for the same seed', () => {
    const kinds = new Set<number>();
    for (let seed = 1; seed <= 40; seed++) {
      const { samples, noise } = disturbLead(clean, 1, 6, bank, createRandom(seed));
      expect(samples.every((x, i) => Math.abs(x - clean[i] - noise[i]) < 1e-5)).toBe(true);
      expect(disturbLead(clean, 1, 6, bank, createRandom(seed)).noise).toEqual(noise);
      kinds.add(noise.every((x) => x === 0) ? 0 : noise.some((x) => x === 0) ? 1 : 2);
    }
    // None at all, now and then, throughout.
    expect([...kinds].sort()).toEqual([0, 1, 2]);
  });

  it('is louder by as many dB as asked', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const size = (snrDb: number) => {
        const { noise } = disturbLead(clean, 1, snrDb, bank, createRandom(seed));
        return Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0));
      };
      if (size(0) > 0) expect(20 * Math.log10(size(0) / size(12))).toBeCloseTo(12, 3);
    }
  });
});
