import { EcgError } from '../../../core/index.js';
import { auditSplit } from '../../../evaluation/index.js';
import { BEAT_LABELS } from '../../../models/index.js';
import { cachedExamples, exampleKey, recordFiles } from '../../examples/cache/node.js';
import { splitByRecord } from '../../examples/split.js';
import type { Task } from '../task.js';
import { type StockwellData, StockwellDataSchema, WINDOW_RECORDS, windowRecords } from './data.js';
import { cutWindowRecords } from './records/node.js';

/** Raise it when windows or their classes change although the contract does not. */
const VERSION = 1;

const FORMS: Readonly<Record<string, 'picture' | 'signal'>> = { stockwell: 'picture', signal: 'signal' };

/** The recipe of ten-second windows as time-frequency pictures, or as they are for a network in one dimension. */
export const stockwellTask: Task<StockwellData> = {
  name: 'stockwell-convnext',
  dataSchema: StockwellDataSchema,
  protocols: ['honest'],
  inputs: Object.keys(FORMS),
  databases: ['mitdb'],
  rPeaks: 'not used',
  labels: [
    { class: 'N', meaning: 'sinus rhythm, no ectopic beat' },
    {
      class: 'S',
      meaning: 'a supraventricular ectopic beat, no ventricular one',
      snomedCt: conceptOf('S'),
    },
    {
      class: 'V',
      meaning: 'a ventricular ectopic or fusion beat',
      snomedCt: conceptOf('V'),
    },
    {
      class: 'AF',
      meaning: 'atrial fibrillation over more than half of the window',
      snomedCt: { code: '164889003', display: 'atrial fibrillation' },
    },
    {
      class: 'other',
      meaning:
        'paced, nodal, atrial or ventricular flutter, second-degree block or pre-excitation over more than half of the window, or mostly unclassified beats',
    },
  ],
  async prepare(request) {
    const { data, dataFolder, cacheFolder, protocol } = request;
    const form = FORMS[request.input];
    if (form === undefined)
      throw new EcgError(
        'bad-option',
        `stockwell-convnext: there is no input ${request.input}, use ${Object.keys(FORMS).join(' or ')}`,
      );
    if (protocol !== 'honest')
      throw new EcgError('bad-option', `stockwell-convnext: there is no protocol ${protocol}, use honest`);
    const sides = windowRecords(data.validation);
    const label = auditSplit('DS1 and paced records → DS2', sides);
    const files = recordFiles(dataFolder, WINDOW_RECORDS);
    const key = await exampleKey(`stockwell-${request.input}`, [VERSION, data.input], files);
    const set = await cachedExamples(cacheFolder, key, () =>
      cutWindowRecords(WINDOW_RECORDS, data.input, form, dataFolder, request),
    );
    return { set, split: splitByRecord(set, sides, 'split'), label, input: { ...data.input } };
  },
};

/** The concept of a beat class: a window bears that of its beats. */
function conceptOf(beatClass: 'S' | 'V') {
  return BEAT_LABELS.find((label) => label.class === beatClass)!.snomedCt!;
}
