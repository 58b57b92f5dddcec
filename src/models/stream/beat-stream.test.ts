import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../../tests/beat-contract.js';
import { ectopicRhythm, memoryRecording } from '../../../tests/memory-recording.js';
import { inputShape } from '../contract.js';
import { prepareInput } from '../prepare-input.js';
import { createBeatStream } from './beat-stream.js';
import { createSignalRing } from './signal-ring.js';

const FS = 360;
const SECONDS = 150;
const reader = memoryRecording({
  id: 'drawn',
  fs: FS,
  seconds: SECONDS,
  leads: ['MLII', 'V1'],
  beats: ectopicRhythm(SECONDS, 0.8, 7, 3),
  seed: 5,
  noise: 0.01,
});
const shape = inputShape(TEST_CONTRACT);
const size = shape.channels * shape.length;

/** Largest difference of two rows. */
const apart = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('a stream of beats', () => {
  it('is, once all beats are known, the input of the recording', async () => {
    const leads = (await reader.read()).signals.map(({ samples }) => samples);
    const beats = reader.info.annotations.map(({ sample }) => sample);
    const ring = createSignalRing(2, (SECONDS + 1) * FS, 0);
    const stream = createBeatStream(TEST_CONTRACT, FS, ring, [0, 1]);
    let heard = 0;
    beats.forEach((sample, i) => {
      // No more is heard than the beat needs.
      const until = Math.min(leads[0].length, sample + stream.samplesAfter);
      ring.write(leads, heard, Math.max(heard, until));
      heard = Math.max(heard, until);
      stream.add(sample, i === 0 ? Number.NaN : (sample - beats[i - 1]) / FS);
    });
    const waves: number[] = [];
    const features: number[] = [];
    const others: number[] = [];
    for await (const batch of prepareInput(reader, beats, TEST_CONTRACT)) {
      for (let beat = batch.from; beat < batch.to; beat++) {
        const own = stream.input(beat);
        const row = beat - batch.from;
        waves.push(apart(own.waves, batch.waves.subarray(row * size, (row + 1) * size)));
        const whole = batch.features.subarray(row * shape.features, (row + 1) * shape.features);
        if (beat >= beats.length - TEST_CONTRACT.rr.reach) continue;
        features.push(apart(own.features, whole));
        others.push(apart(stream.input((beat + 1) % beats.length).features, whole));
      }
    }
    expect(waves.length).toBe(beats.length);
    // Of the last beat nothing follows: it is taken to go on as it went before, mirrored.
    const { ratios } = shape.groups;
    const { reach } = TEST_CONTRACT.rr;
    const last = stream.input(beats.length - 1).features.subarray(ratios.from, ratios.to);
    for (let k = 1; k <= reach; k++) expect(last[reach + k]).toBe(last[reach - k]);
    expect(new Set(last.subarray(0, reach)).size).toBeGreaterThan(3);
    // What is left: the unit stands while it changes by less than 2 %, the template is not renewed each beat.
    expect(mean(waves)).toBeLessThan(0.1);
    expect(mean(features)).toBeLessThan(0.1);
    // Negative control: the next beat's input is not this one's.
    expect(mean(others)).toBeGreaterThan(0.5);
  });

  it('does not look behind what it says it needs', async () => {
    const leads = (await reader.read()).signals.map(({ samples }) => samples);
    const sample = reader.info.annotations[5].sample;
    const inputOf = (after: number) => {
      const ring = createSignalRing(2, 60 * FS, 0);
      const stream = createBeatStream(TEST_CONTRACT, FS, ring, [0, 1]);
      ring.write(leads, 0, sample + Math.round(after * stream.samplesAfter));
      stream.add(sample, 0.8);
      return stream.input(0).waves;
    };
    expect(apart(inputOf(1), inputOf(3))).toBe(0);
    // Negative control: with half of it the beat is another one.
    expect(apart(inputOf(0.3), inputOf(3))).toBeGreaterThan(0);
  });

  it('keeps the last beats only', () => {
    const ring = createSignalRing(2, 10 * FS, 0);
    const stream = createBeatStream(TEST_CONTRACT, FS, ring, [0, 1]);
    const silence = [new Float32Array(FS), new Float32Array(FS)];
    for (let beat = 0; beat < 700; beat++) {
      ring.write(silence, 0, FS);
      stream.add(beat * FS, 1);
    }
    expect(stream.count).toBe(700);
    expect(stream.oldest).toBe(700 - 512);
    expect(stream.input(699).features.every(Number.isFinite)).toBe(true);
  });
});
