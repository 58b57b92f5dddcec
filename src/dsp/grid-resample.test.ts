import { describe, expect, it } from 'vitest';
import { createGridResampler } from './grid-resample.js';

const sine = (frequency: number, fs: number, n: number): Float32Array =>
  Float32Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * frequency * i) / fs));

describe('createGridResampler', () => {
  it('keeps a slow sine and takes away a fast one, at its own instants', () => {
    // Origin: a sine's samples on the other grid, from its formula.
    for (const fsIn of [100, 250, 360, 512.508, 1000]) {
      const resampler = createGridResampler({ fsIn, fsOut: 128, cutoff: 40, halfWidth: 0.05 });
      const out = new Float32Array(512);
      resampler.run(sine(5, fsIn, Math.ceil(4.2 * fsIn)), 0, 0, 512, out, 0);
      const slow = sine(5, 128, 512);
      let worst = 0;
      for (let k = 20; k < 492; k++) worst = Math.max(worst, Math.abs(out[k] - slow[k]));
      expect(worst, `${fsIn} Hz`).toBeLessThan(0.01);
      // Negative control: one input sample's shift.
      let shifted = 0;
      for (let k = 20; k < 491; k++) {
        shifted = Math.max(shifted, Math.abs(out[k] - Math.sin(2 * Math.PI * 5 * (k / 128 + 1 / fsIn))));
      }
      expect(shifted, `${fsIn} Hz shifted`).toBeGreaterThan(0.01);
      if (fsIn < 200) continue;
      resampler.run(sine(70, fsIn, Math.ceil(4.2 * fsIn)), 0, 0, 512, out, 0);
      expect(Math.max(...out.subarray(20, 492)), `${fsIn} Hz`).toBeLessThan(0.01);
    }
  });

  it('gives the same samples from any stretch of input', () => {
    const x = sine(7, 360, 3600);
    const resampler = createGridResampler({ fsIn: 360, fsOut: 128, cutoff: 40, halfWidth: 0.05 });
    const whole = new Float32Array(1280);
    resampler.run(x, 0, 0, 1280, whole, 0);
    const part = new Float32Array(100);
    const from = 613;
    const first = resampler.firstInput(from);
    resampler.run(x.subarray(first, resampler.lastInput(from + 99)), first, from, from + 100, part, 0);
    expect([...part]).toEqual([...whole.subarray(from, from + 100)]);
  });
});
