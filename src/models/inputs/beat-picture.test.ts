import { describe, expect, it } from 'vitest';
import { BEAT_PICTURE, drawBeat } from './beat-picture.js';

const FS = 360;
/** mV of an ADC value of mitdb: 200 units/mV, 1024 at 0 mV. */
const mv = (adcUnits: number) => (adcUnits - 1024) / 200;
const flat = (adcUnits: number, length = 400) => new Float32Array(length).fill(mv(adcUnits));

/** Ink of one column, 0…1 a pixel. */
function column({ width, height, grey }: ReturnType<typeof drawBeat>, x: number): number[] {
  return Array.from({ length: height }, (_, y) => 1 - grey[y * width + x] / 255);
}

/** Where a column's ink lies on average; the middle of pixel k is at k + 0.5. */
function heightOf(ink: readonly number[]): number {
  const sum = ink.reduce((a, b) => a + b, 0);
  return ink.reduce((a, b, y) => a + b * (y + 0.5), 0) / sum;
}

describe('drawBeat', () => {
  it('draws 192 × 128 pixels, white where nothing is', () => {
    const picture = drawBeat(flat(1024), FS, 200);
    expect([picture.width, picture.height, picture.grey.length]).toEqual([192, 128, 192 * 128]);
    expect(column(picture, 10).every((ink) => ink === 0)).toBe(true);
    expect(column(picture, 100)[110]).toBe(0);
  });

  // y = 230.05 − 0.1733 · ADC units, by hand: 52.5908, 87.2508, 17.9308.
  it.each([
    [1024, 52.5908],
    [824, 87.2508],
    [1224, 17.9308],
  ])('a flat line at %i ADC units lies at y = %f', (adcUnits, y) => {
    const ink = column(drawBeat(flat(adcUnits), FS, 200), 100);
    // A line one pixel wide at a height between pixels: its ink shared among them, in bytes.
    expect(Math.abs(heightOf(ink) - y)).toBeLessThan(0.01);
    expect(ink.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 1);
    expect(Math.abs(heightOf(ink) - (y + 0.02))).toBeGreaterThan(0.01);
  });

  it('spans x from 24 to 172', () => {
    const picture = drawBeat(flat(1024), FS, 200);
    const inked = Array.from({ length: 192 }, (_, x) => x).filter(
      (x) => Math.max(...column(picture, x)) > 0.3,
    );
    // Half a pixel of round end on either side.
    expect(inked[0]).toBe(23);
    expect(inked.at(-1)).toBe(172);
    expect(inked).toHaveLength(150);
  });

  it('puts the annotation at sample 96 of 192', () => {
    // A spike one sample wide: its top at x = 24 + 96 · 148/191 = 98.39, in pixel 98.
    const lead = flat(1024);
    lead[200] = mv(1224);
    const picture = drawBeat(lead, FS, 200);
    const row = Array.from({ length: 192 }, (_, x) => 1 - picture.grey[20 * 192 + x] / 255);
    expect(row.indexOf(Math.max(...row))).toBe(98);
  });

  it('does not draw what lies above or below the picture', () => {
    const above = drawBeat(flat(1400), FS, 200);
    expect(above.grey.every((value) => value === 255)).toBe(true);
    const lead = flat(1024);
    lead.fill(mv(1400), 190, 210);
    const picture = drawBeat(lead, FS, 200);
    expect(column(picture, 98).every((ink) => ink === 0)).toBe(true);
    expect(Math.max(...column(picture, 40))).toBeGreaterThan(0.5);
  });

  it('draws any sampling frequency at the same places', () => {
    // A straight line is the same line at every rate.
    const ramp = (fs: number) => Float32Array.from({ length: 2 * fs }, (_, i) => i / fs - 1);
    const at360 = drawBeat(ramp(360), 360, 360);
    for (const fs of [125, 250, 1000]) {
      const other = drawBeat(ramp(fs), fs, fs);
      const worst = other.grey.reduce((most, value, i) => Math.max(most, Math.abs(value - at360.grey[i])), 0);
      expect(worst).toBeLessThanOrEqual(1);
    }
  });

  it('leaves out what the lead does not hold', () => {
    const lead = flat(1024);
    lead.fill(Number.NaN, 210, 230);
    const picture = drawBeat(lead, FS, 200);
    // Samples 106…125 of the picture: x 106.1 … 120.9.
    expect(column(picture, 113).every((ink) => ink === 0)).toBe(true);
    expect(Math.max(...column(picture, 140))).toBeGreaterThan(0.5);
    const early = drawBeat(flat(1024), FS, 20);
    expect(column(early, 30).every((ink) => ink === 0)).toBe(true);
    expect(Math.max(...column(early, 100))).toBeGreaterThan(0.5);
  });

  it('has its numbers in one place', () => {
    expect(BEAT_PICTURE.zeroLine).toBeCloseTo(52.5908, 6);
    expect(BEAT_PICTURE.pixelsPerMv).toBeCloseTo(34.66, 9);
  });
});
