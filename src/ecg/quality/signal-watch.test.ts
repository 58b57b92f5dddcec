import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { synthesize } from '../synthesis/synthesize.js';
import { createQualityMeter } from './quality-meter.js';
import { createSignalWatch } from './signal-watch.js';

const fs = 250;
const made = (disturbances: Parameters<typeof synthesize>[0]['disturbances']) =>
  synthesize(
    {
      id: 'watched',
      segments: [{ rhythm: 'sinus', seconds: 60, heartRateBpm: 70 }],
      disturbances: [{ kind: 'white', amplitudeMv: 0.01 }, ...(disturbances ?? [])],
    },
    { fs, seed: 4, leads: ['II', 'V1'] },
  ).signals.map(({ samples }) => samples);

/** The state after each second. */
function watched(leads: readonly Float32Array[]): string[] {
  const watch = createSignalWatch({ fs, leads: leads.length, window: fs });
  const states: string[] = [];
  for (let at = 0; at + fs <= leads[0].length; at += fs) {
    watch.push(leads, at, at + 100);
    watch.push(leads, at + 100, at + fs);
    watch.judge();
    states.push(watch.state);
  }
  return states;
}

describe('a watched signal', () => {
  it('is good where it is, and one good lead is enough', () => {
    expect(new Set(watched(made([])))).toEqual(new Set(['good']));
    expect(new Set(watched(made([{ kind: 'lead-off', leads: ['II'] }])))).toEqual(new Set(['good']));
  });
  it('is what the meter finds in the recording, some seconds later', async () => {
    const leads = made([
      { kind: 'lead-off', from: 10, to: 20 },
      { kind: 'emg', amplitudeMv: 1.5, from: 30, to: 40 },
    ]);
    for (const lead of leads) lead.fill(Number.NaN, 50 * fs, 55 * fs);
    const meter = createQualityMeter({ fs, leads: 2 });
    meter.push(leads);
    const bad = await meter.finish();
    expect(bad.map(({ reason }) => reason)).toEqual(['flat', 'noise', 'invalid']);
    const states = watched(leads);
    for (const { from, to, reason } of bad) {
      const told = states.indexOf(reason);
      expect(told).toBeGreaterThanOrEqual(Math.floor(from / fs));
      expect(told).toBeLessThanOrEqual(Math.floor(from / fs) + 3);
      const over = states.indexOf('good', told);
      expect(over).toBeGreaterThanOrEqual(Math.floor(to / fs) - 1);
      expect(over).toBeLessThanOrEqual(Math.floor(to / fs) + 3);
    }
  });
  it('says how long it has been so', () => {
    const watch = createSignalWatch({ fs, leads: 1, window: fs });
    const random = createRandom(2);
    const second = [Float32Array.from({ length: fs }, (_, i) => Math.sin(i / 20) + 0.01 * random.normal())];
    const flat = [new Float32Array(fs)];
    for (const chunk of [second, second, second, flat, flat, flat, flat]) {
      watch.push(chunk, 0, fs);
      watch.judge();
    }
    expect([watch.state, watch.lasted, watch.leads]).toEqual(['flat', 4, ['flat']]);
    watch.push(flat, 0, fs);
    watch.judge();
    expect(watch.lasted).toBe(5);
    watch.push(second, 0, 50);
    watch.restart();
    watch.push(second, 0, fs);
    watch.judge();
    expect([watch.state, watch.lasted]).toEqual(['good', 1]);
  });
  it('begins when the last good lead is lost, not when the first one was', () => {
    const watch = createSignalWatch({ fs, leads: 2, window: fs });
    const random = createRandom(3);
    const good = Float32Array.from({ length: fs }, (_, i) => Math.sin(i / 20) + 0.01 * random.normal());
    const noisy = Float32Array.from({ length: fs }, () => 3 * random.normal());
    const push = (seconds: number, leads: readonly Float32Array[]) => {
      for (let k = 0; k < seconds; k++) {
        watch.push(leads, 0, fs);
        watch.judge();
      }
    };
    push(10, [good, good]);
    push(20, [noisy, good]);
    expect([watch.state, watch.leads]).toEqual(['good', ['noise', 'good']]);
    push(4, [noisy, new Float32Array(fs)]);
    expect([watch.state, watch.lasted, watch.leads]).toEqual(['noise', 4, ['noise', 'flat']]);
  });
});
