import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../../tests/beat-contract.js';
import { createRandom } from '../../core/index.js';
import { createOutsideScorer, DoubtSchema, inputShape, parseStrictly } from '../../models/index.js';
import { composeRange } from '../batches.js';
import type { BeatSet, TrainingRecord } from '../dataset.js';
import { fitDoubt } from './fit-doubt.js';
import { joinHeldOut } from './join-held-out.js';
import { recordWeights, weightedQuantile } from './record-weights.js';

const shape = inputShape(TEST_CONTRACT);
const leads = TEST_CONTRACT.leads.count;

/** A record whose beats are a bump of its own width, and noise. */
function record(id: string, beats: number, seed: number): TrainingRecord {
  const random = createRandom(seed);
  const length = shape.cut.length;
  const width = 3 + 0.5 * (seed % 4);
  const windows = Float32Array.from({ length: beats * leads * length }, (_, i) => {
    const k = (i % length) - shape.cut.peak;
    return Math.exp(-((k / width) ** 2)) + 0.05 * random.normal();
  });
  return {
    id,
    patient: id,
    labels: Int8Array.from({ length: beats }, (_, i) => (i % 10 === 0 ? 2 : 0)),
    prepared: {
      table: {
        before: new Float64Array(beats).fill(0.8),
        mean: new Float64Array(beats).fill(0.8),
        likeness: new Float32Array(beats * shape.likenessPerBeat),
        present: new Uint8Array(beats * leads).fill(1),
      },
      spans: [
        {
          from: 0,
          to: beats,
          length,
          peak: shape.cut.peak,
          windows,
          template: new Float32Array(leads * length),
          present: new Uint8Array(beats * leads).fill(1),
          likeness: new Float32Array(beats * shape.likenessPerBeat),
          likenessOffset: new Float32Array(shape.likenessPerBeat),
        },
      ],
      times: Float64Array.from({ length: beats }, (_, i) => 0.8 * i),
    },
  };
}

function setOf(records: readonly TrainingRecord[]): BeatSet {
  const all = records.flatMap(({ labels }, r) => Array.from(labels, (label, beat) => ({ r, beat, label })));
  return {
    records,
    record: Int32Array.from(all, ({ r }) => r),
    beat: Int32Array.from(all, ({ beat }) => beat),
    label: Int8Array.from(all, ({ label }) => label),
  };
}

/** Logits that are right, more or less. */
function logitsOf(set: BeatSet, seed: number): Float32Array {
  const random = createRandom(seed);
  const logits = Float32Array.from({ length: 5 * set.label.length }, () => random.normal());
  set.label.forEach((label, i) => {
    logits[5 * i + label] += 3;
  });
  return logits;
}

const records = Array.from({ length: 12 }, (_, i) => record(`made/${i}`, 40 + 10 * i, i));
const set = setOf(records);
const heldOut = { set, logits: logitsOf(set, 3) };
const options = {
  temperature: 1,
  coverage: 0.9,
  folds: records.map((_, i) => i % 3),
  sizes: { axes: 6, centres: 12, residual: 8, seed: 1 },
};

describe('fitDoubt', () => {
  it('leaves the wanted share of an average record certain, and what it gives is a card', async () => {
    const { leastProbability, doubt, outside } = await fitDoubt(heldOut, TEST_CONTRACT, options);
    expect(parseStrictly(DoubtSchema, JSON.parse(JSON.stringify(doubt)), 'test')).toEqual(doubt);
    // Counted again, plainly.
    const shares = records.map((_, r) => {
      let kept = 0;
      let all = 0;
      set.record.forEach((of, i) => {
        if (of !== r) return;
        const e = Array.from(heldOut.logits.subarray(5 * i, 5 * i + 5), Math.exp);
        const p = Math.max(...e) / e.reduce((a, b) => a + b);
        const { slope, offsets } = doubt.confidence;
        const odds = slope * Math.log(p / (1 - p)) + offsets[e.indexOf(Math.max(...e))];
        all++;
        if (outside[i] <= doubt.outside.most && 1 / (1 + Math.exp(-odds)) >= leastProbability - 1e-6) kept++;
      });
      return kept / all;
    });
    expect(shares.reduce((a, b) => a + b) / shares.length).toBeCloseTo(0.9, 1);
    expect(doubt.conformal.map(({ coverage }) => coverage)).toContain(doubt.closeAt);
    expect(doubt.outside.unusual).toBeLessThan(doubt.outside.most);
    expect(doubt.conformal[1]).toMatchObject({
      patients: [12, 0, 12, 0, 0],
      promised: [true, false, true, false, false],
    });
  });

  it('scores noise and an inverted beat above the beats it knows', async () => {
    const { doubt } = await fitDoubt(heldOut, TEST_CONTRACT, options);
    const size = shape.channels * shape.length;
    const score = createOutsideScorer(doubt.familiar, size);
    const { waves } = composeRange(set, TEST_CONTRACT, 0, 40);
    const random = createRandom(8);
    const known = score(waves, 40);
    const inverted = score(
      Float32Array.from(waves, (x) => -x),
      40,
    );
    const noisy = score(
      Float32Array.from(waves, (x) => x + random.normal()),
      40,
    );
    expect(Math.min(...inverted)).toBeGreaterThan(Math.max(...known));
    expect(Math.min(...noisy)).toBeGreaterThan(Math.max(...known));
  });

  it('judges a record by the beats of other folds', async () => {
    // One record unlike the others: with its own beats among the familiar ones it would be known.
    const odd = record('made/odd', 60, 1);
    odd.prepared.spans[0].windows.forEach((x, i, all) => {
      all[i] = -2 * x;
    });
    const joined = joinHeldOut([heldOut, { set: setOf([odd]), logits: logitsOf(setOf([odd]), 9) }]);
    expect(joined.set.records[joined.set.record[set.label.length]].id).toBe('made/odd');
    expect(joined.logits.length).toBe(5 * joined.set.label.length);
    const mean = (scores: Float32Array) => scores.reduce((a, b) => a + b) / scores.length;
    const own = async (fold: number) => {
      const { outside } = await fitDoubt(joined, TEST_CONTRACT, {
        ...options,
        folds: [...options.folds, fold],
      });
      return mean(outside.subarray(set.label.length));
    };
    const alone = await own(7);
    const amongOthers = mean(
      (await fitDoubt(joined, TEST_CONTRACT, { ...options, folds: [...options.folds, -1] })).outside.subarray(
        0,
        set.label.length,
      ),
    );
    expect(alone).toBeGreaterThan(amongOthers + 2);
    // Fold −1: no network trained on it, and it is no familiar one either.
    expect(await own(-1)).toBeGreaterThan(amongOthers + 2);
  });

  it('stops when cancelled', async () => {
    await expect(
      fitDoubt(heldOut, TEST_CONTRACT, { ...options, signal: { aborted: true } }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('recordWeights and weightedQuantile', () => {
  it('let every record count 1', () => {
    expect([...recordWeights([4, 4, 4, 4, 9])]).toEqual([0.25, 0.25, 0.25, 0.25, 1]);
  });

  it('find the value below which a share of the weight lies, by hand', () => {
    const weights = [0.25, 0.25, 0.25, 0.25, 1];
    expect(weightedQuantile([1, 2, 3, 4, 10], weights, 0.5)).toBe(4);
    expect(weightedQuantile([1, 2, 3, 4, 10], weights, 0.51)).toBe(10);
    expect(weightedQuantile([10, 4, 3, 2, 1], weights, 0.5)).toBe(1);
  });
});
