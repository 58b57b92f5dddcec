import { describe, expect, it } from 'vitest';
import { createRandom, EcgError } from '../core/index.js';
import { butterworthHighPass, butterworthLowPass } from './butterworth.js';
import { createFilterState, filter, filterZeroPhase } from './filter.js';

const fs = 250;
const impulse = (n: number, at = 0) => new Float32Array(n).map((_, i) => (i === at ? 1 : 0));

/** |DFT| of a response at one frequency: the slow, obvious sum. */
function gainAt(response: Float32Array, frequency: number): number {
  let re = 0;
  let im = 0;
  response.forEach((h, i) => {
    re += h * Math.cos((2 * Math.PI * frequency * i) / fs);
    im -= h * Math.sin((2 * Math.PI * frequency * i) / fs);
  });
  return Math.hypot(re, im);
}
const warp = (frequency: number) => Math.tan((Math.PI * frequency) / fs);
/** Butterworth's gain under the bilinear transform. */
const butterworth = (ratio: number, order: number) => 1 / Math.sqrt(1 + ratio ** (2 * order));

describe('Butterworth filters', () => {
  it('have Butterworth’s gain, for every order', () => {
    for (let order = 1; order <= 12; order++)
      for (const cutoff of [5, 40, 100]) {
        const low = filter(impulse(4000), butterworthLowPass({ fs, cutoff, order }));
        const high = filter(impulse(4000), butterworthHighPass({ fs, cutoff, order }));
        for (const f of [0.5, 5, 20, 40, 60, 100, 120]) {
          expect(gainAt(low, f)).toBeCloseTo(butterworth(warp(f) / warp(cutoff), order), 4);
          expect(gainAt(high, f)).toBeCloseTo(butterworth(warp(cutoff) / warp(f), order), 4);
        }
        // Negative control: the next order is told apart at twice the cutoff.
        const ratio = warp(Math.min(120, 2 * cutoff)) / warp(cutoff);
        if (order < 6)
          expect(gainAt(low, Math.min(120, 2 * cutoff))).not.toBeCloseTo(butterworth(ratio, order + 1), 4);
      }
  });
  it('refuse what cannot be designed', () => {
    for (const [cutoff, order] of [
      [0, 2],
      [125, 2],
      [-1, 2],
      [Number.NaN, 2],
      [10, 0],
      [10, 1.5],
      [10, 13],
    ] as const)
      for (const design of [butterworthLowPass, butterworthHighPass])
        expect(() => design({ fs, cutoff, order })).toThrow(EcgError);
  });
});

describe('filter', () => {
  const random = createRandom(1);
  const noise = () => Float32Array.from({ length: 700 }, () => random.normal());
  const sections = butterworthLowPass({ fs, cutoff: 20, order: 3 });

  it('is linear', () => {
    const [x, y] = [noise(), noise()];
    const both = filter(
      x.map((v, i) => 2 * v - 3 * y[i]!),
      sections,
    );
    const [fx, fy] = [filter(x, sections), filter(y, sections)];
    both.forEach((v, i) => {
      expect(v).toBeCloseTo(2 * fx[i]! - 3 * fy[i]!, 5);
    });
  });
  it('goes on from slice to slice', () => {
    const x = noise();
    const state = createFilterState(sections);
    const parts = [x.subarray(0, 3), x.subarray(3, 3), x.subarray(3, 500), x.subarray(500)];
    const slices = parts.flatMap((part) => [...filter(part, sections, state)]);
    expect(Float32Array.from(slices)).toEqual(filter(x, sections));
  });
});

describe('filterZeroPhase', () => {
  const designs = {
    low: { cutoff: 15, sections: butterworthLowPass({ fs, cutoff: 15, order: 4 }) },
    high: { cutoff: 2, sections: butterworthHighPass({ fs, cutoff: 2, order: 3 }) },
  };
  it('has the squared gain and no delay', () => {
    for (const { cutoff, sections } of Object.values(designs)) {
      const response = filterZeroPhase(impulse(4001, 2000), sections);
      for (let k = 1; k < 1500; k++) expect(response[2000 + k]!).toBeCloseTo(response[2000 - k]!, 6);
      const once = filter(impulse(4001), sections);
      for (const f of [1, 2, 5, 15, 50]) expect(gainAt(response, f)).toBeCloseTo(gainAt(once, f) ** 2, 4);
      // Negative control: one pass has neither.
      expect(gainAt(response, cutoff)).not.toBeCloseTo(gainAt(once, cutoff), 1);
      const single = filter(impulse(4001, 2000), sections);
      expect(Math.abs(single[2010]! - single[1990]!)).toBeGreaterThan(1e-3);
    }
  });
  it('leaves no transient of an offset or a slope', () => {
    const line = Float32Array.from({ length: 2000 }, (_, i) => 7 + 0.01 * i);
    filterZeroPhase(line, designs.low.sections).forEach((y, i) => {
      expect(y).toBeCloseTo(line[i]!, 3);
    });
    const flat = new Float32Array(2000).fill(7);
    for (const y of filterZeroPhase(flat, designs.high.sections)) expect(y).toBeCloseTo(0, 4);
  });
  it('takes signals of any length', () => {
    for (const n of [0, 1, 2, 10])
      expect(filterZeroPhase(new Float32Array(n).fill(3), designs.low.sections)).toEqual(
        new Float32Array(n).fill(3),
      );
  });
});
