import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../../tests/beat-contract.js';
import { meanIntervals } from '../rr-features.js';
import { createMeanInterval } from './mean-interval.js';

describe('the mean interval of a stream', () => {
  it('is that of the recording up to now, unknown and absurd intervals left out', () => {
    const before = [Number.NaN, 0.8, 0.9, 5, 0.1, 1.0, Number.NaN, 0.7];
    const times = Float64Array.from(before, (_, i) => i);
    const stream = createMeanInterval(TEST_CONTRACT.rr);
    expect(stream.mean()).toBe(1);
    before.forEach((rr, i) => {
      stream.add(times[i], rr);
    });
    const whole = meanIntervals(times, Float64Array.from(before), TEST_CONTRACT.rr);
    expect(stream.mean()).toBeCloseTo(whole[7], 12);
  });
  it('forgets what is farther away than the reach', () => {
    const stream = createMeanInterval({ ...TEST_CONTRACT.rr, meanReach: 100 });
    for (let time = 0; time < 50; time++) stream.add(time, 2);
    for (let time = 50; time < 140; time++) stream.add(time, 1);
    expect(stream.mean()).toBeGreaterThan(1);
    stream.add(160, 1);
    expect(stream.mean()).toBe(1);
    // After a long silence the last one stands.
    stream.add(1e6, Number.NaN);
    expect(stream.mean()).toBe(1);
  });
});
