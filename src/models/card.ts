import * as v from 'valibot';
import { BeatNetworkSchema } from './beats.js';
import {
  CalibrationSchema,
  labelSchema,
  MetricsSchema,
  RecordsSchema,
  TrainingSchema,
  text,
} from './card-parts.js';
import { InputContractSchema } from './contract.js';
import { DoubtSchema } from './doubt/doubt-schema.js';
import { parseStrictly } from './strict.js';

/** The `format` of a beat network's card. */
export const BEAT_FORMAT = 'ectopy-model/1';

/** All a person or a program has to know of a trained beat network before trusting it. */
export const ModelCardSchema = v.strictObject({
  format: v.literal(BEAT_FORMAT),
  task: v.literal('beats'),
  name: text,
  version: text,
  summary: text,
  /** In the order of the network's outputs. */
  labels: v.pipe(v.array(labelSchema(v.picklist(['N', 'S', 'V', 'F', 'Q']))), v.length(5)),
  input: InputContractSchema,
  network: BeatNetworkSchema,
  calibration: CalibrationSchema,
  /** Absent from models made before it was known. */
  doubt: v.optional(DoubtSchema),
  data: v.strictObject({
    training: RecordsSchema,
    /** Records that no step of training or selection has seen. */
    heldOut: RecordsSchema,
    labelMap: text,
    /** Whether a patient stands on both sides, knowingly; every table then carries the word. */
    leaky: v.boolean(),
    /** How patients were kept apart. */
    patientSplit: text,
    licence: text,
  }),
  /** Whether weights and activations are 8-bit integers; absent from models made before there were any. */
  quantised: v.optional(v.boolean()),
  metrics: MetricsSchema,
  training: TrainingSchema,
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
