import { describe, expect, it } from 'vitest';
import type { Picture } from '../../core/index.js';
import { BEAT_PICTURE, drawBeat } from './beat-picture.js';
import { pictureInput } from './picture-input.js';

/** A beat like one: a P wave, a QRS complex and a T wave. */
const lead = Float32Array.from({ length: 400 }, (_, i) => {
  const wave = (centre: number, width: number, height: number) =>
    height * Math.exp(-(((i - centre) / width) ** 2));
  return wave(140, 12, 0.15) + wave(200, 5, 1) - wave(210, 6, 0.3) + wave(270, 20, 0.3) - 0.1;
});

/** The same drawing in another size. */
function drawn(scale: number, stroke = 1): Picture {
  const { width, height, left, right, zeroLine, pixelsPerMv } = BEAT_PICTURE;
  return drawBeat(lead, 360, 200, {
    ...BEAT_PICTURE,
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    left: left * scale,
    right: right * scale,
    zeroLine: zeroLine * scale,
    pixelsPerMv: pixelsPerMv * scale,
    stroke: Math.max(0.6, stroke * scale),
  });
}

const map = (picture: Picture, of: (value: number) => number): Picture => ({
  ...picture,
  grey: picture.grey.map(of),
});

/** Correlation of two inputs, and of two that are a beat and its mirror. */
function likeness(a: Uint8Array, b: Uint8Array): number {
  const mean = (x: Uint8Array) => x.reduce((s, v) => s + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('pictureInput', () => {
  const plain = pictureInput(drawn(1));

  it('is 128 × 128, ink 255 on 0', () => {
    expect(plain).toHaveLength(128 * 128);
    expect(Math.max(...plain)).toBe(255);
    expect(plain.filter((ink) => ink === 0).length).toBeGreaterThan(0.9 * plain.length);
    // Column 66 of 128 holds x = 99 … 100.5 of the drawing, a bit after the R peak at 98.4.
    const top = Array.from({ length: 128 }, (_, y) => plain[y * 128 + 65]).findIndex((ink) => ink > 128);
    // R of 0.9 mV: y = 52.59 − 0.9 · 34.66 = 21.4.
    expect(Math.abs(top - 21.4)).toBeLessThan(2);
  });

  it('is the same for light on dark, to the bit', () => {
    expect(pictureInput(map(drawn(1), (v) => 255 - v))).toEqual(plain);
  });

  it('is the same in faint ink on grey paper, up to rounding', () => {
    const faint = pictureInput(map(drawn(1), (v) => 130 + (v * 80) / 255));
    const worst = faint.reduce((most, ink, i) => Math.max(most, Math.abs(ink - plain[i])), 0);
    expect(worst).toBeLessThanOrEqual(5);
  });

  it('is alike in every size, and unlike of another beat', () => {
    for (const scale of [0.5, 2, 5])
      expect(likeness(pictureInput(drawn(scale)), plain)).toBeGreaterThan(0.75);
    // In 64 × 43 pixels the line is as thick as three of ours.
    expect(likeness(pictureInput(drawn(1 / 3)), plain)).toBeGreaterThan(0.65);
    const { width, height, grey } = drawn(1);
    const mirrored = grey.map((_, i) => grey[i - (i % width) + (width - 1 - (i % width))]);
    expect(likeness(pictureInput({ width, height, grey: mirrored }), plain)).toBeLessThan(0.5);
  });

  it('is empty for an even picture', () => {
    for (const value of [0, 128, 255]) {
      const even = { width: 64, height: 64, grey: new Uint8Array(64 * 64).fill(value) };
      expect(pictureInput(even).every((ink) => ink === 0)).toBe(true);
    }
  });
});
