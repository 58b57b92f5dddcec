import { describe, expect, it } from 'vitest';
import { parseStrictly } from '../strict.js';
import {
  createVentricularWindows,
  VENTRICULAR_WINDOW,
  VentricularWindowSchema,
} from './ventricular-window.js';

const windows = createVentricularWindows(VENTRICULAR_WINDOW);
const sampled = (fs: number, of: (t: number) => number, seconds = 5) =>
  Float32Array.from({ length: Math.round(seconds * fs) }, (_, i) => of(i / fs));
const prepared = (lead: Float32Array, fs: number) => {
  const into = new Float32Array(windows.length).fill(9);
  return { magnitude: windows.write(lead, fs, into, 0), into };
};
const apart = (a: Float32Array, b: Float32Array, margin = 0) =>
  a.reduce(
    (most, x, i) => (i < margin || i >= a.length - margin ? most : Math.max(most, Math.abs(x - b[i]))),
    0,
  );
/** 300 a minute, 0.6 mV: a flutter; and a harmonic of it. */
const flutter = (t: number) => 0.6 * Math.sin(2 * Math.PI * 5 * t) + 0.1 * Math.sin(2 * Math.PI * 10 * t + 1);

describe('createVentricularWindows', () => {
  it('is the wave itself at 100 Hz, in units of its 95th percentile', () => {
    const sine = (t: number) => 0.6 * Math.sin(2 * Math.PI * 5 * t);
    const { magnitude, into } = prepared(sampled(360, sine), 360);
    // |sin| is below sin(0.95 × 90°) for 95 % of the time; sampled 20 times a period, a step of 18° from it.
    expect(magnitude).toBeGreaterThan(0.6 * Math.sin((0.85 * Math.PI) / 2));
    expect(magnitude).toBeLessThan(0.6 * 1.001);
    const expected = Float32Array.from({ length: 500 }, (_, i) => sine(i / 100) / magnitude);
    // The first and last second are the filter's, who knows no more of the lead.
    expect(apart(into, expected, 100)).toBeLessThan(0.02);
    // Negative control: a grid off by a sample.
    const late = Float32Array.from({ length: 500 }, (_, i) => sine((i + 1) / 100) / magnitude);
    expect(apart(into, late, 100)).toBeGreaterThan(0.2);
  });

  it('is the same at any rate and gain, with or without hum and drift', () => {
    const { into } = prepared(sampled(250, flutter), 250);
    for (const fs of [100, 128, 200, 257, 500, 1000])
      expect(apart(prepared(sampled(fs, flutter), fs).into, into, 20)).toBeLessThan(0.03);
    expect(
      apart(
        prepared(
          sampled(250, (t) => 3 * flutter(t)),
          250,
        ).into,
        into,
      ),
    ).toBeLessThan(1e-5);
    const disturbed = (t: number) =>
      flutter(t) + 0.3 * Math.sin(2 * Math.PI * 60 * t) + 2 + Math.sin(2 * Math.PI * 0.1 * t);
    expect(apart(prepared(sampled(1000, disturbed), 1000).into, into, 50)).toBeLessThan(0.05);
    // Negative control: hum within the band stays.
    const within = (t: number) => flutter(t) + 0.3 * Math.sin(2 * Math.PI * 20 * t);
    expect(apart(prepared(sampled(1000, within), 1000).into, into, 50)).toBeGreaterThan(0.2);
  });

  it('looks at the first five seconds only', () => {
    const lead = sampled(250, flutter, 7);
    expect(prepared(lead, 250).into).toEqual(prepared(lead.subarray(0, 1250), 250).into);
    expect(prepared(lead.fill(7, 1250), 250).into).toEqual(prepared(sampled(250, flutter), 250).into);
  });

  it('cuts spikes at the limit', () => {
    const spiked = sampled(250, flutter);
    spiked.fill(50, 600, 605);
    expect(Math.max(...prepared(spiked, 250).into)).toBe(VENTRICULAR_WINDOW.limit);
  });

  it('leaves a still lead alone, and one of which too much is invalid', () => {
    const still = prepared(
      sampled(250, (t) => 0.02 * Math.sin(30 * t)),
      250,
    );
    expect(still.magnitude).toBeLessThan(VENTRICULAR_WINDOW.scale.still);
    expect(still.into.every((x) => x === 9)).toBe(true);
    expect(prepared(new Float32Array(1250), 250).magnitude).toBe(0);
    const gap = (samples: number) => sampled(250, flutter).fill(Number.NaN, 500, 500 + samples);
    expect(prepared(gap(251), 250).magnitude).toBeNaN();
    const bridged = prepared(gap(250), 250);
    expect(bridged.magnitude).toBeGreaterThan(0.3);
    expect(bridged.into.every(Number.isFinite)).toBe(true);
  });

  it('refuses a short lead, and a rate that does not hold the band', () => {
    expect(() => prepared(sampled(250, flutter, 4.9), 250)).toThrowError(
      expect.objectContaining({ code: 'too-short', message: expect.stringContaining('give 1250') }),
    );
    expect(() => prepared(sampled(60, flutter), 60)).toThrowError(
      expect.objectContaining({ code: 'bad-option', message: expect.stringContaining('75 Hz or more') }),
    );
  });

  it('has a contract that a card can hold, and no other', () => {
    const back: unknown = JSON.parse(JSON.stringify(VENTRICULAR_WINDOW));
    expect(parseStrictly(VentricularWindowSchema, back, 'card')).toEqual(VENTRICULAR_WINDOW);
    for (const wrong of [{ band: { low: 30, high: 1, order: 2 } }, { fs: 55 }, { leads: ['II'] }])
      expect(() =>
        parseStrictly(VentricularWindowSchema, { ...VENTRICULAR_WINDOW, ...wrong }, 'card'),
      ).toThrow();
  });
});
