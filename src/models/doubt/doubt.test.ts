import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { conformalSets, setSize } from './conformal-sets.js';
import { type BeatEvidence, doubtReason } from './doubt-reason.js';
import { labelConfidences } from './label-confidence.js';
import { createOutsideScorer } from './outside-scores.js';

describe('conformalSets', () => {
  it('holds the classes that are probable enough, by hand, and the most probable always', () => {
    const p = Float32Array.of(0.7, 0.2, 0.1, 0.4, 0.35, 0.25, 0.1, 0.05, 0.85);
    // Row 1: N is under its 0.8, but first; S 0.2 ≥ 0.2 is in, V 0.1 < 0.3 is out. Row 2: N first, S in, V out.
    expect([...conformalSets(p, 3, { least: [0.8, 0.2, 0.3] })]).toEqual([0b011, 0b011, 0b100]);
    expect([...conformalSets(p, 3, { least: [0, 1, 1] })]).toEqual([0b001, 0b001, 0b101]);
  });

  it('counts the classes of a set', () => {
    expect([0, 0b1, 0b101, 0b11111].map(setSize)).toEqual([0, 1, 2, 5]);
  });

  it('refuses figures of other classes', () => {
    expect(() => conformalSets(new Float32Array(6), 3, { least: [0, 0] })).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});

describe('labelConfidences', () => {
  it('weighs the probability by the class said, by hand', () => {
    const p = Float32Array.of(0.75, 0.25, 0.25, 0.75, 1, 0);
    // Log odds of .75: ln 3. N: 2 ln 3 gives 9 to 1; S: 2 ln 3 − ln 9 gives 1 to 1.
    const found = labelConfidences(p, 2, { slope: 2, offsets: [0, -Math.log(9)] });
    expect(found[0]).toBeCloseTo(0.9, 6);
    expect(found[1]).toBeCloseTo(0.5, 6);
    expect(found[2]).toBeGreaterThan(0.999999);
  });

  it('is the probability itself without slope and offset', () => {
    const found = labelConfidences(Float32Array.of(0.6, 0.4, 0.1, 0.9), 2, { slope: 1, offsets: [0, 0] });
    expect(found[0]).toBeCloseTo(0.6, 6);
    expect(found[1]).toBeCloseTo(0.9, 6);
  });
});

describe('createOutsideScorer', () => {
  const familiar = {
    mean: [1, 0, 0],
    axes: [
      [0, 1, 0],
      [0, 0, 1],
    ],
    centres: [
      [0, 0],
      [3, 0],
    ],
    residual: 8,
  };

  it('is the logarithm of the squared distance from the nearest centre, by hand', () => {
    const score = createOutsideScorer(familiar, 4);
    // The fourth value of each beat belongs to a channel beyond the leads.
    const scores = score(Float32Array.of(1, 0, 0, 99, 1, 3, 2, 99, 2, 0, 0, 99), 3);
    expect(scores[0]).toBeCloseTo(Math.log(0.01), 5);
    // (3, 2) lies 2 from (3, 0).
    expect(scores[1]).toBeCloseTo(Math.log(0.01 + 4), 5);
    // 1 off the plane of the axes, counted eight times.
    expect(scores[2]).toBeCloseTo(Math.log(0.01 + 8), 5);
  });

  it('agrees with every distance taken one by one', () => {
    const random = createRandom(4);
    const beats = Float32Array.from({ length: 40 * 3 }, () => 2 * random.normal());
    const scores = createOutsideScorer(familiar, 3)(beats, 40);
    for (let i = 0; i < 40; i++) {
      const [x, y, z] = beats.subarray(3 * i, 3 * i + 3);
      const distances = familiar.centres.map(([a, b]) => (y - a) ** 2 + (z - b) ** 2 + 8 * (x - 1) ** 2);
      expect(scores[i]).toBeCloseTo(Math.log(0.01 + Math.min(...distances)), 4);
    }
  });

  it('refuses familiar beats that do not fit', () => {
    expect(() => createOutsideScorer(familiar, 2)).toThrow(expect.objectContaining({ code: 'bad-shape' }));
    expect(() => createOutsideScorer({ ...familiar, centres: [[0]] }, 4)).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});

describe('doubtReason', () => {
  const sure: BeatEvidence = { confidence: 0.99, set: 0b1, outside: 0, signal: true, noise: false };
  const limits = { leastConfidence: 0.8, outside: { unusual: 2, most: 4 } };
  const reason = (beat: Partial<BeatEvidence>) => doubtReason({ ...sure, ...beat }, limits);

  it('says nothing of a beat that can be relied on, rare shape or not', () => {
    expect(reason({})).toBeUndefined();
    expect(reason({ outside: 3, set: 0b11 })).toBeUndefined();
  });

  it('names the first reason that holds', () => {
    expect(reason({ signal: false, noise: true, outside: 9 })).toBe('no-signal');
    expect(reason({ noise: true, outside: 9 })).toBe('noise');
    expect(reason({ outside: 4.1 })).toBe('outside-training');
    expect(reason({ confidence: 0.5, outside: 2.1, set: 0b11 })).toBe('unusual-morphology');
    expect(reason({ confidence: 0.5, set: 0b11 })).toBe('classes-close');
    expect(reason({ confidence: 0.5 })).toBe('low-confidence');
  });

  it('goes by the confidence alone without an outside score', () => {
    const none = { leastConfidence: 0.8, outside: undefined };
    expect(doubtReason({ ...sure, outside: Number.NaN }, none)).toBeUndefined();
    expect(doubtReason({ ...sure, confidence: 0.7, outside: Number.NaN }, none)).toBe('low-confidence');
  });
});
