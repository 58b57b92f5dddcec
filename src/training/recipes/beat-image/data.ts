import * as v from 'valibot';
import { DS1, DS2, MITDB_PACED } from '../../../evaluation/index.js';
import type { RecordSplit } from '../../examples/split.js';
import type { Task } from '../task.js';

/** What the recipe `beat-image` is asked to learn from. */
export const BeatImageDataSchema = v.strictObject({
  /** Which beats a class holds; the honest protocol has only `corrected`. */
  labeling: v.picklist(['as-published', 'corrected']),
  /** Of the beats chosen and of the leaky split. */
  seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

export type BeatImageData = v.InferOutput<typeof BeatImageDataSchema>;

/** The beats of one class. */
export interface PictureClass {
  readonly name: string;
  /** Annotation symbols of mitdb, written together. */
  readonly symbols: string;
  /** The only record of mitdb they are taken from; any when omitted. */
  readonly only?: string;
  /** Whether stretches of the episodes of `FLUTTER_RECORDS` join them. */
  readonly episodes?: boolean;
  /** Pictures in the set as large as the published one. */
  readonly count: number;
}

/** Pictures the published set is tested on, out of 22,166; the others train. */
export const PUBLISHED_TEST = 6825;

/**
 * The contents of the classes. The published set has 15,341 + 6,825 pictures; no table says how many of each class.
 * A public listing of its training folder has 450 of the flutter waves, all 106 escape beats and, by its length, about
 * 2,800 `V` and 2,240 `R`, in unbroken runs of the database's order: its test pictures come from other stretches, here
 * they are drawn at random. Taken here: all 7,236 `V` and `E` beats, all 472 `!` and all 2,028 paced beats of record 102, and what is then left
 * of the 22,166 in equal parts from N, L and R.
 *
 * Corrected: PAC are atrial premature beats, as many as the paced ones were; the 106 ventricular escape beats leave
 * PVC, and as many stretches of flutter or fibrillation of other patients join the flutter waves of record 207.
 */
export const CLASSES: Readonly<Record<BeatImageData['labeling'], readonly PictureClass[]>> = {
  'as-published': [
    { name: 'N', symbols: 'N', count: 4144 },
    { name: 'LBBB', symbols: 'L', count: 4143 },
    { name: 'RBBB', symbols: 'R', count: 4143 },
    { name: 'published-PAC', symbols: '/', only: '102', count: 2028 },
    { name: 'published-PVC', symbols: 'VE', count: 7236 },
    { name: 'published-VF', symbols: '!', only: '207', count: 472 },
  ],
  corrected: [
    { name: 'N', symbols: 'N', count: 4144 },
    { name: 'LBBB', symbols: 'L', count: 4143 },
    { name: 'RBBB', symbols: 'R', count: 4143 },
    { name: 'PAC', symbols: 'A', count: 2028 },
    { name: 'PVC', symbols: 'V', count: 7130 },
    { name: 'VFL', symbols: '!', episodes: true, count: 578 },
  ],
};

/**
 * SNOMED CT concepts where one covers the class.
 *
 * Source: the PhysioNet/CinC Challenge 2021 diagnosis tables (`dx_mapping_scored.csv`, `dx_mapping_unscored.csv`).
 */
export const BEAT_IMAGE_LABELS: Task['labels'] = [
  { class: 'N', meaning: 'normal beat' },
  {
    class: 'LBBB',
    meaning: 'left bundle branch block beat',
    snomedCt: { code: '164909002', display: 'left bundle branch block' },
  },
  {
    class: 'RBBB',
    meaning: 'right bundle branch block beat',
    snomedCt: { code: '59118001', display: 'right bundle branch block' },
  },
  {
    class: 'PAC',
    meaning: 'atrial premature beat',
    snomedCt: { code: '284470004', display: 'premature atrial contraction' },
  },
  {
    class: 'PVC',
    meaning: 'premature ventricular contraction',
    snomedCt: { code: '427172004', display: 'premature ventricular contractions' },
  },
  { class: 'VFL', meaning: 'ventricular flutter or fibrillation, one wave in the middle' },
  {
    class: 'published-PAC',
    meaning: 'what the published set calls premature atrial contraction: paced beats of one patient',
  },
  {
    class: 'published-PVC',
    meaning:
      'what the published set calls premature ventricular contraction: ventricular escape beats among them',
  },
  {
    class: 'published-VF',
    meaning: 'what the published set calls ventricular fibrillation: flutter waves of one patient',
  },
];

/** Records of vfdb with episodes of ventricular flutter or fibrillation. */
export const FLUTTER_RECORDS: readonly string[] = ['418', '419', '422', '424', '426', '429', '430', '609'];

/** Pictures of a class that a record gives at most to the honest protocol, so that no patient drowns the others. */
export const MOST_OF_A_RECORD = 600;
export const MOST_NORMALS_OF_A_RECORD = 200;

/** Of DS1: all six classes but few N, and N, A and V of two more patients. */
const VALIDATION: readonly string[] = ['mitdb/108', 'mitdb/207', 'mitdb/223', 'vfdb/426'];

/** Moved out of DS2: 202 for its patient (201), 214 because DS1 would train on the LBBB of 109 alone. */
const TRAINED_OF_DS2: readonly string[] = ['202', '214'];

/**
 * The patients of the honest protocol: DS1 → DS2 without paced records, with the patient of 201 and 202 and that of
 * 214 in training, and 207 among the validation patients, the only one who has LBBB, RBBB, PAC, PVC and flutter.
 * Flutter comes from vfdb on every side. vfdb does not say which of its records share a patient; neighbours in its
 * numbers (418 and 419, 429 and 430) therefore stand on one side. Each side holds all six classes:
 * LBBB 109 214 | 207 | 111; RBBB 118 124 | 207 | 212 231 232; PAC and PVC on each from five patients or more but
 * the validation's; flutter 418 419 422 424 | 207 426 | 429 430 609.
 */
export const HONEST_RECORDS: RecordSplit = honestRecords();

function honestRecords(): RecordSplit {
  const of = (database: string, names: readonly string[]) => names.map((name) => `${database}/${name}`);
  const heart = (names: readonly string[]) =>
    of(
      'mitdb',
      names.filter((name) => !MITDB_PACED.includes(name)),
    );
  const training = [...heart([...DS1, ...TRAINED_OF_DS2]), ...of('vfdb', ['418', '419', '422', '424'])];
  const tested = heart(DS2.filter((name) => !TRAINED_OF_DS2.includes(name)));
  return {
    train: training.filter((id) => !VALIDATION.includes(id)),
    validation: VALIDATION,
    test: [...tested, ...of('vfdb', ['429', '430', '609'])],
  };
}
