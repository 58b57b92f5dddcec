import { createRandom, EcgError } from '../../../core/index.js';
import { auditSplit } from '../../../evaluation/index.js';
import { BEAT_LABELS } from '../../../models/index.js';
import { cachedExamples, exampleKey, recordFiles } from '../../examples/cache/node.js';
import type { ExampleSet } from '../../examples/example-set.js';
import { splitByRecord, takeShare } from '../../examples/split.js';
import { interPatientRecords } from '../inter-patient.js';
import type { Prepared, PrepareRequest, Task } from '../task.js';
import { readHeartbeatTables } from './csv/node.js';
import {
  type HeartbeatData,
  HeartbeatDataSchema,
  LEAKY_RECORDS,
  TEST_SHARE,
  VALIDATION_SHARE,
} from './data.js';
import { cutHeartbeatRecords } from './records/node.js';

/** The recipe of CNN-BiLSTM on the well-known heartbeat table, rebuilt from mitdb or read from its files. */
export const heartbeatTask: Task<HeartbeatData> = heartbeatsTask('heartbeat');

/** The recipe of five networks and their ensembles on the same beats. */
export const ensembleTask: Task<HeartbeatData> = heartbeatsTask('ensemble');

function heartbeatsTask(name: string): Task<HeartbeatData> {
  return {
    name,
    dataSchema: HeartbeatDataSchema,
    protocols: ['leaky', 'honest'],
    inputs: ['segment'],
    databases: ['mitdb'],
    rPeaks: 'given',
    labels: BEAT_LABELS.map(({ snomedCt, ...label }) =>
      snomedCt === undefined ? label : { ...label, snomedCt },
    ),
    prepare: async (request) => {
      if (request.input !== 'segment') {
        throw new EcgError('bad-option', `${name}: there is no input ${request.input}, use segment`);
      }
      if (request.protocol === 'leaky') return prepareLeaky(request);
      if (request.protocol === 'honest') return prepareHonest(name, request);
      throw new EcgError(
        'bad-option',
        `${name}: there is no protocol ${request.protocol}, use leaky or honest`,
      );
    },
  };
}

async function prepareLeaky(request: PrepareRequest<HeartbeatData>): Promise<Prepared> {
  const { csv, input, seed } = request.data;
  const random = createRandom(seed);
  const set = csv === null ? await loadRecords(request) : await loadTables(request, csv);
  const tested =
    csv === null
      ? takeShare(set, examplesFrom(set, 0), TEST_SHARE, random)
      : { taken: examplesFrom(set, 1, 1), left: examplesFrom(set, 0, 0) };
  const { taken: validation, left: train } = takeShare(set, tested.left, VALIDATION_SHARE, random);
  const ids = set.records.map((record) => record.id);
  const patients = new Map(set.records.map(({ id, patient }) => [id, patient]));
  const label = auditSplit(
    csv === null ? 'mitdb by beat' : 'heartbeat tables by beat',
    { train: ids, validation: ids, test: ids, patientOf: (id) => patients.get(id) ?? id },
    { leaky: true },
  );
  return { set, split: { train, validation, test: tested.taken }, label, input: { ...input } };
}

/** The examples of the records from index `first` to index `last`. */
function examplesFrom(set: ExampleSet, first: number, last = set.records.length): Int32Array {
  return Int32Array.from(set.record.keys()).filter((i) => set.record[i] >= first && set.record[i] <= last);
}

async function prepareHonest(name: string, request: PrepareRequest<HeartbeatData>): Promise<Prepared> {
  const { csv, input, validation } = request.data;
  if (csv !== null) {
    throw new EcgError(
      'bad-option',
      `${name}: the tables of data.csv do not say which patient a beat is of, so that no honest split can be made of them; leave data.csv out, the beats are then cut from mitdb`,
    );
  }
  const sides = interPatientRecords(validation);
  const label = auditSplit('DS1 → DS2', sides);
  const set = await loadRecords(request);
  return { set, split: splitByRecord(set, sides, 'split'), label, input: { ...input } };
}

/** The beats of all records: both protocols share one file in the cache. */
async function loadRecords(request: PrepareRequest<HeartbeatData>): Promise<ExampleSet> {
  const { dataFolder, cacheFolder, data } = request;
  const files = recordFiles(dataFolder, LEAKY_RECORDS);
  const key = await exampleKey('heartbeat', data.input, files);
  return cachedExamples(cacheFolder, key, () =>
    cutHeartbeatRecords(LEAKY_RECORDS, data.input, dataFolder, request),
  );
}

async function loadTables(
  { cacheFolder, data: { input }, ...options }: PrepareRequest<HeartbeatData>,
  csv: NonNullable<HeartbeatData['csv']>,
): Promise<ExampleSet> {
  const key = await exampleKey('heartbeat-csv', input, [csv.train, csv.test]);
  return cachedExamples(cacheFolder, key, () => readHeartbeatTables(csv, input, options));
}
