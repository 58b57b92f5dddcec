import { describe, expect, it } from 'vitest';
import { rrIntervals, type SynthesisScript, synthesizeReader } from '../ecg/index.js';
import { findDisturbedPauses } from './disturbed-pauses.js';

/** The disturbed ones of two pauses of 3 s, after 20 s and after 60 s, each given by its time (s). */
async function disturbed(disturbances: SynthesisScript['disturbances'], drop: readonly number[] = []) {
  const reader = synthesizeReader(
    {
      id: 'pauses',
      segments: [
        {
          rhythm: 'sinus',
          seconds: 100,
          heartRateBpm: 60,
          events: [
            { at: 20, beats: '--' },
            { at: 60, beats: '--' },
          ],
        },
      ],
      disturbances: [
        { kind: 'white', amplitudeMv: 0.01 },
        { kind: 'wander', amplitudeMv: 0.1 },
        ...disturbances!,
      ],
    },
    { fs: 250, seed: 8, leads: ['II', 'V1'] },
  );
  const beats = reader.info.annotations.filter((a) => a.symbol === 'N').map((a) => a.sample);
  const samples = Float64Array.from(beats.filter((_, i) => !drop.includes(i)));
  const rr = rrIntervals(samples, 250, []);
  const found = await findDisturbedPauses(reader, samples, rr, 1.8, [0, 1]);
  return [...found].map((i) => Math.round(samples[i - 1] / 250));
}

describe('pauses in which a beat may hide', () => {
  it('are not those of a calm signal', async () => {
    expect(await disturbed([])).toEqual([]);
  });
  it('are those in which a lead moves', async () => {
    const [pause, more] = await disturbed([
      { kind: 'motion', amplitudeMv: 2, from: 20, to: 24, leads: ['V1'] },
    ]);
    expect(more).toBeUndefined();
    expect(Math.abs(pause - 20)).toBeLessThanOrEqual(1);
  });
  it('are those that hide a missed beat', async () => {
    const [pause, more] = await disturbed([], [40]);
    expect(more).toBeUndefined();
    expect(Math.abs(pause - 41)).toBeLessThanOrEqual(1);
  });
});
