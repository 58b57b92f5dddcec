import * as v from 'valibot';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const numbers = v.array(v.pipe(v.number(), v.finite()));

/** Least probabilities at which a class stands in a beat's set, for one wanted coverage. */
const ConformalSchema = v.strictObject({
  /** Share of the beats of each class whose set shall hold it, over patients. */
  coverage: share,
  /** In the order of the labels. */
  least: v.array(share),
  /** Patients that had beats of the class when its figure was chosen. */
  patients: v.array(count),
  /** Whether they were enough for the promise; else `least` is what covered them, and promises nothing. */
  promised: v.array(v.boolean()),
});

/** Least probabilities of a conformal set; see `ConformalSchema`. */
export type Conformal = v.InferOutput<typeof ConformalSchema>;

/** What beats the network was trained on look like: some centres in a few principal axes. */
const FamiliarBeatsSchema = v.strictObject({
  /** [leads × length]: the mean beat, in the units of prepared waves. */
  mean: numbers,
  /** Orthonormal, each as long as `mean`. */
  axes: v.pipe(v.array(numbers), v.minLength(1)),
  /** Each as long as there are axes. */
  centres: v.pipe(v.array(numbers), v.minLength(1)),
  /** What the squared distance from the space of the axes counts, the one within it counting 1. */
  residual: v.pipe(v.number(), v.minValue(0)),
});

/** What beats the network was trained on look like; see `FamiliarBeatsSchema`. */
export type FamiliarBeats = v.InferOutput<typeof FamiliarBeatsSchema>;

/** How sure the class said is, by its probability and by which class it is; see `labelConfidences`. */
const LabelConfidenceSchema = v.strictObject({
  slope: v.pipe(v.number(), v.gtValue(0)),
  /** In the order of the labels. */
  offsets: numbers,
});

/** How sure the class said is; see `LabelConfidenceSchema`. */
export type LabelConfidence = v.InferOutput<typeof LabelConfidenceSchema>;

/** All a card says of when a beat's class is not to be relied on. */
export const DoubtSchema = v.strictObject({
  conformal: v.array(ConformalSchema),
  /** Which of `conformal` decides whether classes are close. */
  closeAt: share,
  confidence: LabelConfidenceSchema,
  familiar: FamiliarBeatsSchema,
  /** Outside scores: above `unusual` the shape may be why a class is improbable, above `most` no class counts. */
  outside: v.strictObject({ unusual: v.number(), most: v.number() }),
  /** What all of it was chosen on. */
  basis: v.pipe(v.string(), v.minLength(1)),
});

/** When a beat's class is not to be relied on; see `DoubtSchema`. */
export type Doubt = v.InferOutput<typeof DoubtSchema>;
