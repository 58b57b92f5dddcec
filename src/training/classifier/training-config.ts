import * as v from 'valibot';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** How the learning rate goes over a training; counted in epochs where a number of them is asked for. */
const ScheduleSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('constant') }),
  v.strictObject({ kind: v.literal('cosine'), warmup: amount }),
  v.strictObject({ kind: v.literal('one-cycle'), rise: share }),
  v.strictObject({ kind: v.literal('step'), every: wholePositive, factor: share }),
  /** Falls by `factor` when the validation loss has not improved for `patience` epochs. */
  v.strictObject({ kind: v.literal('plateau'), patience: whole, factor: share }),
]);

/** Random changes of an example, drawn anew each time; labels stay. */
const AugmentationSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('none') }),
  /** Of signals [C, L]: scale by 1 ± gain, move by ± shift samples (ends repeated), add noise (SD of the example × noise). */
  v.strictObject({
    kind: v.literal('signal'),
    gain: share,
    shift: whole,
    noise: amount,
    /** The first channels, those that are signals; the others, such as RR ratios, stay as they are. All when omitted. */
    channels: v.optional(wholePositive),
  }),
  /** Of a lead with other signals and a row of figures [C, L]; see `augmentStretch`. */
  v.strictObject({
    kind: v.literal('stretch'),
    roll: v.boolean(),
    gain: share,
    noise: amount,
    flip: share,
    hide: v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)),
    figures: amount,
  }),
  /** Of pictures [C, H, W]; shares of the size, degrees, and shares of pictures flipped. */
  v.strictObject({
    kind: v.literal('picture'),
    shift: share,
    rotation: amount,
    brightness: share,
    zoom: share,
    /** Turns time round, which no heart does: off unless the published recipe is repeated. */
    flip: share,
  }),
  /** Of time-frequency pictures [C, voices, times]: SpecAugment's masks, at most this share of either axis. */
  v.strictObject({ kind: v.literal('spectrogram'), times: share, voices: share, gain: share }),
]);

/** How a classifier is trained on a set of examples. */
export const TrainingConfigSchema = v.strictObject({
  epochs: wholePositive,
  batchSize: wholePositive,
  learningRate: positive,
  weightDecay: amount,
  schedule: ScheduleSchema,
  loss: v.strictObject({
    labelSmoothing: share,
    /** Exponent of the focal loss; 0 for plain cross-entropy. */
    focalGamma: amount,
    /** A class's weight is (its share of the training examples)^−power, the mean over examples 1; 0 for none. */
    classWeightPower: share,
  }),
  sampling: v.strictObject({
    /** An example is drawn in proportion to (examples of its class)^−power, with replacement; 0 shuffles all once an epoch. */
    power: share,
    /** Share of the training set that makes an epoch. */
    epochShare: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  }),
  /** Fills rare classes up to `share` of the largest with examples between neighbours of the same patient; null for none. */
  smote: v.nullable(v.strictObject({ share, neighbours: wholePositive })),
  /** Fills rare classes up to `share` of the largest with examples of a generator a class (WGAN-GP); null for none. */
  gan: v.nullable(
    v.strictObject({
      share,
      steps: wholePositive,
      batchSize: wholePositive,
      classes: v.array(v.string()),
      /** Of the generators, which all networks and seeds share. */
      seed: whole,
    }),
  ),
  augmentation: AugmentationSchema,
  /** Longest gradient that is not shortened; null for any. */
  clipNorm: v.nullable(positive),
  /** Decay of the weights' moving average; null for none. */
  ema: v.nullable(share),
  /** Ends when the validation's macro-F1 has not risen for `patience` epochs; the best epoch's weights are kept. */
  earlyStopping: v.nullable(v.strictObject({ patience: wholePositive })),
  /** Intra-op threads of ONNX Runtime; results repeat for the same number. */
  threads: wholePositive,
});

export type Schedule = v.InferOutput<typeof ScheduleSchema>;
export type Augmentation = v.InferOutput<typeof AugmentationSchema>;
export type TrainingConfig = v.InferOutput<typeof TrainingConfigSchema>;
