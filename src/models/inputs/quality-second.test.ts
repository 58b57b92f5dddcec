import { describe, expect, it } from 'vitest';
import { synthesize } from '../../ecg/index.js';
import { parseStrictly } from '../strict.js';
import {
  createQualityWindows,
  QUALITY_SECOND,
  QualitySecondSchema,
  qualitySecondLength,
} from './quality-second.js';

const lead = (fs: number) =>
  synthesize(
    { id: 'q', segments: [{ rhythm: 'sinus', seconds: 30, heartRateBpm: 75 }] },
    { fs, seed: 2, leads: ['II'] },
  ).signals[0].samples;
const cut = (x: Float32Array, fs: number, from = 0, count = 30) =>
  createQualityWindows(fs, QUALITY_SECOND).cut(x, from, count);
const LENGTH = qualitySecondLength(QUALITY_SECOND);

describe('windows of the quality network', () => {
  it('hold the second in their middle', () => {
    // By hand: 1.5 + 1 + 1.5 s at 100 Hz.
    expect(LENGTH).toBe(400);
    const x = lead(250);
    x.fill(0);
    x.fill(2, 2500, 2510);
    const windows = cut(x, 250);
    // The spike at 10.02 s is 1.5 + 0.02 s behind the begin of second 10's window, and a second later in that of 9.
    const peak = (s: number) => {
      const window = windows.subarray(s * LENGTH, (s + 1) * LENGTH);
      return window.indexOf(Math.max(...window));
    };
    expect(Math.abs(peak(10) - 152)).toBeLessThanOrEqual(1);
    expect(Math.abs(peak(9) - 252)).toBeLessThanOrEqual(1);
  });

  it('do not change with gain, offset and slow wander', () => {
    const x = lead(250);
    const plain = cut(x, 250);
    const far = (other: Float32Array) =>
      other.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i])), 0);
    expect(
      far(
        cut(
          x.map((v) => 0.1 * v + 3),
          250,
        ),
      ),
    ).toBeLessThan(1e-3);
    expect(
      far(
        cut(
          x.map((v, i) => v + Math.sin(i / 250)),
          250,
        ),
      ),
    ).toBeLessThan(0.1);
    // Negative control: a wave within the band changes them.
    expect(
      far(
        cut(
          x.map((v, i) => v + 0.3 * Math.sin(i / 10)),
          250,
        ),
      ),
    ).toBeGreaterThan(0.15);
  });

  it('are nearly those of other rates, and the same cut from a longer lead with the same block', () => {
    const plain = cut(lead(500), 500);
    const other = cut(lead(250), 250);
    let sum = 0;
    for (let i = 0; i < plain.length; i++) sum += (plain[i] - other[i]) ** 2;
    expect(Math.sqrt(sum / plain.length)).toBeLessThan(0.02);
    const part = cut(lead(250), 250, 10, 10);
    expect(part).toHaveLength(10 * LENGTH);
    // The usual range of ten seconds is not quite that of thirty: the shape agrees.
    const ratio = part[155] / other[10 * LENGTH + 155];
    for (let i = 0; i < LENGTH; i++) expect(part[i]).toBeCloseTo(ratio * other[10 * LENGTH + i], 2);
  });

  it('take another usual range, and never make a still lead loud', () => {
    const x = lead(250);
    const windows = createQualityWindows(250, QUALITY_SECOND);
    const usual = windows.usualRange(x, 0, 30);
    // The range of two seconds with a beat: from the generator's R peak to its S wave, within the band.
    expect(usual).toBeGreaterThan(0.8);
    expect(usual).toBeLessThan(2.5);
    const own = windows.cut(x, 0, 30);
    const half = windows.cut(x, 0, 30, 2 * usual);
    for (let i = 0; i < own.length; i += 7) expect(half[i]).toBeCloseTo(own[i] / 2, 5);
    // 20 µV of movement stay 20/150 of what becomes 1.
    const still = Float32Array.from({ length: 7500 }, (_, i) => 0.01 * Math.sin(i / 20));
    expect(windows.usualRange(still, 0, 30)).toBe(QUALITY_SECOND.scale.least);
    expect(windows.cut(still, 5, 20).reduce((a, b) => Math.max(a, b))).toBeLessThan(0.07);
  });

  it('stay finite for flat, invalid and huge leads', () => {
    for (const value of [0, 4, Number.NaN])
      expect(cut(new Float32Array(7500).fill(value), 250).every((x) => Math.abs(x) < 1e-3)).toBe(true);
    const torn = lead(250);
    torn.fill(1000, 3000, 3200);
    torn.fill(Number.NaN, 4000, 4300);
    const windows = cut(torn, 250);
    expect(windows.every((x) => Math.abs(x) <= QUALITY_SECOND.limit)).toBe(true);
  });

  it('refuse a contract with a fault', () => {
    const parse = (data: unknown) => parseStrictly(QualitySecondSchema, data, 'here');
    expect(parse(QUALITY_SECOND)).toEqual(QUALITY_SECOND);
    expect(() => parse({ ...QUALITY_SECOND, speed: 1 })).toThrow(/speed/);
    expect(() => parse({ ...QUALITY_SECOND, fs: 99.5 })).toThrow(/fs/);
  });
});
