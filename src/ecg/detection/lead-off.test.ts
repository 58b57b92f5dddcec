import { describe, expect, it } from 'vitest';
import { synthesize } from '../synthesis/synthesize.js';
import { createBeatDetector, detectBeats } from './detect-beats.js';

/** Beats found in 180 s at 60 a minute, with every lead a flat line from `from` to `to` (s). */
function beatsAround(from: number, to: number) {
  const fs = 250;
  const { signals, annotations } = synthesize(
    {
      id: 'lead-off',
      segments: [{ rhythm: 'sinus', seconds: 180, heartRateBpm: 60 }],
      disturbances: [
        { kind: 'white', amplitudeMv: 0.01 },
        { kind: 'lead-off', from, to },
      ],
    },
    { fs, seed: 2, leads: ['MLII', 'V1'] },
  );
  const found = detectBeats(
    signals.map((s) => s.samples),
    fs,
  );
  // The levels of a lead that was never heard take 2 s to learn.
  const settled = (to + (from === 0 ? 3 : 0)) * fs;
  const truth = annotations.filter((a) => a.symbol === 'N' && a.sample >= settled).map((a) => a.sample);
  return truth.filter((t) => found.some((f) => Math.abs(f - t) <= 0.05 * fs)).length / truth.length;
}

describe('leads that have come off', () => {
  it('are heard again when they are back, however long they were off', () => {
    for (const seconds of [2, 5, 6, 8, 12, 20, 60]) expect(beatsAround(60, 60 + seconds)).toBe(1);
  });
  it('are heard when they are put on late', () => {
    for (const seconds of [4, 8, 9, 15, 60]) expect(beatsAround(0, seconds)).toBe(1);
  });
  it('are heard again after a day without samples', () => {
    const fs = 100;
    const { signals, annotations } = synthesize(
      { id: 'day-off', segments: [{ rhythm: 'sinus', seconds: 60, heartRateBpm: 60 }] },
      { fs, seed: 2, leads: ['MLII', 'V1'] },
    );
    const leads = signals.map(({ samples }) => samples);
    const hour = new Float32Array(3600 * fs).fill(Number.NaN);
    const detector = createBeatDetector({ fs, leads: 2 });
    const before = detector.push(leads);
    for (let i = 0; i < 24; i++) before.push(...detector.push([hour, hour]));
    const after = [...detector.push(leads), ...detector.flush()];
    const beats = annotations.filter(({ symbol }) => symbol === 'N').length;
    expect(before.length).toBe(beats);
    expect(after.length).toBe(beats);
  });
});
