import { join } from 'node:path';
import { auditSplit, MITDB } from '../../../evaluation/index.js';
import { createRhythmWindow } from '../../../models/index.js';
import { cachedExamples, exampleKey, recordFiles } from '../../examples/cache/node.js';
import { joinRecords, type RecordExamples } from '../../examples/join-records.js';
import type { Task } from '../task.js';
import { type RhythmData, RhythmDataSchema } from './data.js';
import { RHYTHM_LABELS } from './label-rhythm.js';
import { cutAnnotated, cutChallenge, readChallengeLabels } from './records/node.js';

/** Raise it when windows or their classes change although the contract does not. */
const VERSION = 2;

/**
 * The recipe of thirty-second windows with their rhythm, of cinc2017 and mitdb.
 *
 * Each recording of cinc2017 counts as a patient: the challenge does not say whose a recording is. All examples are
 * trained on; its figures are of a cross-validation by patient.
 */
export const rhythmTask: Task<RhythmData> = {
  name: 'rhythm',
  dataSchema: RhythmDataSchema,
  protocols: ['honest'],
  inputs: ['window'],
  databases: ['cinc2017', 'mitdb'],
  rPeaks: 'not used',
  labels: [
    {
      class: 'N',
      meaning: 'sinus rhythm without ectopic or aberrant beats',
      snomedCt: { code: '426783006', display: 'ECG: sinus rhythm' },
    },
    {
      class: 'A',
      meaning: 'atrial fibrillation',
      snomedCt: { code: '164889003', display: 'ECG: atrial fibrillation' },
    },
    {
      class: 'O',
      meaning: 'any other rhythm: ectopic or aberrant beats, flutter, block, tachycardia, bradycardia',
    },
    { class: '~', meaning: 'too noisy to be told' },
  ],
  async prepare(request) {
    const { data, dataFolder, cacheFolder } = request;
    const challenge = join(dataFolder, 'cinc2017');
    const labels = await readChallengeLabels(challenge);
    const annotated = MITDB.map((record) => `mitdb/${record}`);
    const names = [...labels.keys()].sort();
    const ids = [...names.map((name) => `cinc2017/${name}`), ...annotated];
    const files = [join(challenge, 'REFERENCE-v3.csv'), ...recordFiles(dataFolder, annotated)];
    const key = await exampleKey('rhythm', [VERSION, data, RHYTHM_LABELS], files);
    const set = await cachedExamples(cacheFolder, key, async () => {
      const writer = createRhythmWindow(data.input);
      const parts: RecordExamples[] = [];
      for (const name of names) {
        const path = join(challenge, 'training2017', name);
        parts.push(await cutChallenge(path, labels.get(name)!, data, writer, request));
        request.onProgress?.({ stage: 'prepare', done: parts.length, total: ids.length });
      }
      for (const id of annotated) {
        parts.push(await cutAnnotated(join(dataFolder, id), data, writer, request));
        request.onProgress?.({ stage: 'prepare', done: parts.length, total: ids.length });
      }
      return joinRecords(ids, parts, RHYTHM_LABELS, writer.layout.shape);
    });
    const train = Int32Array.from(set.label, (_, i) => i);
    const none = new Int32Array(0);
    return {
      set,
      split: { train, validation: none, test: none },
      label: auditSplit('all recordings of cinc2017 and mitdb', { train: ids }),
      input: { ...data.input },
    };
  },
};
