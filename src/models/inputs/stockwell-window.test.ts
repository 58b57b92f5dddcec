import { describe, expect, it } from 'vitest';
import { EcgError } from '../../core/index.js';
import { parseStrictly } from '../strict.js';
import {
  chooseWindowLead,
  createStockwellPicture,
  cutWindows,
  STOCKWELL_WINDOW,
  type StockwellWindowInput,
  StockwellWindowSchema,
  stockwellPictureShape,
  voiceBins,
  windowLength,
} from './stockwell-window.js';

const input = STOCKWELL_WINDOW;
const FS = 360;
const sampled = (seconds: number, of: (t: number) => number) =>
  Float32Array.from({ length: seconds * FS }, (_, i) => of(i / FS));
const withPicture = (picture: Partial<StockwellWindowInput['picture']>): StockwellWindowInput => ({
  ...input,
  picture: { ...input.picture, ...picture },
});

describe('cutWindows', () => {
  const tone = (t: number) => 5 + 2 * Math.sin(2 * Math.PI * 10 * t);

  it('gives whole windows on the grid, without offset, in standard deviations', () => {
    const windows = cutWindows(sampled(25, tone), FS, input);
    expect(windows.length).toBe(2 * 1250);
    // A sine of standard deviation 1 has the amplitude √2; edges of the recording are the filter's.
    let furthest = 0;
    for (let i = 200; i < 2400; i++)
      furthest = Math.max(
        furthest,
        Math.abs(windows[i] - Math.SQRT2 * Math.sin((2 * Math.PI * 10 * i) / 125)),
      );
    expect(furthest).toBeLessThan(0.02);
  });

  it('takes mains hum and drift away', () => {
    const clean = cutWindows(sampled(30, tone), FS, input);
    const noisy = cutWindows(
      sampled(30, (t) => tone(t) + Math.sin(2 * Math.PI * 60 * t) + 3 * Math.sin(2 * Math.PI * 0.05 * t)),
      FS,
      input,
    );
    const middle = (x: Float32Array) => x.subarray(1250, 2500);
    const apart = middle(clean).reduce((most, x, i) => Math.max(most, Math.abs(x - middle(noisy)[i])), 0);
    expect(apart).toBeLessThan(0.02);
    // Negative control: hum within the band stays.
    const within = cutWindows(
      sampled(30, (t) => tone(t) + Math.sin(2 * Math.PI * 25 * t)),
      FS,
      input,
    );
    expect(Math.max(...middle(within).map((x, i) => Math.abs(x - middle(clean)[i])))).toBeGreaterThan(0.2);
  });

  it('keeps time: a spike 2 s into the second window stands there', () => {
    const windows = cutWindows(
      sampled(30, (t) => Math.exp(-(((t - 12) / 0.02) ** 2))),
      FS,
      input,
    );
    const second = windows.subarray(1250, 2500);
    expect(second.indexOf(Math.max(...second))).toBe(250);
  });

  it('makes zeros of a flat lead and nothing of a short one', () => {
    expect(cutWindows(new Float32Array(11 * FS).fill(1), FS, input)).toEqual(new Float32Array(1250));
    expect(cutWindows(new Float32Array(9 * FS), FS, input).length).toBe(0);
  });
});

describe('voiceBins', () => {
  it('spaces 0.5…40 Hz in equal steps or ratios, a bin apart at least', () => {
    const linear = voiceBins(withPicture({ voices: { ...input.picture.voices, spacing: 'linear' } }));
    // 5 + 395 · i / 63, rounded.
    expect([linear[0], linear[1], linear[31], linear[63]]).toEqual([5, 11, 199, 400]);
    const ratios = voiceBins(input);
    expect([ratios[0], ratios[1], ratios[63]]).toEqual([5, 6, 400]);
    // Where bins no longer crowd: 5 · 80^(62/63) = 373.1.
    expect(ratios[62]).toBe(373);
    expect(new Set(ratios).size).toBe(64);
  });
});

describe('createStockwellPicture', () => {
  /** √2 cos at bin k: standard deviation 1. */
  const cosine = (k: number) =>
    Float32Array.from({ length: 1250 }, (_, i) => Math.SQRT2 * Math.cos((2 * Math.PI * k * i) / 1250));
  const draw = (window: Float32Array, of: StockwellWindowInput) => {
    const [, rows, columns] = stockwellPictureShape(of);
    const into = new Uint8Array(rows * columns + 2).fill(9);
    createStockwellPicture(of).draw(window, into, 1);
    expect([into[0], into[into.length - 1]]).toEqual([9, 9]);
    return into.subarray(1, into.length - 1);
  };

  it('shows a tone as a Gaussian over the voices, level over time', () => {
    const k = 100;
    for (const [form, height] of [
      ['standard', Math.SQRT1_2],
      ['analytic', Math.SQRT2],
    ] as const) {
      const of = withPicture({ form, darkest: -3, brightest: 0.5 });
      const picture = draw(cosine(k), of);
      for (const [v, n] of voiceBins(of).entries()) {
        // Source: |S[n]| of a cosine of amplitude a at bin k is a/2 · exp(−2π²(n − k)²/n²), analytic twice that.
        const log = Math.log10(height) - ((2 * Math.PI ** 2 * (n - k) ** 2) / n ** 2) * Math.LOG10E;
        // Far above k the mirror image at −k joins in the standard form.
        if (form === 'standard' && n > 250) continue;
        const wanted = Math.min(255, Math.max(0, (255 * (log + 3)) / 3.5));
        for (const column of [0, 64, 127])
          expect(Math.abs(picture[v * 128 + column] - wanted)).toBeLessThanOrEqual(0.51);
      }
    }
  });

  it('puts a spike where it lies, narrow in high voices and wide in low ones', () => {
    const window = new Float32Array(1250);
    // In the middle of column 96.
    window[Math.round((96.5 / 128) * 1250)] = 35;
    const picture = draw(window, input);
    const width = (row: number) => picture.subarray(row * 128, (row + 1) * 128).filter((x) => x > 60).length;
    const high = picture.subarray(63 * 128);
    expect(high.indexOf(Math.max(...high))).toBe(96);
    expect(width(63)).toBeLessThan(4);
    expect(width(20)).toBeGreaterThan(20);
  });

  it('is black for a flat window', () => {
    expect(draw(new Float32Array(1250), input).every((x) => x === 0)).toBe(true);
  });
});

describe('the window contract', () => {
  it('has the shapes that the networks take', () => {
    expect(windowLength(input)).toBe(1250);
    expect(stockwellPictureShape(input)).toEqual([1, 64, 128]);
  });

  it('takes the named lead, wherever it stands, else the first ECG', () => {
    const signal = (lead: string, unit = 'mV') => ({ lead, unit, fs: FS });
    expect(chooseWindowLead([signal('V5'), signal('MLII')], input)).toBe(1);
    expect(chooseWindowLead([signal('ABP', 'mmHg'), signal('V5'), signal('V2')], input)).toBe(1);
    expect(() => chooseWindowLead([signal('ABP', 'mmHg')], input)).toThrow(EcgError);
  });

  it('refuses what cannot be, all faults at once', () => {
    const parse = (data: unknown) => parseStrictly(StockwellWindowSchema, data, 'here');
    expect(parse(input)).toEqual(input);
    expect(() => parse({ ...input, speed: 25 })).toThrow(/speed/);
    expect(() => parse({ ...input, band: { low: 40, high: 0.5, order: 2 } })).toThrow(/band\.low/);
    const crowded = { ...input.picture, voices: { ...input.picture.voices, low: 39 } };
    expect(() => parse({ ...input, picture: crowded })).toThrow(/voices/);
  });
});
