import { describe, expect, it } from 'vitest';
import { sinusBeats, sinusTemplate } from './template.js';

const settings = { minRr: 0.85, maxRr: 1.4, mostBeats: 100, fewest: 2, difference: true };

describe('sinusTemplate', () => {
  it('is the median of the sinus beats only', () => {
    // Beats of two samples; the third is premature and tall.
    const windows = Float32Array.of(1, 10, 2, 20, 100, 100, 3, 60);
    const ratio = Float64Array.of(1, 1.1, 0.6, 0.9);
    const present = Uint8Array.of(1, 1, 1, 1);
    expect([...sinusTemplate(windows, present, ratio, 1, 2, settings)]).toEqual([2, 20]);
    // Without that beat's lead: the mean of the middle two.
    expect([...sinusTemplate(windows, Uint8Array.of(0, 1, 1, 1), ratio, 1, 2, settings)]).toEqual([2.5, 40]);
  });

  it('takes at most so many, the first and the last among them', () => {
    const windows = Float32Array.from({ length: 9 }, (_, i) => i);
    const ratio = new Float64Array(9).fill(1);
    const present = new Uint8Array(9).fill(1);
    // By hand: of 0…8, three at even distances are 0, 4 and 8.
    expect([...sinusTemplate(windows, present, ratio, 1, 1, { ...settings, mostBeats: 3 })]).toEqual([4]);
  });

  it('is zeros without a usable beat', () => {
    expect([
      ...sinusTemplate(new Float32Array(2), new Uint8Array(1), Float64Array.of(1), 1, 2, settings),
    ]).toEqual([0, 0]);
  });
});

describe('sinusBeats', () => {
  it('falls back to all beats where too few are sinus', () => {
    expect(sinusBeats(Float64Array.of(0.5, 1, Number.NaN), settings)).toEqual([0, 1, 2]);
    expect(sinusBeats(Float64Array.of(0.5, 1, 1), settings)).toEqual([1, 2]);
  });
});
