import * as v from 'valibot';
import { BeatNetworkSchema } from './beats.js';
import { InputContractSchema } from './contract.js';
import { parseStrictly } from './strict.js';

const text = v.pipe(v.string(), v.minLength(1));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const interval = v.tuple([v.number(), v.number()]);

/** All a person or a program has to know of a trained beat network before trusting it. */
export const ModelCardSchema = v.strictObject({
  format: v.literal('ectopy-model/1'),
  task: v.literal('beats'),
  name: text,
  version: text,
  summary: text,
  /** In the order of the network's outputs. */
  labels: v.pipe(
    v.array(
      v.strictObject({
        class: v.picklist(['N', 'S', 'V', 'F', 'Q']),
        meaning: text,
        /** Absent where no single concept covers the class. */
        snomedCt: v.optional(v.strictObject({ code: v.pipe(v.string(), v.digits()), display: text })),
      }),
    ),
    v.length(5),
  ),
  input: InputContractSchema,
  network: BeatNetworkSchema,
  calibration: v.strictObject({
    /** Logits are divided by this before the softmax. */
    temperature: v.pipe(v.number(), v.gtValue(0)),
    /** A beat whose highest probability lies below is `uncertain`. */
    leastProbability: probability,
    /** What both were chosen on. */
    basis: text,
  }),
  data: v.strictObject({
    training: v.array(v.strictObject({ database: text, records: v.array(text) })),
    /** Records that no step of training or selection has seen. */
    heldOut: v.array(v.strictObject({ database: text, records: v.array(text) })),
    labelMap: text,
    /** Whether a patient stands on both sides, knowingly; every table then carries the word. */
    leaky: v.boolean(),
    /** How patients were kept apart. */
    patientSplit: text,
    licence: text,
  }),
  metrics: v.array(
    v.strictObject({
      id: text,
      value: v.number(),
      interval: v.optional(interval),
      unit: text,
      split: text,
    }),
  ),
  training: v.strictObject({
    recipe: text,
    /** SHA-256 of the recipe's JSON. */
    recipeSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    seeds: v.array(v.number()),
    /** ISO 8601 day. */
    date: v.pipe(v.string(), v.isoDate()),
    software: text,
  }),
  licence: text,
  intendedUse: text,
  limitations: v.array(text),
});

/** All a person or a program has to know of a trained beat network; see `ModelCardSchema`. */
export type ModelCard = v.InferOutput<typeof ModelCardSchema>;

/**
 * A card out of unknown data.
 * @throws EcgError `bad-option` with all faults at once
 */
export function parseModelCard(data: unknown, where: string): ModelCard {
  return parseStrictly(ModelCardSchema, data, where);
}

/**
 * The five classes with their SNOMED CT concepts.
 *
 * N holds sinus, bundle branch block and escape beats and Q paced and unclassifiable ones: no single concept
 * covers either, so they have no code.
 *
 * Source: the PhysioNet/CinC Challenge 2021 diagnosis tables (`dx_mapping_scored.csv`, `dx_mapping_unscored.csv`).
 */
export const BEAT_LABELS: ModelCard['labels'] = [
  { class: 'N', meaning: 'normal, bundle branch block or supraventricular escape beat' },
  {
    class: 'S',
    meaning: 'supraventricular ectopic beat',
    snomedCt: { code: '63593006', display: 'supraventricular premature beats' },
  },
  {
    class: 'V',
    meaning: 'ventricular ectopic beat',
    snomedCt: { code: '17338001', display: 'ventricular premature beats' },
  },
  {
    class: 'F',
    meaning: 'fusion of a ventricular and a normal beat',
    snomedCt: { code: '13640000', display: 'fusion beats' },
  },
  { class: 'Q', meaning: 'paced, fusion of paced and normal, or unclassifiable beat' },
];
