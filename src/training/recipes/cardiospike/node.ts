import { join } from 'node:path';
import { EcgError, type RunOptions, throwIfCancelled } from '../../../core/index.js';
import { RHYTHM_CHANGE } from '../../../ecg/index.js';
import { auditSplit } from '../../../evaluation/index.js';
import { openFile } from '../../../formats/node.js';
import { cutScreeningWindows, type ScreeningInput } from '../../../models/index.js';
import { cachedExamples, exampleKey, recordFiles } from '../../examples/cache/node.js';
import type { ExampleSet } from '../../examples/example-set.js';
import { joinRecords, type RecordExamples } from '../../examples/join-records.js';
import { splitByRecord } from '../../examples/split.js';
import { interPatientRecords } from '../inter-patient.js';
import type { Prepared, PrepareRequest, Task } from '../task.js';
import { type CardiospikeData, CardiospikeDataSchema } from './data.js';
import { labelWindows, SCREENING_CLASSES } from './label-windows.js';
import { synthesizeWindows } from './synthetic-windows.js';

/** The recipe of the small screening network: is anything wrong in these 2 s of one lead. */
export const cardiospikeTask: Task<CardiospikeData> = {
  name: 'cardiospike',
  dataSchema: CardiospikeDataSchema,
  protocols: ['synthetic', 'honest'],
  inputs: ['window'],
  databases: ['mitdb'],
  rPeaks: 'not used',
  labels: [
    { class: 'normal', meaning: 'sinus rhythm without supraventricular, ventricular or fusion beats' },
    {
      class: 'arrhythmic',
      meaning: 'a supraventricular, ventricular or fusion beat, or a rhythm that is not sinus',
      snomedCt: { code: '698247007', display: 'cardiac arrhythmia' },
    },
  ],
  card: (protocol) => ({
    summary:
      'Whether two seconds of one lead show anything but sinus rhythm with normally conducted beats: one answer a window; no beat is found and no rhythm named.',
    limitations: [
      'Two seconds show too little for most rhythms: fibrillation, blocks and single premature atrial beats often look normal in them. Where recordings are longer, use the networks of beats and rhythm.',
      'Each window is scaled to 0…1: amplitude says nothing to it, and one artefact flattens the rest.',
      ...(protocol === 'honest'
        ? [
            'On patients it had not seen, this recipe ranks windows with an AUROC of .75 only, misses a third of the arrhythmic ones, and its probabilities are 15 points off on average (ECE): no threshold is advised.',
          ]
        : []),
    ],
  }),
  prepare: async (request) => {
    if (request.input !== 'window') {
      throw new EcgError('bad-option', `cardiospike: there is no input ${request.input}, use window`);
    }
    if (request.protocol === 'synthetic') return prepareSynthetic(request);
    if (request.protocol === 'honest') return prepareHonest(request);
    throw new EcgError(
      'bad-option',
      `cardiospike: there is no protocol ${request.protocol}, use synthetic or honest`,
    );
  },
};

/** Three groups of hearts that have no seed in common. */
async function prepareSynthetic(request: PrepareRequest<CardiospikeData>): Promise<Prepared> {
  const { hearts, windowsPerHeart, arrhythmias, seed, input } = request.data;
  const seeds = Array.from({ length: 3 * hearts }, (_, i) => seed + i);
  const set = await synthesizeWindows(seeds, windowsPerHeart, arrhythmias, input, request);
  const ids = set.records.map(({ id }) => id);
  const sides = {
    train: ids.slice(0, hearts),
    validation: ids.slice(hearts, 2 * hearts),
    test: ids.slice(2 * hearts),
  };
  const label = auditSplit('synthetic hearts', sides);
  return { set, split: splitByRecord(set, sides, 'split'), label, input: { ...input } };
}

async function prepareHonest(request: PrepareRequest<CardiospikeData>): Promise<Prepared> {
  const { dataFolder, cacheFolder, data } = request;
  const sides = interPatientRecords(data.validation);
  const label = auditSplit('DS1 → DS2', sides);
  const ids = [...sides.train, ...sides.validation, ...sides.test].sort();
  const files = recordFiles(dataFolder, ids);
  const key = await exampleKey('cardiospike', data.input, files);
  const set = await cachedExamples(cacheFolder, key, () => cutRecords(ids, data.input, dataFolder, request));
  return { set, split: splitByRecord(set, sides, 'split'), label, input: { ...data.input } };
}

/** The first lead of some records in windows one after another. */
async function cutRecords(
  ids: readonly string[],
  input: ScreeningInput,
  dataFolder: string,
  options: RunOptions,
): Promise<ExampleSet> {
  const cut: RecordExamples[] = [];
  for (const id of ids) {
    throwIfCancelled(options, 'training');
    const run = options.signal === undefined ? {} : { signal: options.signal };
    const reader = await openFile(join(dataFolder, id), run);
    try {
      const { fs, annotations } = reader.info;
      if (!annotations.some(({ symbol }) => symbol === RHYTHM_CHANGE)) {
        throw new EcgError(
          'too-short',
          `training: ${id} names no rhythm, give a record with an annotation file`,
        );
      }
      const { signals } = await reader.read({ signals: [0] }, run);
      const data = cutScreeningWindows(signals[0].samples, fs, input);
      const bounds = Float64Array.from({ length: data.length / input.length + 1 }, (_, w) =>
        Math.round((w * input.length * fs) / input.fs),
      );
      cut.push({ data, label: labelWindows(annotations, bounds) });
    } finally {
      await reader.close();
    }
    options.onProgress?.({ stage: 'prepare', done: cut.length, total: ids.length });
  }
  return joinRecords(ids, cut, SCREENING_CLASSES, [1, input.length]);
}
