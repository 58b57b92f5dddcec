import { describe, expect, it } from 'vitest';
import { createRandom, EcgError } from '../core/index.js';
import { createFft } from './fft.js';

/** The slow, obvious sum. */
function definition(re: Float64Array, im: Float64Array): [Float64Array, Float64Array] {
  const n = re.length;
  const out: [Float64Array, Float64Array] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      out[0][k] += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
      out[1][k] += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
    }
  return out;
}

const random = createRandom(7);
const noise = (n: number) => Float64Array.from({ length: n }, () => random.normal());
const furthest = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

describe('createFft', () => {
  it('equals the definition at every length to 70, and at lengths of each kind', () => {
    const lengths = Array.from({ length: 70 }, (_, i) => i + 1);
    for (const n of [...lengths, 128, 243, 625, 640, 31 * 8, 37 * 9, 509]) {
      const [re, im] = [noise(n), noise(n)];
      const [wantRe, wantIm] = definition(re, im);
      createFft(n).forward(re, im);
      // Rounding of the sum itself grows with n.
      expect(furthest(re, wantRe)).toBeLessThan(1e-12 * n + 1e-12);
      expect(furthest(im, wantIm)).toBeLessThan(1e-12 * n + 1e-12);
    }
  });

  it('is undone by its inverse, call after call', () => {
    for (const n of [1, 2, 5, 360, 1250, 1024, 1021]) {
      const fft = createFft(n);
      for (let call = 0; call < 2; call++) {
        const [re, im] = [noise(n), noise(n)];
        const before = [re.slice(), im.slice()] as const;
        fft.forward(re, im);
        // Negative control: the spectrum is not the signal.
        if (n > 1) expect(furthest(re, before[0])).toBeGreaterThan(0.1);
        fft.inverse(re, im);
        expect(furthest(re, before[0])).toBeLessThan(1e-12);
        expect(furthest(im, before[1])).toBeLessThan(1e-12);
      }
    }
  });

  it('refuses lengths that are none, and arrays of another length', () => {
    for (const n of [0, -1, 2.5, Number.NaN]) expect(() => createFft(n)).toThrow(EcgError);
    expect(() => createFft(8).forward(noise(8), noise(7))).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});
