import { readFileSync } from 'node:fs';
import { detectBeats } from '../../src/ecg/detection/detect-beats.js';
import { INDEPENDENT_LEADS } from '../../src/ecg/leads/polarity.js';
import { datasetRecords, openFile } from '../../src/formats/node.js';

/** A 12-lead recording of somebody, with its beats. */
export interface Person {
  readonly dataset: 'ludb' | 'ptbxl';
  readonly record: string;
  readonly patient: string;
  readonly fs: number;
  /** mV; I, II, V1 … V6. */
  readonly leads: readonly Float32Array[];
  readonly beats: Float64Array;
}

/** Those of whom the weights and margins were chosen: ludb, and the patients of ptbxl with an even number. */
export const isForFitting = ({ dataset, patient }: Person): boolean =>
  dataset === 'ludb' || Number(patient.split('/')[1]) % 2 === 0;

/** All recordings of ludb and ptbxl in a folder of datasets, as far as they are there. */
export async function readPeople(folder: string): Promise<Person[]> {
  const people: Person[] = [];
  const patients = readPatients(`${folder}/ptbxl/ptbxl_database.csv`);
  for (const dataset of ['ludb', 'ptbxl'] as const) {
    for (const path of await datasetRecords(dataset, folder)) {
      const record = path.slice(path.lastIndexOf('/') + 1);
      // The first 500 recordings at 100 Hz.
      if (dataset === 'ptbxl' && !/^00([0-4]\d\d|500)_lr$/.test(record)) continue;
      const patient = dataset === 'ludb' ? record : patients.get(record);
      const reader = await openFile(`${folder}/${dataset}/${path}`);
      const { signals, fs } = await reader.read();
      await reader.close();
      const leads = INDEPENDENT_LEADS.map(
        (name) => signals.find(({ lead }) => lead.toUpperCase() === name)!.samples,
      );
      people.push({
        dataset,
        record,
        patient: `${dataset}/${patient}`,
        fs,
        leads,
        beats: detectBeats(leads, fs),
      });
    }
  }
  return people;
}

/** The patient of each record at 100 Hz. */
function readPatients(path: string): Map<string, number> {
  const [heading = '', ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  const patient = heading.split(',').indexOf('patient_id');
  return new Map(
    rows.flatMap((row) => {
      // Notes within quotes may hold commas and stand behind the patient's number.
      const record = /records100\/\d+\/(\w+)/.exec(row)?.[1];
      return record === undefined ? [] : [[record, Number(row.split(',')[patient])] as const];
    }),
  );
}
