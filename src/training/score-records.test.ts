import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import { ectopicRhythm, memoryRecording } from '../../tests/memory-recording.js';
import { LITERATURE_MAP } from '../ecg/index.js';
import { auditSplit, patientOf } from '../evaluation/index.js';
import { predictRecord, type RecordPredictions, recordCounts, reportScores } from './score-records.js';

/** Logits that call every beat of the reference by its class, but the first by another. */
function oracle(record: RecordPredictions): RecordPredictions {
  const classes = record.reference.map(({ symbol }) => (symbol === 'A' ? 1 : symbol === 'V' ? 2 : 0));
  classes[0] = 2;
  const logits = new Float32Array(5 * classes.length);
  classes.forEach((c, i) => {
    logits[5 * i + c] = 9;
  });
  return { ...record, given: { ...record.given, logits: [logits] } };
}

const readers = [1, 2].map((seed) =>
  memoryRecording({
    id: `${seed}`,
    fs: 250,
    seconds: 90,
    leads: ['II', 'V1'],
    beats: ectopicRhythm(90, 0.8, 6, seed),
    seed,
    noise: 0.01,
  }),
);
/** Always N, a little less sure of early beats. */
const alwaysNormal = async (_waves: Float32Array, _features: Float32Array, n: number) =>
  Float32Array.from({ length: 5 * n }, (_, i) => (i % 5 === 0 ? 3 : 0));

describe('predictRecord and reportScores', () => {
  it('count given and found beats as drawn', async () => {
    const predictions = await Promise.all(
      readers.map((reader, i) => predictRecord(`drawn/${i}`, reader, TEST_CONTRACT, [alwaysNormal])),
    );
    const beats = readers.map((reader) => reader.info.annotations.length);
    const normal = readers.map(({ info }) => info.annotations.filter(({ symbol }) => symbol === 'N').length);
    predictions.forEach((record, i) => {
      const given = recordCounts(record, { map: LITERATURE_MAP, peaks: 'given', network: 0 });
      expect(given.counts.confusion[0][0]).toBe(normal[i]);
      const column = given.counts.confusion.reduce((sum, row) => sum + row[0], 0);
      expect(column).toBe(beats[i]);
      const found = recordCounts(record, { map: LITERATURE_MAP, peaks: 'found', network: 0 }).counts;
      const all = [...found.confusion.flat(), ...found.missed].reduce((a, b) => a + b, 0);
      expect(all).toBe(beats[i]);
      // A clean recording: the detector has nearly every beat.
      expect(found.missed.reduce((a, b) => a + b, 0)).toBeLessThan(0.05 * beats[i]);
    });
    const split = auditSplit('test', { train: ['drawn/7'], test: ['drawn/0', 'drawn/1'], patientOf });
    const context = {
      database: 'drawn',
      split,
      map: LITERATURE_MAP,
      peaks: 'given' as const,
      network: 0,
      temperature: 1,
      without: ['drawn/1'],
    };
    const report = reportScores(predictions.map(oracle), context);
    // By hand: all right but the first beat of each record, an N called V.
    const total = beats[0] + beats[1];
    expect(report.statistics.accuracy).toBeCloseTo((total - 2) / total, 12);
    expect(report.statistics.classes.S.f1).toBe(1);
    expect(report.counts.confusion[0][2]).toBe(2);
    expect(report.without[0].statistics.accuracy).toBeCloseTo((beats[0] - 1) / beats[0], 12);
    expect(report.probabilities?.reliability.ece).toBeLessThan(0.05);
  });
});
