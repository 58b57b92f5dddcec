import * as v from 'valibot';
import { DS1, DS2 } from '../../../evaluation/index.js';
import { QualitySecondSchema } from '../../../models/index.js';

const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const hertz = v.pipe(v.number(), v.gtValue(0));
const decibel = v.pipe(v.number(), v.finite());

/** What the recipe `quality` is asked to learn from. */
export const QualityDataSchema = v.pipe(
  v.strictObject({
    input: QualitySecondSchema,
    /** What is noise to a second: the ratio of QRS to noise within this band, which detection by QRS complexes hears. */
    band: v.strictObject({ low: hertz, high: hertz }),
    /** dB: a second is noisy up to the first, good from the second on, and left out between them. */
    noisyUpTo: decibel,
    goodFrom: decibel,
    /** dB by the measure of the noise stress test: each stretch is given a ratio between them, equally likely. */
    snr: v.strictObject({ low: decibel, high: decibel }),
    /** Records of each database at most, leads of a record with many, and seconds out of one stretch of one. */
    records: wholePositive,
    leads: wholePositive,
    seconds: wholePositive,
    /** Times every stretch is disturbed, each in another way. */
    rounds: wholePositive,
    seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    /** Validation records of mitdb, out of DS1. */
    validation: v.pipe(v.array(v.picklist(DS1)), v.minLength(1)),
  }),
  v.check((data) => data.noisyUpTo <= data.goodFrom, 'Expected noisyUpTo not above goodFrom'),
  v.check((data) => data.snr.low <= data.snr.high, 'Expected snr.low not above snr.high'),
  v.check(({ band }) => band.low < band.high, 'Expected band.low below band.high'),
);

export type QualityData = v.InferOutput<typeof QualityDataSchema>;

/** Where a recording's examples go. */
export type Side = 'train' | 'validation' | 'test';

/** Every second record of vfdb, for the outside checks: of its 22 those trained on lend rhythms that are no noise. */
const VFDB_TESTED = new Set('419 422 423 425 427 429 602 607 610 612 615'.split(' '));

/** One in so many patients outside mitdb is tested, and one validates. */
const DEAL = 5;

/**
 * The side of a patient: mitdb's halves, its other records in neither; half of vfdb; of other databases one patient in five is
 * tested and one validates, by a hash of the name, so that more recordings move nobody.
 */
export function sideOf(patient: string, validation: readonly string[]): Side | undefined {
  const [database, name] = splitName(patient);
  if (database === 'mitdb') {
    // 201 and 202 are one patient, of whom DS1 and DS2 hold a record each; 118 is the heart of the noise stress test
    // database's own records, by which the network is checked: on no side.
    if (name === '201' || name === '118') return undefined;
    if (validation.includes(name)) return 'validation';
    return DS1.includes(name) ? 'train' : DS2.includes(name) ? 'test' : undefined;
  }
  if (database === 'vfdb') return VFDB_TESTED.has(name) ? 'test' : 'train';
  let hash = 2166136261;
  for (let i = 0; i < patient.length; i++) hash = Math.imul(hash ^ patient.charCodeAt(i), 16777619);
  const dealt = ((hash ^ (hash >>> 15)) >>> 0) % DEAL;
  return dealt === 0 ? 'test' : dealt === 1 ? 'validation' : 'train';
}

function splitName(id: string): [string, string] {
  const at = id.indexOf('/');
  return [id.slice(0, at), id.slice(at + 1)];
}
