import { breatheWhenDue, EcgError } from '../../core/index.js';
import { findLeadFaults, NOISY_SECOND } from '../../ecg/index.js';
import type { Runtime } from '../../nn/index.js';
import { type Classifier, loadClassifier } from '../classifier/classifier.js';
import type { ClassifierCard } from '../classifier/classifier-card.js';
import { createQualityWindows, QualitySecondSchema, qualitySecondLength } from '../inputs/quality-second.js';
import { parseStrictly } from '../strict.js';

/** Judges every second of a lead: noise by a network, flat and clipped stretches by rules. */
export interface QualityModel {
  readonly card: ClassifierCard;
  /** Noisiness from which on `judge` calls a second noisy. */
  readonly noisyAbove: number;
  /**
   * A code of `SECOND_QUALITY` a whole second of the lead: 0 good, 1 noisy, 2 flat or off, 3 clipped.
   *
   * What is said of a second depends on the usual range of its block, ten minutes counted from the lead's begin: slices
   * of a recording should begin at a multiple of it and be as long.
   *
   * @param lead  mV, NaN where invalid
   * @param fs    Hz, at least 50
   * @throws EcgError `bad-option` for another rate
   */
  judge(lead: Float32Array, fs: number): Promise<Uint8Array>;
  /**
   * Calibrated probabilities that each whole second is noisy; as `judge`, without the rules.
   */
  noisiness(lead: Float32Array, fs: number): Promise<Float32Array>;
  /** Frees the runtime's memory; it cannot run any more. */
  close(): Promise<void>;
}

const LOWEST_FS = 50;
/** Windows that go through the network at once. */
const BATCH = 32;
/** Probability above which a second is noisy: on the validation patients, 98 % of the noisy and 96 % of the good are then told. */
const NOISY_ABOVE = 0.35;

/**
 * A quality network out of the bytes of its file.
 *
 * @throws EcgError `bad-format` when the bytes are no such network, or the runtime does not reproduce its golden
 *   vectors; `bad-option` when its card is not valid
 */
export async function loadQualityModel(bytes: Uint8Array, runtime: Runtime): Promise<QualityModel> {
  const classifier = await loadClassifier(bytes, runtime);
  try {
    return qualityModelOf(classifier);
  } catch (error) {
    await classifier.close();
    throw error;
  }
}

function qualityModelOf(classifier: Classifier): QualityModel {
  const { card } = classifier;
  const noisy = card.labels.findIndex((label) => label.class === 'noisy');
  if (card.task !== 'quality' || noisy < 0) {
    throw new EcgError(
      'bad-format',
      `model: ${card.name} judges ${card.task}, not the quality of a lead, give a quality network`,
    );
  }
  const input = parseStrictly(QualitySecondSchema, card.input, `${card.name}: input`);
  const classes = card.labels.length;
  if (card.shape.join() !== [1, qualitySecondLength(input)].join()) {
    throw new EcgError('bad-format', `model: ${card.name} does not read the windows its card describes`);
  }

  async function noisiness(lead: Float32Array, fs: number): Promise<Float32Array> {
    requireRate(fs);
    const count = Math.floor(lead.length / fs);
    const noisiness = new Float32Array(count);
    const windows = createQualityWindows(fs, input);
    for (const [from, to] of blocksOf(count, input.scale.block)) {
      await breatheWhenDue();
      const block = windows.cut(lead, from, to - from);
      for (let at = from; at < to; at += BATCH) {
        const n = Math.min(BATCH, to - at);
        const first = (at - from) * windows.length;
        const probabilities = await classifier.classify(block.subarray(first, first + n * windows.length), n);
        for (let s = 0; s < n; s++) noisiness[at + s] = probabilities[s * classes + noisy];
        await breatheWhenDue();
      }
    }
    return noisiness;
  }

  return {
    card,
    noisyAbove: NOISY_ABOVE,
    noisiness,
    async judge(lead, fs) {
      requireRate(fs);
      const codes = await findLeadFaults(lead, fs);
      // Days without an electrode need no network.
      if (codes.every((code) => code !== 0)) return codes;
      const probability = await noisiness(lead, fs);
      for (let s = 0; s < codes.length; s++)
        if (codes[s] === 0 && probability[s] > NOISY_ABOVE) codes[s] = NOISY_SECOND;
      return codes;
    },
    close: () => classifier.close(),
  };
}

function requireRate(fs: number): void {
  if (fs >= LOWEST_FS) return;
  throw new EcgError('bad-option', `quality: ${fs} Hz is too low to judge a lead, at least ${LOWEST_FS} Hz`);
}

/** Blocks of seconds; the last takes in what would be shorter than half of one. */
function blocksOf(count: number, block: number): [number, number][] {
  const blocks: [number, number][] = [];
  for (let from = 0; from < count; ) {
    const to = count - from < 1.5 * block ? count : from + block;
    blocks.push([from, to]);
    from = to;
  }
  return blocks;
}
