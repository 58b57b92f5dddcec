import { sampleReader } from '../../src/ecg/index.js';
import { writeWfdb } from '../../src/formats/index.js';
import type { Known } from './requests.js';

/** The first ten seconds of the sample recording as a WFDB record: a small upload that can be read and analysed. */
export async function fuzzFiles(): Promise<Known['files']> {
  const recording = await sampleReader().read({ from: 0, to: 2500 });
  return [...writeWfdb(recording, { format: 16, record: 'fuzz' })].map(([name, bytes]) => ({ name, bytes }));
}
