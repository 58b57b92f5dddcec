import { type FoundRecord, qrsFigures, recordNames, scoreRecords } from '../../benchmarks/qrs/score.js';
import { createBeatDetector } from '../../src/ecg/index.js';
import { openFile } from '../../src/formats/node.js';

/** s: the usual lag, some shorter ones, and the one that streams use. */
const LAGS = [2, 1, 0.75, 0.4];

/** What a lag costs. */
export interface LagRow {
  readonly database: string;
  readonly lagS: number;
  /** s after the R peak at which a beat is told at most, once levels are learned. */
  readonly latestS: number;
  readonly sensitivity: number;
  readonly positivePredictivity: number;
  readonly missed: number;
  readonly extra: number;
}

/** The beats of a database by detectors of several lags, scored as bxb does from 5:00. */
export async function scoreLags(folder: string, database: string): Promise<LagRow[]> {
  const found: FoundRecord[][] = LAGS.map(() => []);
  for (const record of recordNames(folder)) {
    const reader = await openFile(`${folder}/${record}`);
    const { signals, fs, annotations } = await reader.read();
    await reader.close();
    LAGS.forEach((decideAfterS, i) => {
      const detector = createBeatDetector({ fs, leads: signals.length, decideAfterS });
      const beats = [...detector.push(signals.map(({ samples }) => samples)), ...detector.flush()];
      found[i].push({
        record,
        fs,
        reference: annotations,
        found: beats.map((sample) => ({ sample, symbol: 'N' })),
      });
    });
  }
  return LAGS.map((lagS, i) => {
    const scored = scoreRecords(found[i]);
    const { fs } = found[i][0];
    return {
      database,
      lagS,
      latestS: createBeatDetector({ fs, leads: 2, decideAfterS: lagS }).latencyMs / 1000,
      ...qrsFigures(...scored),
      missed: scored.reduce((sum, { missed }) => sum + missed.length, 0),
      extra: scored.reduce((sum, { extra }) => sum + extra.length, 0),
    };
  });
}
