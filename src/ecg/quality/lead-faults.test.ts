import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import type { SynthesisScript } from '../synthesis/script.js';
import { synthesize } from '../synthesis/synthesize.js';
import { findLeadFaults } from './lead-faults.js';
import { CLIPPED_SECOND, FLAT_SECOND } from './second-quality.js';

const RATES = [100, 128, 250, 360, 500, 1000];

function lead(fs: number, disturbances: NonNullable<SynthesisScript['disturbances']> = []): Float32Array {
  const script: SynthesisScript = {
    id: 'q',
    segments: [{ rhythm: 'sinus', seconds: 40, heartRateBpm: 70, events: [{ at: 20, beats: '--NNV' }] }],
    disturbances: [{ kind: 'white', amplitudeMv: 0.008 }, ...disturbances],
  };
  return synthesize(script, { fs, seed: 4, leads: ['II'] }).signals[0].samples;
}

/** As a converter of this step stores it. */
const quantised = (x: Float32Array, step: number) => x.map((value) => step * Math.round(value / step));
const clip = (x: Float32Array, low: number, high: number) => x.map((v) => Math.min(high, Math.max(low, v)));
const secondsOf = (codes: Uint8Array, code: number) => [...codes.keys()].filter((s) => codes[s] === code);

describe('findLeadFaults', () => {
  it('finds nothing wrong with a heart, its pause, its ectopic beats, wander and noise', async () => {
    for (const fs of RATES)
      for (const step of [1e-4, 0.005, 0.02]) {
        for (const disturbance of [
          [],
          [{ kind: 'wander', amplitudeMv: 0.8 }],
          [{ kind: 'emg', amplitudeMv: 0.3 }],
          [{ kind: 'motion', amplitudeMv: 1 }],
        ] as NonNullable<SynthesisScript['disturbances']>[]) {
          const codes = await findLeadFaults(quantised(lead(fs, disturbance), step), fs);
          expect([...codes]).toEqual(new Array(40).fill(0));
        }
      }
  });

  it('finds what an amplifier cut off, at any rate, gain and polarity', async () => {
    for (const fs of RATES) {
      const x = lead(fs, [{ kind: 'motion', amplitudeMv: 8, from: 10, to: 15 }]);
      for (const gain of [0.2, -1, 5]) {
        const limit = 2 * Math.abs(gain);
        const cut = clip(
          x.map((value) => gain * value),
          -limit,
          limit,
        );
        const codes = await findLeadFaults(cut, fs);
        // Where the line truly lies at the limit for 20 ms and more.
        const truth = new Set<number>();
        let run = 0;
        cut.forEach((value, i) => {
          run = Math.abs(Math.abs(value) - limit) < 1e-6 ? run + 1 : 0;
          if (run >= Math.max(4, 0.02 * fs)) truth.add(Math.floor(i / fs));
        });
        expect(truth.size).toBeGreaterThan(2);
        const found = secondsOf(codes, CLIPPED_SECOND);
        expect(found.filter((s) => s < 9 || s > 15)).toEqual([]);
        // Shallow cuts, hardly entered, may pass.
        expect(found.length).toBeGreaterThanOrEqual(Math.ceil(truth.size / 2));
      }
      // Negative control: the same lead with room.
      expect(secondsOf(await findLeadFaults(x, fs), CLIPPED_SECOND)).toEqual([]);
    }
  });

  it('finds R peaks that are cut flat', async () => {
    for (const fs of [250, 500, 1000]) {
      const x = lead(fs);
      const top = x.reduce((a, b) => Math.max(a, b));
      const codes = await findLeadFaults(clip(x, -9, 0.4 * top), fs);
      expect(secondsOf(codes, CLIPPED_SECOND).length).toBeGreaterThan(25);
    }
  });

  it('finds lines that stand still, not short ones', async () => {
    const fs = 250;
    const off = lead(fs, [{ kind: 'lead-off', from: 8, to: 20 }]);
    const flat = secondsOf(await findLeadFaults(off, fs), FLAT_SECOND);
    expect(flat).toEqual(expect.arrayContaining([9, 10, 11, 12, 13, 14, 15, 16, 17, 18]));
    expect(flat.filter((s) => s < 8 || s > 19)).toEqual([]);
    // A line of a few µV of noise: flat for 6 s, a pause for 3.
    const random = createRandom(2);
    const quiet = (seconds: number) => {
      const x = lead(fs);
      for (let i = 10 * fs; i < (10 + seconds) * fs; i++) x[i] = 0.1 + 0.0004 * random.normal();
      return x;
    };
    expect(secondsOf(await findLeadFaults(quiet(6), fs), FLAT_SECOND)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(secondsOf(await findLeadFaults(quiet(3), fs), FLAT_SECOND)).toEqual([]);
  });

  it('finds one value repeated for a second, and invalid samples', async () => {
    const fs = 360;
    const stuck = lead(fs);
    stuck.fill(5.11, 12 * fs, 14 * fs);
    expect(secondsOf(await findLeadFaults(stuck, fs), FLAT_SECOND)).toEqual([12, 13]);
    const holes = lead(fs);
    holes.fill(Number.NaN, 30 * fs, 31 * fs);
    holes.fill(Number.NaN, 33 * fs, 33.2 * fs);
    expect(secondsOf(await findLeadFaults(holes, fs), FLAT_SECOND)).toEqual([30]);
    expect([...(await findLeadFaults(new Float32Array(900).fill(1), fs))]).toEqual([
      FLAT_SECOND,
      FLAT_SECOND,
    ]);
    expect([...(await findLeadFaults(new Float32Array(100), fs))]).toEqual([]);
  });
});
