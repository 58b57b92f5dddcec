import * as v from 'valibot';
import { BEAT_CLASSES } from '../annotation.js';
import { sample } from './fields.js';

const beatClass = v.picklist(BEAT_CLASSES);
const revision = v.pipe(v.number(), v.integer(), v.minValue(1));

const relabel = v.strictObject({
  kind: v.literal('relabel'),
  sample: v.pipe(sample, v.description('R peak of an existing beat, exactly.')),
  class: beatClass,
});
const add = v.strictObject({
  kind: v.literal('add'),
  sample: v.pipe(sample, v.description('Where there is no beat yet.')),
  class: v.pipe(
    v.exactOptional(beatClass),
    v.description('Needed where beats are classified, left out where they are not.'),
  ),
});
const remove = v.strictObject({
  kind: v.literal('remove'),
  sample: v.pipe(sample, v.description('R peak of an existing beat, exactly.')),
});

/** Schema of what a person may do to a beat. */
export const BeatChangeSchema = v.variant('kind', [relabel, add, remove]);

/** Schema of one entry of a correction: a change of a beat, or that an earlier correction no longer holds. */
export const BeatCorrectionSchema = v.variant('kind', [
  relabel,
  add,
  remove,
  v.strictObject({ kind: v.literal('undo'), revision }),
]);

/** Schema of the changes one person made at one time. */
export const CorrectionSchema = v.object({
  revision: v.pipe(revision, v.description('1, 2, …: how many corrections there are with this one.')),
  at: v.pipe(v.string(), v.description('ISO 8601, UTC.')),
  by: v.pipe(v.string(), v.description('Who made it, by an identifier.')),
  comment: v.nullable(v.string()),
  changes: v.array(BeatCorrectionSchema),
});

/** What a person does to a beat: give it another class, add one that was missed, remove one that is none. */
export type BeatChange = v.InferOutput<typeof BeatChangeSchema>;
/** A change of a beat, or the undoing of an earlier correction. */
export type BeatCorrection = v.InferOutput<typeof BeatCorrectionSchema>;
/** Who changed what, and when. */
export type Correction = v.InferOutput<typeof CorrectionSchema>;
