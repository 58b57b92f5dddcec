import { describe, expect, it } from 'vitest';
import { prepareWaveLead } from './wave-chunk.js';

const INPUT = { fs: 250, chunk: 2048, margin: 128, highPass: { cutoff: 0.5, order: 2 }, scaleBlock: 2 };

/** A spike of 1 mV, 20 ms wide, each second on an offset of 3 mV. */
const spikes = (fs: number, gain = 1): Float32Array =>
  Float32Array.from(
    { length: 10 * fs },
    (_, i) => 3 + gain * Math.exp(-0.5 * (((i / fs) % 1) / 0.01 - 50) ** 2),
  );

describe('prepareWaveLead', () => {
  it.each([128, 250, 360, 500, 1000])('brings beats to 1 and the level to 0, from %i Hz', (fs) => {
    const lead = prepareWaveLead(spikes(fs), fs, INPUT);
    // Every output instant within the lead: the last lies at or before (n − 1) / fs.
    expect(lead.length).toBe(Math.floor(((10 * fs - 1) * 250) / fs) + 1);
    const [low, high] = [Math.min(...lead), Math.max(...lead)];
    expect(high - low).toBeGreaterThan(0.95);
    expect(high - low).toBeLessThan(1.1);
    // Sample k lies at k / 250 s: the spikes at 0.5 s, 1.5 s, …
    expect(lead.indexOf(Math.max(...lead.subarray(1000, 1250)), 1000)).toBe(1125);
    expect(Math.abs(lead[1250])).toBeLessThan(0.1);
  });

  it('does not depend on the gain, and leaves a flat lead flat', () => {
    const [one, tenth] = [
      prepareWaveLead(spikes(250), 250, INPUT),
      prepareWaveLead(spikes(250, 0.1), 250, INPUT),
    ];
    one.forEach((x, i) => {
      expect(tenth[i]).toBeCloseTo(x, 3);
    });
    expect(prepareWaveLead(new Float32Array(2500).fill(3), 250, INPUT).every((x) => x === 0)).toBe(true);
    expect(prepareWaveLead(new Float32Array(2500).fill(Number.NaN), 250, INPUT).every((x) => x === 0)).toBe(
      true,
    );
  });

  it('is not scaled by one artefact, and not broken by a gap', () => {
    const lead = spikes(250);
    const artefact = lead.map((x, i) => (i > 2000 && i < 2010 ? 50 : x));
    const scaled = prepareWaveLead(artefact, 250, INPUT);
    const height = Math.max(...scaled.subarray(250, 500)) - Math.min(...scaled.subarray(250, 500));
    expect(height).toBeGreaterThan(0.9);
    const gap = lead.map((x, i) => (i > 800 && i < 900 ? Number.NaN : x));
    expect(prepareWaveLead(gap, 250, INPUT).every(Number.isFinite)).toBe(true);
  });
});
