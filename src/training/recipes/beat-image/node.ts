import { EcgError } from '../../../core/index.js';
import { auditSplit, MITDB } from '../../../evaluation/index.js';
import { BEAT_PICTURE } from '../../../models/index.js';
import { cachedExamples, exampleKey, recordFiles } from '../../examples/cache/node.js';
import type { ExampleSet } from '../../examples/example-set.js';
import { splitByRecord } from '../../examples/split.js';
import type { Prepared, PrepareRequest, Task } from '../task.js';
import { type BeatPlace, chooseOfRecords, choosePublished, splitByPicture } from './choose-beats.js';
import {
  BEAT_IMAGE_LABELS,
  type BeatImageData,
  BeatImageDataSchema,
  CLASSES,
  FLUTTER_RECORDS,
  HONEST_RECORDS,
  MOST_NORMALS_OF_A_RECORD,
  MOST_OF_A_RECORD,
  type PictureClass,
} from './data.js';
import { drawBeats, findBeats } from './pictures/node.js';

type Request = PrepareRequest<BeatImageData>;

/** The recipe of 2-D pictures of beats, six classes, redrawn from mitdb. */
export const beatImageTask: Task<BeatImageData> = {
  name: 'beat-image',
  dataSchema: BeatImageDataSchema,
  protocols: ['leaky', 'honest'],
  inputs: ['picture'],
  databases: ['mitdb', 'vfdb'],
  rPeaks: 'given',
  labels: BEAT_IMAGE_LABELS,
  prepare: (request) => {
    if (request.input !== 'picture') {
      throw new EcgError('bad-option', `beat-image: there is no input ${request.input}, use picture`);
    }
    if (request.protocol === 'leaky') return prepareLeaky(request);
    if (request.protocol === 'honest') return prepareHonest(request);
    throw new EcgError(
      'bad-option',
      `beat-image: there is no protocol ${request.protocol}, use leaky or honest`,
    );
  },
};

async function prepareLeaky(request: Request): Promise<Prepared> {
  const { labeling, seed } = request.data;
  const classes = CLASSES[labeling];
  const ids = [
    ...MITDB.map((name) => `mitdb/${name}`),
    ...(classes.some(({ episodes }) => episodes) ? FLUTTER_RECORDS.map((name) => `vfdb/${name}`) : []),
  ];
  const set = await loadPictures(request, ids, classes, { choice: 'published' }, choosePublished);
  const label = auditSplit(
    `mitdb by picture, ${labeling} classes`,
    { train: ids, validation: ids, test: ids },
    { leaky: true },
  );
  return { set, split: splitByPicture(set, seed), label, input: { ...BEAT_PICTURE } };
}

async function prepareHonest(request: Request): Promise<Prepared> {
  if (request.data.labeling !== 'corrected') {
    throw new EcgError(
      'bad-option',
      'beat-image: two of the published classes are of one patient each, so that no honest split can be made of them; set data.labeling to corrected',
    );
  }
  const label = auditSplit('DS1 → DS2 and vfdb (202 and 214 trained on)', HONEST_RECORDS);
  const ids = [...HONEST_RECORDS.train, ...HONEST_RECORDS.validation, ...HONEST_RECORDS.test];
  const most = { choice: 'of-records', MOST_OF_A_RECORD, MOST_NORMALS_OF_A_RECORD };
  const set = await loadPictures(request, ids, CLASSES.corrected, most, chooseOfRecords);
  return { set, split: splitByRecord(set, HONEST_RECORDS, 'beat-image'), label, input: { ...BEAT_PICTURE } };
}

/** The chosen beats of some records, drawn; from the cache where it holds them. */
async function loadPictures(
  { data, dataFolder, cacheFolder, ...options }: Request,
  ids: readonly string[],
  classes: readonly PictureClass[],
  choice: object,
  choose: (places: readonly BeatPlace[], classes: readonly PictureClass[], seed: number) => BeatPlace[],
): Promise<ExampleSet> {
  const files = recordFiles(dataFolder, ids);
  const key = await exampleKey('beat-image', [BEAT_PICTURE, classes, choice, data.seed], files);
  return cachedExamples(cacheFolder, key, async () => {
    const places = await findBeats(ids, classes, BEAT_PICTURE, dataFolder, options);
    return drawBeats(ids, classes, choose(places, classes, data.seed), BEAT_PICTURE, dataFolder, options);
  });
}
