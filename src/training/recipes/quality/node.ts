import { join } from 'node:path';
import { EcgError } from '../../../core/index.js';
import { auditSplit } from '../../../evaluation/index.js';
import { cachedExamples, exampleKey } from '../../examples/cache/node.js';
import { splitByRecord } from '../../examples/split.js';
import type { Task } from '../task.js';
import { type QualityData, QualityDataSchema, type Side } from './data.js';
import { cutQualityExamples } from './records/node.js';
import { qualitySources } from './sources/node.js';

/** Raise it when examples or their classes change although the request does not. */
const VERSION = 3;

/** The recipe of the network that tells readable seconds of a lead from noisy ones. */
export const qualityTask: Task<QualityData> = {
  name: 'quality',
  dataSchema: QualityDataSchema,
  protocols: ['honest'],
  inputs: ['second'],
  databases: ['mitdb', 'ludb', 'ptbxl', 'cinc2017', 'vfdb', 'nstdb'],
  rPeaks: 'not used',
  labels: [
    { class: 'good', meaning: 'QRS complexes stand far enough above the noise to be found' },
    { class: 'noisy', meaning: 'noise in the band of QRS complexes hides or imitates them' },
  ],
  async prepare(request) {
    const { data, dataFolder, cacheFolder, protocol } = request;
    if (protocol !== 'honest')
      throw new EcgError('bad-option', `quality: there is no protocol ${protocol}, use honest`);
    const sources = await qualitySources(dataFolder, data);
    const files = sources.map(({ id }) => join(dataFolder, `${id}.hea`));
    const key = await exampleKey(
      'quality',
      [VERSION, data],
      [...files, ...['bw.dat', 'ma.dat'].map((name) => join(dataFolder, 'nstdb', name))],
    );
    const set = await cachedExamples(cacheFolder, key, () =>
      cutQualityExamples(sources, data, dataFolder, request),
    );
    const ids = (side: Side) => sources.flatMap((source) => (source.side === side ? [source.id] : []));
    const sides = { train: ids('train'), validation: ids('validation'), test: ids('test') };
    const patients = new Map(sources.map(({ id, patient }) => [id, patient]));
    const label = auditSplit(
      'DS1 → DS2, half of vfdb, a fifth of the patients of ludb, ptbxl and cinc2017; other halves of the noise',
      {
        ...sides,
        patientOf: (id) => patients.get(id) ?? id,
      },
    );
    return { set, split: splitByRecord(set, sides, 'split'), label, input: { ...data.input } };
  },
};
