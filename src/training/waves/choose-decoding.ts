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

/** Chooses the rules by which most waves are found and fewest are made up. */
export interface DecodingChooser {
  /**
   * Of each kind of wave the least probability of the best F1, mean of single leads and all leads together.
   * @param chosen  indices of the records that are looked at
   */
  choose(chosen: readonly number[], basis: string): WaveDecoding;
}

/**
 * What chooses rules on any of these records.
 *
 * @param records  held out from the network that predicted them; R peaks are the reference's
 */
export function createDecodingChooser(
  records: readonly PredictedRecord[],
  input: WaveChunkInput,
): DecodingChooser {
  const scored = CERTAINTIES.map((certainty) => {
    const rules = decodingOf(() => certainty, 'tried');
    return records.map(({ record, leads }) => scoreRecord(record, leads, input, rules, 'given'));
  });
  return {
    choose: (chosen, basis) =>
      decodingOf((wave) => {
        const f1 = scored.map((all) => {
          const own = chosen.map((i) => all[i]);
          return (
            f1Of(
              own.flatMap(({ single }) => single),
              TOLD_BY[wave],
            ) +
            f1Of(
              own.flatMap(({ joint }) => joint),
              TOLD_BY[wave],
            )
          );
        });
        return CERTAINTIES[f1.indexOf(Math.max(...f1))];
      }, basis),
  };
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
