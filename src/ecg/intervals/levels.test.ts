import { describe, expect, it } from 'vitest';
import { deriveLimbLeads } from '../leads/limb-leads.js';
import { createWaveMarks } from '../waves/wave-marks.js';
import { frontalAxis } from './frontal-axis.js';
import { stLevels } from './st-level.js';
import { waveAreas } from './wave-area.js';

/** Beats of steps at 1000 Hz: level 0.3 mV, P of 0.1 above it, QRS of ±1, ST 0.15 above it, then ramped to 0.5. */
function steps(): { samples: Float32Array; marks: ReturnType<typeof createWaveMarks> } {
  const samples = new Float32Array(1000).fill(0.3);
  samples.fill(0.4, 200, 300);
  samples.fill(1.3, 360, 400);
  samples.fill(-0.7, 400, 420);
  samples.fill(0.45, 440, 510);
  samples.fill(0.8, 510, 700);
  const marks = createWaveMarks(1);
  marks.pOnset[0] = 200;
  marks.pOffset[0] = 300;
  marks.qrsOnset[0] = 359;
  marks.qrsOffset[0] = 420;
  return { samples, marks };
}

describe('stLevels', () => {
  const fs = 1000;

  it('is read 80 ms after J, 60 ms in fast rhythm, against the PR segment', () => {
    const { samples, marks } = steps();
    // J + 80 = 500, ± 10 ms: 490 … 510; of these 21 samples one is 0.8. J + 60 = 480: 470 … 490, all 0.45.
    const slow = stLevels({ samples, offset: 0, fs }, marks, Float64Array.of(0.8));
    const fast = stLevels({ samples, offset: 0, fs }, marks, Float64Array.of(0.45));
    expect(slow[0]).toBeCloseTo(0.15 + 0.35 / 21, 5);
    expect(fast[0]).toBeCloseTo(0.15, 5);
  });

  it('does not change when the lead is shifted or cut', () => {
    const { samples, marks } = steps();
    const whole = stLevels({ samples, offset: 0, fs }, marks, Float64Array.of(0.8));
    const shifted = samples.map((x) => x + 1);
    const part = stLevels(
      { samples: shifted.subarray(150, 800), offset: 150, fs },
      marks,
      Float64Array.of(0.8),
    );
    expect(part[0]).toBeCloseTo(whole[0]!, 5);
  });

  it('leaves the P wave out of the reference', () => {
    const { samples, marks } = steps();
    marks.pOffset[0] = 358;
    samples.fill(0.4, 200, 358);
    expect(stLevels({ samples, offset: 0, fs }, marks, Float64Array.of(0.45))[0]).toBeCloseTo(0.15, 5);
    marks.pOffset[0] = Number.NaN;
    expect(stLevels({ samples, offset: 0, fs }, marks, Float64Array.of(0.45))[0]).toBeLessThan(0.1);
  });

  it('is unknown outside the slice, over invalid samples and without marks', () => {
    const { samples, marks } = steps();
    const rr = Float64Array.of(0.8);
    expect(stLevels({ samples: samples.subarray(0, 505), offset: 0, fs }, marks, rr)[0]).toBeNaN();
    samples[500] = Number.NaN;
    expect(stLevels({ samples, offset: 0, fs }, marks, rr)[0]).toBeNaN();
    expect(stLevels({ samples, offset: 0, fs }, createWaveMarks(1), rr)[0]).toBeNaN();
  });
});

describe('waveAreas', () => {
  it('is the area over the line between the ends', () => {
    // By hand: a triangle of 1 mV and 100 ms is 50 mV·ms, whatever slope it stands on.
    const samples = Float32Array.from(
      { length: 400 },
      (_, i) => 0.002 * i + Math.max(0, 1 - Math.abs(i - 200) / 50),
    );
    const area = (offset: number) =>
      waveAreas(
        { samples: samples.subarray(offset), offset, fs: 1000 },
        Float64Array.of(150, Number.NaN),
        Float64Array.of(250, 300),
      );
    expect(area(0)[0]).toBeCloseTo(50, 4);
    expect(area(100)[0]).toBeCloseTo(50, 4);
    expect(area(0)[1]).toBeNaN();
  });
});

describe('frontalAxis', () => {
  it('gives each lead its own direction, from every pair that spans the plane', () => {
    // A dipole at an angle, projected on the axes of the leads (0°, 60°, 120° bipolar; 90° augmented, √3/2 as strong).
    const radians = Math.PI / 180;
    for (const angle of [-170, -120, -89, -45, -10, 0, 30, 59, 90, 135, 179]) {
      const on = (lead: number) => Math.cos((angle - lead) * radians);
      const sizes = { I: on(0), II: on(60), III: on(120), aVF: (Math.sqrt(3) / 2) * on(90) };
      for (const pair of [
        ['I', 'aVF'],
        ['I', 'II'],
        ['III', 'I'],
        ['II', 'III'],
      ] as const)
        expect(
          frontalAxis(
            pair,
            pair.map((lead) => sizes[lead]),
          ),
        ).toBeCloseTo(angle, 9);
    }
  });

  it('puts the signs of I and aVF into the right quadrant', () => {
    // The quadrants of every textbook: normal, left, right, extreme.
    const axis = (i: number, avf: number) => frontalAxis(['Lead I', 'aVF'], [i, avf])!;
    expect(axis(5, 5)).toBeGreaterThan(0);
    expect(axis(5, 5)).toBeLessThan(90);
    expect(axis(5, -5)).toBeLessThan(0);
    expect(axis(5, -5)).toBeGreaterThan(-90);
    expect(axis(-5, 5)).toBeGreaterThan(90);
    expect(axis(-5, -5)).toBeLessThan(-90);
  });

  it('is unknown without two limb leads', () => {
    expect(frontalAxis(['I', 'V1'], [1, 1])).toBeNull();
    expect(frontalAxis(['MLII', 'aVF'], [1, 1])).toBeNull();
    expect(frontalAxis(['I', 'aVF'], [1, Number.NaN])).toBeNull();
    expect(frontalAxis(['I', 'aVF'], [0, 0])).toBeNull();
  });
});

describe('deriveLimbLeads', () => {
  it('is what the electrodes give', () => {
    // From potentials: I = LA − RA, II = LL − RA, aVF = LL − (RA + LA) / 2 and so on.
    const [ra, la, ll] = [-0.375, 0.25, 1.125];
    const derived = deriveLimbLeads(Float32Array.of(la - ra), Float32Array.of(ll - ra));
    expect(derived.iii[0]).toBeCloseTo(ll - la, 6);
    expect(derived.avr[0]).toBeCloseTo(ra - (la + ll) / 2, 6);
    expect(derived.avl[0]).toBeCloseTo(la - (ra + ll) / 2, 6);
    expect(derived.avf[0]).toBeCloseTo(ll - (ra + la) / 2, 6);
  });
});
