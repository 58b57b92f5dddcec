import * as v from 'valibot';
import { parseStrictly, UNet1dSchema, WaveChunkSchema } from '../../models/index.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const id = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'Expected letters, digits, dots, dashes'));

/** Everything that decides the training of the network of waves; its hash stands on the model card. */
const WaveRecipeSchema = v.strictObject({
  name: id,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'Expected major.minor.patch')),
  input: WaveChunkSchema,
  network: UNet1dSchema,
  augmentation: v.strictObject({
    /** Time is stretched by a factor between 1 / (1 + this) and 1 + this. */
    stretch: share,
    /** The lead is scaled by a factor between 1 / (1 + this) and 1 + this. */
    gain: amount,
    /** Share of examples of which only a stretch is left, as a short window is. */
    shorten: share,
    /** Share of examples turned upside down. */
    polarity: share,
    /** Share of examples with wander, and its largest amplitude in units of the lead's range. */
    wander: v.strictObject({ share, amplitude: amount }),
    /** Share of examples with noise, and its largest standard deviation in units of the lead's range. */
    noise: v.strictObject({ share, deviation: amount }),
  }),
  training: v.strictObject({
    epochs: wholePositive,
    batchSize: wholePositive,
    /** One-cycle schedule: highest learning rate, and the share of steps in which it rises. */
    learningRate: positive,
    rise: share,
    weightDecay: amount,
    clipNorm: positive,
    /** Decay of the weights' moving average. */
    ema: share,
    /** Intra-op threads of ONNX Runtime; results repeat for the same number. */
    threads: wholePositive,
  }),
  folds: v.strictObject({ count: v.pipe(wholePositive, v.minValue(2)), seed: whole }),
  seed: whole,
});

/** Everything that decides the training of the network of waves; see `WaveRecipeSchema`. */
export type WaveRecipe = v.InferOutput<typeof WaveRecipeSchema>;

/**
 * A recipe out of unknown data.
 * @throws EcgError `bad-option` with all faults at once
 */
export function parseWaveRecipe(data: unknown, where: string): WaveRecipe {
  return parseStrictly(WaveRecipeSchema, data, where);
}
