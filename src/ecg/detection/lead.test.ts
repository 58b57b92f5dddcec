import { describe, expect, it } from 'vitest';
import { createLead, takeHop } from './lead.js';
import { createTiming } from './timing.js';

/** The envelope of a sine once it has settled: its extremes over the last half second. */
function settled(fs: number, frequency: number, amplitude = 1) {
  const t = createTiming(fs);
  const lead = createLead(t);
  const hops = 8;
  for (let h = 0; h < hops; h++) {
    const at = (i: number) => (h * t.inputHop + i) / fs;
    const samples = Float32Array.from(
      { length: t.inputHop },
      (_, i) => 5 + amplitude * Math.sin(2 * Math.PI * frequency * at(i)),
    );
    takeHop(lead, t, h, samples);
  }
  const tail = Array.from(
    { length: t.hop },
    (_, i) => lead.envelope[((hops - 1) * t.hop + i) & t.envelopeMask]!,
  );
  return { low: Math.min(...tail), high: Math.max(...tail), t };
}

/** Means of n values in a row weigh a frequency by this. */
const boxcar = (n: number, omega: number) => Math.sin((n * omega) / 2) / (n * Math.sin(omega / 2));

describe('the envelope of a lead', () => {
  it('weighs a sine by the product of its filters', () => {
    // By hand: two boxcars of q − decimating by q, a triangle −, −1 +2 −1 over boxcars of k, energy over m.
    for (const fs of [100, 128, 360, 500, 1000])
      for (const frequency of [3.1, 8.3, 14.7, 23.3]) {
        const { low, high, t } = settled(fs, frequency);
        const wIn = (2 * Math.PI * frequency) / fs;
        const w = (2 * Math.PI * frequency) / t.internalFs;
        const gain =
          Math.abs(boxcar(2 * t.decimation, wIn)) *
          Math.abs(boxcar(t.boxcar, w)) *
          4 *
          Math.sin((t.boxcar * w) / 2) ** 2;
        // Squaring makes a constant and twice the frequency, of which the smoothing leaves a share.
        const ripple = Math.abs(boxcar(t.smoothing, 2 * w));
        const expected = (sign: number) => gain * Math.sqrt((1 + sign * ripple) / 2);
        expect(high).toBeLessThan(expected(1) * 1.001 + 1e-6);
        expect(low).toBeGreaterThan(expected(-1) * 0.999 - 1e-6);
        expect(high - low).toBeGreaterThan(0.7 * (expected(1) - expected(-1)) - 1e-6);
      }
  });
  it('is linear in the signal and blind to its level', () => {
    const one = settled(250, 12);
    const three = settled(250, 12, 3);
    expect(three.high / one.high).toBeCloseTo(3, 4);
    expect(one.high / three.high).not.toBeCloseTo(0.3, 2);
  });
  it('makes nothing of a gap: no step, no NaN', () => {
    const t = createTiming(250);
    const lead = createLead(t);
    const fill = (value: number) => new Float32Array(t.inputHop).fill(value);
    [fill(Number.NaN), fill(1), fill(Number.NaN), fill(-4), fill(1e30)].forEach((samples, hop) => {
      takeHop(lead, t, hop, samples);
    });
    expect(Math.max(...lead.envelope)).toBeLessThan(1e-6);
    expect([...lead.valid.subarray(0, 5)]).toEqual([0, 1, 0, 1, 0]);
    // Negative control: the same step without a gap is seen.
    takeHop(lead, t, 5, fill(-4));
    takeHop(lead, t, 6, fill(1));
    expect(Math.max(...lead.envelope)).toBeGreaterThan(1);
  });
});
