import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { heartRateVariability } from './heart-rate-variability.js';
import { nnIntervals } from './nn-intervals.js';

async function noisy(n: number, ms: number, spread: number) {
  const random = createRandom(11);
  const samples = new Float64Array(n + 1);
  for (let i = 1; i <= n; i++) samples[i] = samples[i - 1]! + ms + spread * random.normal();
  return nnIntervals({ samples, normal: new Uint8Array(n + 1).fill(1), fs: 1000, unreadable: [] });
}

describe('heartRateVariability', () => {
  it('gives all of it for a day of beats', async () => {
    // Independent intervals with deviation 40 ms: SDNN 40, RMSSD 40 √2, SD1 = SD2 = 40 (all within 2 %, 100 000 values).
    const hrv = (await heartRateVariability(await noisy(100_000, 860, 40)))!;
    const near = (value: number | null, expected: number) =>
      expect(Math.abs(value! / expected - 1)).toBeLessThan(0.02);
    near(hrv.time.meanNnMs, 860);
    near(hrv.time.sdnnMs, 40);
    near(hrv.time.rmssdMs, 40 * Math.SQRT2);
    near(hrv.nonlinear.sd1Ms, 40);
    near(hrv.nonlinear.sd2Ms, 40);
    // White noise of that variance sampled every 860 ms: 40² over half of 1/0.86 Hz, of which LF spans 0.11 Hz.
    expect(Math.abs(hrv.frequency!.lfMs2 / ((1600 * 0.11 * 2 * 860) / 1000) - 1)).toBeLessThan(0.05);
    expect(hrv.frequency!.ulfMs2).not.toBeNull();
    expect(hrv.nonlinear.sampleEntropy).toBeGreaterThan(2);
  });

  it('says nothing of less than a minute', async () => {
    expect(await heartRateVariability(await noisy(70, 840, 10))).toBeNull();
    expect(await heartRateVariability(await noisy(73, 840, 10))).not.toBeNull();
  });
});
