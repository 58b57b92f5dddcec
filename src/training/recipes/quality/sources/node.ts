import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError } from '../../../../core/index.js';
import { MITDB, patientOf } from '../../../../evaluation/index.js';
import { datasetRecords } from '../../../../formats/datasets/node.js';
import type { ExampleRecord } from '../../../examples/example-set.js';
import { type QualityData, type Side, sideOf } from '../data.js';

/** A recording whose leads are disturbed. */
export interface QualitySource extends ExampleRecord {
  readonly side: Side;
}

/**
 * The recordings of all databases with their sides: mitdb, ludb, ptbxl at 100 Hz, vfdb, cinc2017 but for what is called
 * noise.
 * @throws EcgError `not-found` for a missing database
 */
export async function qualitySources(
  dataFolder: string,
  { records, validation }: QualityData,
): Promise<QualitySource[]> {
  const found: ExampleRecord[] = MITDB.map((name) => ({
    id: `mitdb/${name}`,
    patient: patientOf(`mitdb/${name}`),
  }));
  const of = async (database: string) => datasetRecords(database, dataFolder);
  for (const name of (await of('ludb')).slice(0, records))
    found.push({ id: `ludb/${name}`, patient: `ludb/${name}` });
  const patients = await ptbxlPatients(dataFolder);
  const low = (await of('ptbxl')).filter((name) => name.endsWith('_lr')).slice(0, records);
  for (const name of low) found.push({ id: `ptbxl/${name}`, patient: `ptbxl/${patients.get(name) ?? name}` });
  const noise = await cincNoise(dataFolder);
  for (const name of (await of('cinc2017')).slice(0, records)) {
    if (!noise.has(name.slice(name.lastIndexOf('/') + 1)))
      found.push({ id: `cinc2017/${name}`, patient: `cinc2017/${name}` });
  }
  for (const name of await of('vfdb')) found.push({ id: `vfdb/${name}`, patient: `vfdb/${name}` });
  return found.flatMap((record) => {
    const side = sideOf(record.patient, validation);
    return side === undefined ? [] : [{ ...record, side }];
  });
}

/** Patients of ptbxl's records by their path, out of its table. */
async function ptbxlPatients(dataFolder: string): Promise<Map<string, string>> {
  const text = await readFile(join(dataFolder, 'ptbxl', 'ptbxl_database.csv'), 'utf8').catch(() => '');
  const patients = new Map<string, string>();
  for (const line of text.split('\n')) {
    const patient = /^\d+,([\d.]+),/.exec(line)?.[1];
    const path = /(records100\/\d+\/\w+)/.exec(line)?.[1];
    if (patient !== undefined && path !== undefined) patients.set(path, patient);
  }
  return patients;
}

/** Records of cinc2017 called noise. */
async function cincNoise(dataFolder: string): Promise<Set<string>> {
  const file = join(dataFolder, 'cinc2017', 'REFERENCE-v3.csv');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `training: there is no ${file}, fetch it with "ectopy data get cinc2017"`,
      {
        cause,
      },
    );
  });
  return new Set(text.split(/\r?\n/).flatMap((line) => (line.endsWith(',~') ? [line.slice(0, -2)] : [])));
}
