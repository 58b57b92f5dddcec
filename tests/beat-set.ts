import { BEAT_CLASSES } from '../src/core/index.js';
import { type InputContract, prepareRecord } from '../src/models/index.js';
import { type BeatSet, collectBeats, type TrainingRecord } from '../src/training/index.js';
import { ectopicRhythm, memoryRecording } from './memory-recording.js';

/** Drawn recordings, prepared and labelled: N, and V and A (class S) in turn. */
export async function drawnBeatSet(
  contract: InputContract,
  margin: number,
  seeds: readonly number[],
): Promise<BeatSet> {
  const records = await Promise.all(
    seeds.map(async (seed): Promise<TrainingRecord> => {
      const beats = ectopicRhythm(60, 0.7 + 0.02 * (seed % 7), 5, seed);
      const reader = memoryRecording({
        id: `drawn-${seed}`,
        fs: 250,
        seconds: 60,
        leads: ['II', 'V1'],
        beats,
        seed,
        noise: 0.02,
      });
      const samples = reader.info.annotations.map(({ sample }) => sample);
      return {
        id: `drawn/${seed}`,
        patient: `drawn-${seed}`,
        prepared: await prepareRecord(reader, samples, contract, margin),
        labels: Int8Array.from(beats, ({ symbol }) =>
          BEAT_CLASSES.indexOf(symbol === 'A' ? 'S' : (symbol as 'N' | 'V')),
        ),
      };
    }),
  );
  return collectBeats(records, 1);
}
