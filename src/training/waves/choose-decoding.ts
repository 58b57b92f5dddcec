import type { ComparedLead, WaveMark } from '../../evaluation/index.js';
import type { WaveChunkInput, WaveDecoding } from '../../models/index.js';
import { type PredictedLead, scoreRecord } from './score-record.js';
import type { WaveRecord } from './wave-records.js';

/** A record with what a network that has not seen it says of its leads. */
export interface PredictedRecord {
  readonly record: WaveRecord;
  readonly leads: readonly PredictedLead[];
}

/** Least probabilities that are tried for each kind of wave. */
const CERTAINTIES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/**
 * Durations below which there is no wave, and gaps that do not part one. Chosen by hand: half of the shortest P wave,
 * complex and T wave that LUDB's annotators marked, and less than what parts two waves.
 */
const SHAPES = {
  P: { shortest: 0.03, gap: 0.02 },
  QRS: { shortest: 0.03, gap: 0.02 },
  T: { shortest: 0.06, gap: 0.04 },
} as const;

/** A mark that tells whether a wave was found. */
const TOLD_BY: Readonly<Record<keyof typeof SHAPES, WaveMark>> = { P: 'pPeak', QRS: 'qrsOnset', T: 'tPeak' };

/**
 * The rules by which most waves are found and fewest are made up: of each kind, the least probability of the best F1,
 * mean of single leads and all leads together.
 *
 * @param records  held out from the network that predicted them; R peaks are the reference's
 */
export function chooseDecoding(
  records: readonly PredictedRecord[],
  input: WaveChunkInput,
  basis: string,
): WaveDecoding {
  const best = { P: { f1: -1, certainty: 0 }, QRS: { f1: -1, certainty: 0 }, T: { f1: -1, certainty: 0 } };
  const waves = Object.keys(SHAPES) as (keyof typeof SHAPES)[];
  for (const certainty of CERTAINTIES) {
    const rules = decodingOf(() => certainty, basis);
    const scored = records.map(({ record, leads }) => scoreRecord(record, leads, input, rules, 'given'));
    for (const wave of waves) {
      const f1 =
        f1Of(
          scored.flatMap(({ single }) => single),
          TOLD_BY[wave],
        ) +
        f1Of(
          scored.flatMap(({ joint }) => joint),
          TOLD_BY[wave],
        );
      if (f1 > best[wave].f1) best[wave] = { f1, certainty };
    }
  }
  return decodingOf((wave) => best[wave].certainty, basis);
}

function decodingOf(certaintyOf: (wave: keyof typeof SHAPES) => number, basis: string): WaveDecoding {
  return {
    P: { certainty: certaintyOf('P'), ...SHAPES.P },
    QRS: { certainty: certaintyOf('QRS'), ...SHAPES.QRS },
    T: { certainty: certaintyOf('T'), ...SHAPES.T },
    basis,
  };
}

function f1Of(leads: readonly ComparedLead[], mark: WaveMark): number {
  let [matched, wrong] = [0, 0];
  for (const { marks } of leads) {
    matched += marks[mark].matched;
    wrong += marks[mark].missed + marks[mark].extra;
  }
  return (2 * matched) / (2 * matched + wrong);
}
