import type { ModelIdentity, RecordingReader, RunOptions } from '../core/index.js';
import { type BeatModel, type BeatPredictions, classifyBeats, prepareInput } from '../models/index.js';

/** What classifies beats: a network with all it needs. `analyze` knows no more of it. */
export interface BeatClassifier {
  readonly identity: Omit<ModelIdentity, 'role'>;
  /** A class less probable than this is uncertain, unless the caller says otherwise. */
  readonly leastProbability: number;
  /**
   * Classes of a recording's beats, read slice by slice.
   * @param beats  R peaks, sample indices, ascending
   */
  classify(reader: RecordingReader, beats: Float64Array, options?: RunOptions): Promise<BeatPredictions>;
}

/** Beats that go through the network at once: as fast as more, and the host answers in between. */
const BATCH = 128;

/**
 * The classifier that a trained network is.
 *
 * @param sha256  of the model's file, 64 hexadecimal digits; every analysis carries it
 */
export function createBeatClassifier(model: BeatModel, sha256: string): BeatClassifier {
  const { name, version, input, calibration } = model.card;
  return {
    identity: { id: name, version, sha256 },
    leastProbability: calibration.leastProbability,
    classify: (reader, beats, options) => {
      // Preparing and classifying take turns; one progress is enough.
      const cancel = options?.signal === undefined ? {} : { signal: options.signal };
      const batches = prepareInput(reader, beats, input, { ...cancel, batchSize: BATCH });
      return classifyBeats(model, batches, { ...options, total: beats.length });
    },
  };
}
