import type { ModelIdentity, RecordingReader, RunOptions } from '../core/index.js';
import {
  type BeatModel,
  type BeatPredictions,
  classifyBeats,
  type InputBatch,
  type InputContract,
  inputShape,
  prepareInput,
} from '../models/index.js';

/** What a classifier says of some beats; columns of equal length. */
export interface ClassifiedBeats extends BeatPredictions {
  /** Correlation of each QRS with the sinus template, −1…1, NaN where no lead shows it; absent where not compared. */
  readonly likeness?: Float32Array | null;
}

/** What classifies beats: a network with all it needs. `analyze` knows no more of it. */
export interface BeatClassifier {
  readonly identity: Omit<ModelIdentity, 'role'>;
  /** A class less probable than this is uncertain, unless the caller says otherwise. */
  readonly leastProbability: number;
  /**
   * Classes of a recording's beats, read slice by slice.
   * @param beats  R peaks, sample indices, ascending
   */
  classify(reader: RecordingReader, beats: Float64Array, options?: RunOptions): Promise<ClassifiedBeats>;
}

/** Beats that go through the network at once: as fast as more, and the host answers in between. */
const BATCH = 64;

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
    classify: async (reader, beats, options) => {
      // Preparing and classifying take turns; one progress is enough.
      const cancel = options?.signal === undefined ? {} : { signal: options.signal };
      const batches = prepareInput(reader, beats, input, { ...cancel, batchSize: BATCH });
      const likeness = new Float32Array(beats.length).fill(Number.NaN);
      const seen = noteLikeness(batches, input, likeness);
      const found = await classifyBeats(model, seen, { ...options, total: beats.length });
      return { ...found, likeness };
    },
  };
}

/** Name of the zone of the input contract that holds the QRS complex. */
const QRS = 'qrs';

/** The batches as they are; what they say of each beat's QRS and the sinus template goes to `likeness` on the way. */
async function* noteLikeness(
  batches: AsyncIterable<InputBatch>,
  contract: InputContract,
  likeness: Float32Array,
): AsyncGenerator<InputBatch> {
  const shape = inputShape(contract);
  const { reach, zones } = contract.likeness ?? { reach: 0, zones: [] };
  const zone = zones.findIndex(({ name }) => name === QRS);
  const steps = 2 * reach + 1;
  for await (const batch of batches) {
    for (let i = batch.from; zone >= 0 && i < batch.to; i++) {
      const row = (i - batch.from) * shape.features;
      let sum = 0;
      let leads = 0;
      for (let lead = 0; lead < contract.leads.count; lead++) {
        if (batch.features[row + shape.groups.present.from + lead] === 0) continue;
        // Of each zone the correlation, then the difference; the beat itself stands in the middle of its neighbours.
        const figure = 2 * (lead * zones.length + zone);
        sum += batch.features[row + shape.groups.likeness.from + figure * steps + reach];
        leads++;
      }
      if (leads > 0) likeness[i] = sum / leads;
    }
    yield batch;
  }
}
