import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import {
  addNoise,
  electrodeMotion,
  noiseAmplitude,
  noiseGain,
  qrsAmplitude,
  type SynthesisScript,
  synthesize,
} from '../../ecg/index.js';
import { createRuntime } from '../../nn/node.js';
import { readBundledModel } from '../node.js';
import { loadQualityModel, type QualityModel } from './quality.js';

let model: QualityModel;
beforeAll(async () => {
  model = await loadQualityModel(await readBundledModel('quality'), await createRuntime({ threads: 1 }));
});
afterAll(() => model.close());

function heart(fs: number, disturbances: NonNullable<SynthesisScript['disturbances']> = [], seconds = 120) {
  const script: SynthesisScript = {
    id: 'q',
    segments: [
      { rhythm: 'sinus', seconds: seconds / 2, heartRateBpm: 66, events: [{ at: 20, beats: 'VNNA' }] },
      { rhythm: 'af', seconds: seconds / 2, heartRateBpm: 110, events: [{ at: 20, beats: 'VVVV' }] },
    ],
    disturbances: [{ kind: 'white', amplitudeMv: 0.01 }, ...disturbances],
  };
  const { signals, annotations } = synthesize(script, { fs, seed: 9, leads: ['II', 'V1'] });
  const beats = annotations.filter(({ symbol }) => symbol === 'N').map(({ sample }) => sample);
  return { leads: signals.map((signal) => signal.samples), beats };
}

const noises = {
  motion: (length: number, fs: number) => electrodeMotion(length, fs, createRandom(77)),
  // Differenced white noise after a running mean of 8 ms: muscle.
  muscle: (length: number, fs: number) => {
    const random = createRandom(78);
    const size = Math.max(2, Math.round(0.008 * fs));
    const x = Float32Array.from({ length: length + size }, () => random.normal());
    return Float32Array.from({ length }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += x[i + k];
      return sum;
    });
  },
};

/** Share of noisy seconds, of those between two times. */
const noisyShare = (codes: Uint8Array, from: number, to: number) =>
  codes.subarray(from, to).filter((code) => code === 1).length / (to - from);

describe('the quality network that comes with the package', () => {
  it('finds hearts readable at any rate, gain and polarity, wander and hum notwithstanding', async () => {
    for (const fs of [100, 128, 250, 360, 500, 1000]) {
      const { leads } = heart(fs, [
        { kind: 'wander', amplitudeMv: 0.4 },
        { kind: 'mains', amplitudeMv: 0.02, mainsHz: 50 },
      ]);
      for (const lead of leads) {
        for (const gain of [1, -0.3, 4]) {
          const codes = await model.judge(
            lead.map((x) => gain * x),
            fs,
          );
          expect(codes).toHaveLength(120);
          expect(codes.filter((code) => code === 0).length).toBeGreaterThanOrEqual(115);
        }
      }
    }
  });

  it('tells loud noise from the clean lead, and lets 20 dB pass', async () => {
    for (const fs of [128, 360, 1000]) {
      const { leads, beats } = heart(fs);
      for (const [kind, snrDb] of [
        // Most of what motion is lies below the QRS complexes' band, and it comes and goes.
        ['motion', -8],
        ['muscle', 0],
      ] as const) {
        const noise = noises[kind](120 * fs, fs);
        const at = async (snrDb: number) => {
          const gain = noiseGain(qrsAmplitude(leads[0], fs, beats), noiseAmplitude(noise, fs), snrDb);
          return model.judge(addNoise(leads[0], noise, gain, [{ from: 40 * fs, to: 80 * fs }]), fs);
        };
        const loud = await at(snrDb);
        expect(noisyShare(loud, 41, 79)).toBeGreaterThan(0.75);
        expect(noisyShare(loud, 0, 38)).toBeLessThan(0.06);
        expect(noisyShare(loud, 82, 120)).toBeLessThan(0.06);
        expect(noisyShare(await at(20), 0, 120)).toBeLessThan(0.06);
      }
    }
  });

  it('says flat and clipped by rule, before noise', async () => {
    const fs = 250;
    const { leads } = heart(fs, [
      { kind: 'lead-off', from: 30, to: 40 },
      { kind: 'motion', amplitudeMv: 9, from: 60, to: 66 },
    ]);
    const lead = leads[0].map((x) => Math.min(2.5, Math.max(-2.5, x)));
    const codes = await model.judge(lead, fs);
    expect([...codes.subarray(31, 39)]).toEqual(new Array(8).fill(2));
    expect(codes.subarray(59, 68).filter((code) => code === 3).length).toBeGreaterThanOrEqual(3);
    expect(codes.subarray(0, 28).every((code) => code === 0)).toBe(true);
    lead.fill(Number.NaN, 90 * fs, 93 * fs);
    expect([...(await model.judge(lead, fs)).subarray(90, 93)]).toEqual([2, 2, 2]);
  });

  it('says the same of ten minutes cut out', async () => {
    const fs = 125;
    const { leads } = heart(fs, [{ kind: 'emg', amplitudeMv: 0.6, from: 650, to: 900 }], 1200);
    const whole = await model.judge(leads[0], fs);
    const part = await model.judge(leads[0].slice(600 * fs), fs);
    // The second beside a cut sees another end.
    expect(part.subarray(3)).toEqual(whole.subarray(603));
    expect(noisyShare(part, 52, 298)).toBeGreaterThan(0.9);
  });

  it('has nothing to say of less than a second, and refuses too low a rate', async () => {
    expect(await model.judge(new Float32Array(200), 250)).toHaveLength(0);
    await expect(model.judge(new Float32Array(200), 20)).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('is no picture network', async () => {
    const runtime = await createRuntime({ threads: 1 });
    await expect(loadQualityModel(await readBundledModel('beat-image'), runtime)).rejects.toMatchObject({
      code: 'bad-format',
    });
  });
});
