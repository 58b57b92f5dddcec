import * as v from 'valibot';
import { BeatNetworkSchema, InputContractSchema, parseStrictly } from '../models/index.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const id = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'Expected letters, digits, dots, dashes'));

/** Records of one database; all of them, or those listed. */
const SourceSchema = v.strictObject({
  database: id,
  /** Record names, or a named half of mitdb. */
  records: v.union([v.picklist(['all', 'DS1', 'DS2']), v.pipe(v.array(id), v.minLength(1))]),
  /** Records left out of them: those whose patient stands in the test set. */
  except: v.array(id),
});

/** Everything that decides a training run; its hash stands on the model card. */
export const BeatRecipeSchema = v.strictObject({
  name: id,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'Expected major.minor.patch')),
  /** Recordings trained on; their patients must not stand in the test set. */
  train: v.pipe(v.array(SourceSchema), v.minLength(1)),
  /** Recordings that only ever validate. */
  validate: v.strictObject({
    sources: v.array(SourceSchema),
    /** Every n-th beat is scored after each epoch; all of them at the end. */
    every: wholePositive,
  }),
  /** Recordings the model will be scored on, whose patients must not be trained on; empty where none are left. */
  test: v.array(SourceSchema),
  /** Names a run in which a patient stands in training and in the test set; its tables carry the word. */
  leaky: v.boolean(),
  input: InputContractSchema,
  network: BeatNetworkSchema,
  sampling: v.strictObject({
    /** A beat is drawn in proportion to (beats of its record and class)^−power. */
    power: share,
    /** Further factor of each class N S V F Q. */
    classes: v.pipe(v.array(amount), v.length(5)),
  }),
  augmentation: v.strictObject({
    /** Each lead is scaled by 1 ± this. */
    gain: share,
    /** Share of beats that lose one lead. */
    leadDropout: share,
    /** Grid samples by which a window is off centre, at most. */
    shift: whole,
    /** s; standard deviation of each beat's time in its RR intervals. */
    jitter: amount,
    /** Share of beats whose two leads change places. */
    leadSwap: share,
    /** Share of ventricular beats put among another patient's normal beats. */
    transplant: share,
    /** Rhythms made of normal beats; null for none. */
    synthetic: v.nullable(
      v.strictObject({
        /** Share of normal beats put into a rhythm with premature supraventricular beats. */
        premature: share,
        /** Share of those that stay normal amid ectopic neighbours. */
        stillNormal: share,
        /** Share of those rhythms that stand for their whole record, whose mean interval ectopy shortens. */
        wholeRecord: share,
        /** Share of the runs in them that may be as long as the input sees. */
        longRuns: share,
        /** Share of normal beats that become beats of an atrial fibrillation, still labelled N. */
        fibrillation: share,
        /** Least coefficient of variation of a fibrillation's intervals. */
        irregularity: amount,
      }),
    ),
  }),
  training: v.strictObject({
    epochs: wholePositive,
    stepsPerEpoch: wholePositive,
    batchSize: wholePositive,
    /** One-cycle schedule: highest learning rate, and the share of steps in which it rises. */
    learningRate: positive,
    warmup: share,
    weightDecay: amount,
    labelSmoothing: share,
    /** Gradients are scaled down to this norm. */
    clipNorm: positive,
    /** Decay of the weights' moving average. */
    ema: share,
    /** τ of the logit adjustment by the drawn classes' shares; 0 for none. */
    logitAdjustment: amount,
    /** Gradient-reversal patient head on N beats: its final weight; 0 for none. */
    adversary: amount,
    /** Intra-op threads of ONNX Runtime in one training; results repeat for the same number. */
    threads: wholePositive,
  }),
  /** Patient-grouped cross-validation: calibration and model selection. */
  folds: v.strictObject({
    count: v.pipe(wholePositive, v.minValue(2)),
    seed: whole,
    /** Networks of each fold, the first of `seeds`; their logits are averaged as in the released model. */
    networks: wholePositive,
  }),
  calibration: v.strictObject({
    /** Share of the held-out beats that shall not be uncertain. */
    coverage: share,
  }),
  /** One network each; the released model averages them. */
  seeds: v.pipe(v.array(whole), v.minLength(1)),
});

/** Everything that decides a training run; see `BeatRecipeSchema`. */
export type BeatRecipe = v.InferOutput<typeof BeatRecipeSchema>;

/** Recordings of a recipe. */
export type RecipeSource = BeatRecipe['train'][number];

/**
 * A recipe out of unknown data.
 * @throws EcgError `bad-option` with all faults at once
 */
export function parseBeatRecipe(data: unknown, where: string): BeatRecipe {
  return parseStrictly(BeatRecipeSchema, data, where);
}
