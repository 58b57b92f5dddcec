import { describe, expect, it } from 'vitest';
import { stockwellByDefinition } from '../../tests/stockwell-definition.js';
import { createRandom } from '../core/index.js';
import { createFft } from './fft.js';
import { createStockwell, type StockwellForm, type StockwellVoices } from './stockwell.js';

const FORMS: readonly StockwellForm[] = ['standard', 'analytic'];
const random = createRandom(3);
const noise = (n: number) => Float64Array.from({ length: n }, () => random.normal());
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let most = 0;
  for (let i = 0; i < b.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};
const magnitude = ({ re, im }: StockwellVoices) => re.map((x, i) => Math.hypot(x, im[i]));

describe('createStockwell', () => {
  it('gives the published magnitudes of an impulse', () => {
    const x = Float64Array.from({ length: 8 }, (_, i) => Number(i === 2));
    const found = magnitude(createStockwell({ length: 8, voices: [4], form: 'standard' }).transform(x));
    // |S[4]| of a unit impulse at 2, N = 8.
    const wanted = [0.123202, 0.176477, 0.199605, 0.176477, 0.123202, 0.073523, 0.053991, 0.073523];
    expect(furthest(found, wanted)).toBeLessThan(6e-7);
    // Negative control: the analytic form is another transform.
    const other = magnitude(createStockwell({ length: 8, voices: [4], form: 'analytic' }).transform(x));
    expect(furthest(other, wanted)).toBeGreaterThan(0.01);
  });

  it('gives the published voices of a ramp', () => {
    const ramp = [1, 2, 3, 4, 5, 6, 7, 8];
    const { re, im } = createStockwell({ length: 8, voices: [0, 1, 4], form: 'standard' }).transform(ramp);
    const constant = (value: number) => new Float64Array(8).fill(value);
    expect(furthest(re.subarray(0, 8), constant(4.5))).toBeLessThan(1e-12);
    expect(furthest(re.subarray(8, 16), constant(-0.5))).toBeLessThan(6e-7);
    expect(furthest(im.subarray(8, 16), constant(1.207107))).toBeLessThan(6e-7);
    const half = [-0.79842, -0.613396, -0.37222, -0.215964];
    expect(furthest(re.subarray(16, 24), [...half, ...half.toReversed()])).toBeLessThan(6e-7);
    const analytic = createStockwell({ length: 8, voices: [4], form: 'analytic' }).transform(ramp);
    expect(analytic.re[0]).toBeCloseTo(-0.79842, 5);
    expect(analytic.im[0]).toBeCloseTo(0.127853, 6);
  });

  it('shows a cosine as a Gaussian over the voices', () => {
    const [n, k] = [256, 30];
    const x = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * k * i) / n));
    for (const [form, height] of [
      ['standard', 1 / 2],
      ['analytic', 1],
    ] as const) {
      const voices = [10, 25, 30, 36, 60];
      const found = magnitude(createStockwell({ length: n, voices, form }).transform(x));
      for (const [v, voice] of voices.entries()) {
        const wanted = height * Math.exp((-2 * Math.PI ** 2 * (voice - k) ** 2) / voice ** 2);
        // The mirror image at −k adds ½ exp(−2π²(voice + k)²/voice²) in the standard form, which its tolerance leaves room for.
        expect(furthest(found.subarray(v * n, (v + 1) * n), new Float64Array(n).fill(wanted))).toBeLessThan(
          form === 'standard' ? 1e-8 : 1e-13,
        );
      }
    }
  });

  it('equals the definition for even, odd and prime lengths', () => {
    for (const n of [2, 3, 8, 9, 37, 50, 64])
      for (const form of FORMS) {
        const x = noise(n);
        const plan = createStockwell({ length: n, form });
        const { re, im } = plan.transform(x);
        const wanted = stockwellByDefinition(x, plan.voices, form);
        expect(furthest(re, wanted.re)).toBeLessThan(1e-13);
        expect(furthest(im, wanted.im)).toBeLessThan(1e-13);
        // Negative control: the voice beside it is told apart.
        if (n > 8) expect(furthest(re, wanted.re.subarray(n))).toBeGreaterThan(1e-3);
      }
  });

  it('sums over time to the FFT, and is undone', () => {
    for (const n of [64, 125, 1250])
      for (const form of FORMS) {
        const x = noise(n);
        const plan = createStockwell({ length: n, form });
        const voices = plan.transform(x);
        const [re, im] = [x.slice(), new Float64Array(n)];
        createFft(n).forward(re, im);
        const sum = (part: Float64Array, voice: number) =>
          part.subarray(voice * n, (voice + 1) * n).reduce((a, b) => a + b, 0);
        for (const voice of [0, 1, 7, 20]) {
          const factor = form === 'analytic' && voice > 0 ? 2 : 1;
          expect(Math.abs(sum(voices.re, voice) - factor * re[voice])).toBeLessThan(1e-9);
          expect(Math.abs(sum(voices.im, voice) - factor * im[voice])).toBeLessThan(1e-9);
        }
        expect(furthest(plan.inverse(voices), x)).toBeLessThan(1e-12);
        // Negative control: a voice disturbed by 1e-8 comes back as more than rounding.
        voices.re[3 * n] += 1e-8;
        expect(furthest(plan.inverse(voices), x)).toBeGreaterThan(1e-12);
      }
  });

  it('gives at fewer instants what it gives there at all of them', () => {
    const n = 120;
    const x = noise(n);
    for (const form of FORMS)
      for (const times of [1, 8, 15, 40, 60]) {
        const voices = [0, 1, 5, 20, 45, 60];
        const few = createStockwell({ length: n, voices, form, times }).transform(x);
        const all = createStockwell({ length: n, voices, form }).transform(x);
        for (let v = 0; v < voices.length; v++)
          for (let j = 0; j < times; j++) {
            const at = v * n + (j * n) / times;
            expect(few.re[v * times + j]).toBeCloseTo(all.re[at], 12);
            expect(few.im[v * times + j]).toBeCloseTo(all.im[at], 12);
          }
      }
  });

  it('gives between the samples what a finer sampling of the same waves gives', () => {
    // Three cosines and a sine, all below both Nyquist limits; N and 2N/… samples of the same ten seconds.
    const wave = (t: number) =>
      Math.cos(2 * Math.PI * 3 * t) + 0.5 * Math.sin(2 * Math.PI * 11 * t) + Math.cos(2 * Math.PI * 17 * t);
    const sampled = (n: number) => Float64Array.from({ length: n }, (_, i) => wave(i / n));
    const voices = [2, 6, 11, 16];
    for (const form of FORMS) {
      const coarse = createStockwell({ length: 50, voices, form, times: 128 }).transform(sampled(50));
      const fine = createStockwell({ length: 128, voices, form }).transform(sampled(128));
      // Weights beyond the coarse spectrum's ends meet its mirror images: e^{−2π²·(50 − 17 − 16)²/16²} ≈ 2e-10.
      expect(furthest(coarse.re, fine.re)).toBeLessThan(1e-8);
      expect(furthest(coarse.im, fine.im)).toBeLessThan(1e-8);
      const shifted = fine.re.subarray(1);
      expect(furthest(coarse.re, shifted)).toBeGreaterThan(1e-2);
    }
  });

  it('writes into given arrays, call after call the same', () => {
    const plan = createStockwell({ length: 100, voices: [4, 9], form: 'standard', times: 25 });
    const into = { re: new Float64Array(50), im: new Float64Array(50) };
    const x = noise(100);
    expect(plan.transform(x, into)).toBe(into);
    const first = into.re.slice();
    plan.transform(noise(100), into);
    expect(into.re).not.toEqual(first);
    expect(plan.transform(x, into).re).toEqual(first);
  });

  it('refuses what it cannot do', () => {
    const refused = (make: () => unknown, code: string) =>
      expect(make).toThrow(expect.objectContaining({ code }));
    refused(() => createStockwell({ length: 1, form: 'standard' }), 'bad-option');
    refused(() => createStockwell({ length: 8, voices: [5], form: 'standard' }), 'bad-option');
    refused(() => createStockwell({ length: 8, voices: [1.5], form: 'standard' }), 'bad-option');
    refused(() => createStockwell({ length: 8, times: 0, form: 'standard' }), 'bad-option');
    const some = createStockwell({ length: 8, voices: [1, 2], form: 'standard' });
    refused(() => some.transform(noise(9)), 'bad-shape');
    refused(() => some.inverse(some.transform(noise(8))), 'bad-option');
  });
});
