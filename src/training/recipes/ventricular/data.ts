import * as v from 'valibot';
import { MITDB } from '../../../evaluation/index.js';
import { VentricularWindowSchema } from '../../../models/index.js';

const hop = v.pipe(v.number(), v.finite(), v.gtValue(0));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What the recipe `ventricular` is asked to learn from. */
export const VentricularDataSchema = v.strictObject({
  input: VentricularWindowSchema,
  /** s from one window to the next, by database. */
  hop: v.strictObject({ vfdb: hop, mitdb: hop, cinc2017: hop }),
  /** Recordings of cinc2017, in the order of their names, that are `other`: AliveCor's, of people up and about; 0 for none. */
  bystanders: v.pipe(whole, v.maxValue(8528)),
});

export type VentricularData = v.InferOutput<typeof VentricularDataSchema>;

/** All records of vfdb. */
const VFDB: readonly string[] =
  '418 419 420 421 422 423 424 425 426 427 428 429 430 602 605 607 609 610 611 612 614 615'.split(' ');

/** What the published figures are of; bystanders are trained on besides. */
export const SCORED_RECORDS: readonly string[] = [
  ...VFDB.map((name) => `vfdb/${name}`),
  ...MITDB.map((name) => `mitdb/${name}`),
];

/** Whole databases of a prefix have one record a patient, but mitdb's 201 and 202. */
export function databaseOf(id: string): 'vfdb' | 'mitdb' | 'cinc2017' {
  return id.slice(0, id.indexOf('/')) as 'vfdb' | 'mitdb' | 'cinc2017';
}
