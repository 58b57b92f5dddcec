import * as v from 'valibot';
import { labelSchema, MetricsSchema, RecordsSchema, TrainingSchema, text } from '../card-parts.js';
import { WaveChunkSchema } from '../inputs/wave-chunk.js';

/** The `format` of the card of a network of waves. */
export const WAVE_FORMAT = 'ectopy-waves-1';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const RuleSchema = v.strictObject({
  /** Least probability of a wave's best sample. */
  certainty: v.pipe(v.number(), v.minValue(0.5), v.maxValue(1)),
  /** s; a shorter wave is none. */
  shortest: positive,
  /** s; two stretches closer than this are one wave. */
  gap: v.pipe(v.number(), v.minValue(0)),
});

/** How the network's probabilities become waves. */
export const WaveDecodingSchema = v.strictObject({
  P: RuleSchema,
  QRS: RuleSchema,
  T: RuleSchema,
  /** What the numbers were chosen on. */
  basis: text,
});

export type WaveDecoding = v.InferOutput<typeof WaveDecodingSchema>;

/** All a person or a program has to know of a trained network of waves before trusting it. */
export const WaveCardSchema = v.strictObject({
  format: v.literal(WAVE_FORMAT),
  task: v.literal('waves'),
  name: text,
  version: text,
  summary: text,
  /** In the order of the network's outputs: background, P, QRS, T. */
  labels: v.pipe(
    v.array(labelSchema(v.picklist(['background', 'P', 'QRS', 'T']))),
    v.length(4),
    v.check(
      (labels) => labels.map((label) => label.class).join() === 'background,P,QRS,T',
      'Expected background, P, QRS, T in this order',
    ),
  ),
  input: WaveChunkSchema,
  decoding: WaveDecodingSchema,
  data: v.strictObject({
    training: RecordsSchema,
    heldOut: RecordsSchema,
    patientSplit: text,
    licence: text,
  }),
  /** Whether weights and activations are 8-bit integers. */
  quantised: v.boolean(),
  metrics: MetricsSchema,
  training: TrainingSchema,
  licence: text,
  intendedUse: text,
  limitations: v.array(text),
});

/** All a person or a program has to know of a trained network of waves; see `WaveCardSchema`. */
export type WaveCard = v.InferOutput<typeof WaveCardSchema>;
