import { join } from 'node:path';
import { EcgError } from '../../../core/index.js';
import { auditSplit } from '../../../evaluation/index.js';
import { cachedExamples, exampleKey } from '../../examples/cache/node.js';
import type { ExampleSplit } from '../../examples/example-set.js';
import type { Task } from '../task.js';
import { SCORED_RECORDS, type VentricularData, VentricularDataSchema } from './data.js';
import { cutVentricularRecords, findBystanders } from './records/node.js';

/** Raise it when windows or their classes change although the contract does not. */
const VERSION = 2;

/**
 * The recipe of five-second windows: ventricular tachycardia, ventricular fibrillation and flutter, anything else.
 *
 * Its one protocol trains on everything; figures come of a cross-validation by patient over all of it.
 */
export const ventricularTask: Task<VentricularData> = {
  name: 'ventricular',
  dataSchema: VentricularDataSchema,
  protocols: ['all'],
  inputs: ['signal'],
  databases: ['vfdb', 'mitdb', 'cinc2017'],
  rPeaks: 'not used',
  labels: [
    { class: 'other', meaning: 'any other rhythm, asystole and noise among them' },
    {
      class: 'VT',
      meaning: 'ventricular tachycardia throughout the window',
      snomedCt: { code: '164895002', display: 'ventricular tachycardia' },
    },
    {
      class: 'VF',
      meaning: 'ventricular fibrillation or flutter throughout the window',
      snomedCt: { code: '164896001', display: 'ventricular fibrillation' },
    },
  ],
  async prepare(request) {
    const { data, dataFolder, cacheFolder, protocol } = request;
    if (protocol !== 'all')
      throw new EcgError('bad-option', `ventricular: there is no protocol ${protocol}, use all`);
    const scored = SCORED_RECORDS.map((id) => ({ id, file: join(dataFolder, id) }));
    const records = [...scored, ...(await findBystanders(dataFolder, data.bystanders))];
    const files = records.flatMap(({ file }) =>
      ['.hea', '.dat', '.mat', '.atr'].map((extension) => file + extension),
    );
    const key = await exampleKey('ventricular', [VERSION, data], files);
    const set = await cachedExamples(cacheFolder, key, () => cutVentricularRecords(records, data, request));
    const none = new Int32Array(0);
    const train = Int32Array.from({ length: set.label.length }, (_, i) => i);
    const split: ExampleSplit = { train, validation: none, test: none };
    return {
      set,
      split,
      label: auditSplit('all patients', { train: records.map(({ id }) => id) }),
      input: { ...data.input },
    };
  },
};
