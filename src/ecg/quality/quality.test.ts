import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import type { SynthesisScript } from '../synthesis/script.js';
import { synthesize } from '../synthesis/synthesize.js';
import { createQualityMeter } from './quality-meter.js';

const sinus: SynthesisScript = {
  id: 'q',
  segments: [{ rhythm: 'sinus', seconds: 120, heartRateBpm: 70, events: [{ at: 60, beats: '---' }] }],
  disturbances: [{ kind: 'white', amplitudeMv: 0.01 }],
};
async function judge(
  disturbances: SynthesisScript['disturbances'],
  fs = 250,
  leads = ['II', 'V5'],
  chunk = 1000,
) {
  const all = [...sinus.disturbances!, ...disturbances!];
  const { signals } = synthesize({ ...sinus, disturbances: all }, { fs, seed: 1, leads });
  const meter = createQualityMeter({ fs, leads: leads.length });
  for (let at = 0; at < signals[0]!.samples.length; at += chunk)
    meter.push(signals.map((s) => s.samples.subarray(at, at + chunk)));
  return meter.finish();
}

describe('the quality meter', () => {
  it('finds a clean recording readable, its pause of four seconds too', async () => {
    for (const fs of [100, 128, 250, 360, 500, 1000]) expect(await judge([], fs)).toEqual([]);
  });
  it('finds noise as large as the heart, not a tenth of it', async () => {
    for (const fs of [128, 360, 1000])
      for (const kind of ['emg', 'white'] as const) {
        const loud = await judge([{ kind, amplitudeMv: 0.8, from: 30, to: 50 }], fs);
        expect(loud.map((s) => s.reason)).toEqual(['noise']);
        expect(Math.abs(loud[0]!.from / fs - 30)).toBeLessThanOrEqual(1);
        expect(Math.abs(loud[0]!.to / fs - 50)).toBeLessThanOrEqual(1);
        expect(await judge([{ kind, amplitudeMv: 0.08, from: 30, to: 50 }], fs)).toEqual([]);
      }
  });
  it('finds leads that have come off, when all have', async () => {
    expect(await judge([{ kind: 'lead-off', from: 30, to: 45, leads: ['II'] }])).toEqual([]);
    expect(await judge([{ kind: 'lead-off', from: 30, to: 45 }])).toEqual([
      { from: 7500, to: 11_250, reason: 'flat' },
    ]);
    expect(
      (
        await judge([
          { kind: 'lead-off', from: 30, to: 45, leads: ['II'] },
          { kind: 'emg', amplitudeMv: 1, from: 20, to: 60, leads: ['V5'] },
        ])
      ).map((s) => s.reason),
    ).toEqual(['noise']);
  });
  it('finds invalid samples', async () => {
    expect(await judge([{ kind: 'gap', from: 10, to: 20 }])).toEqual([
      { from: 2500, to: 5000, reason: 'invalid' },
    ]);
  });
  it('says the same whatever the size of the slices', async () => {
    const noise = [{ kind: 'emg', amplitudeMv: 0.8, from: 30, to: 50 }] as const;
    expect(await judge(noise, 250, ['II', 'V5'], 77)).toEqual(await judge(noise, 250, ['II', 'V5'], 30_000));
  });
  it('finds nothing to read in a flat line or in pure noise, up to the last sample', async () => {
    const random = createRandom(1);
    const all = (f: () => number) => {
      const meter = createQualityMeter({ fs: 250, leads: 1 });
      meter.push([Float32Array.from({ length: 10_100 }, f)]);
      return meter.finish();
    };
    expect(await all(() => 0.3)).toEqual([{ from: 0, to: 10_100, reason: 'flat' }]);
    expect(await all(() => random.normal())).toEqual([{ from: 0, to: 10_100, reason: 'noise' }]);
    expect(await all(() => Number.NaN)).toEqual([{ from: 0, to: 10_100, reason: 'invalid' }]);
  });
});
