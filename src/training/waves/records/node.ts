import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RunOptions, throwIfCancelled } from '../../../core/index.js';
import { readAnnotations } from '../../../formats/index.js';
import { openFile } from '../../../formats/node.js';
import { markedWaves, type WaveLead, type WaveRecord } from '../wave-records.js';

/** Where the records lie within their database. */
const FOLDER = 'ludb/data';

/**
 * The records of LUDB, each lead with the waves that its own annotation file marks; each record is a patient.
 *
 * Source: Kalyakulina et al., IEEE Access 8:186181–186190, 2020, doi:10.1109/ACCESS.2020.3029211.
 *
 * @param dataFolder  holds `ludb`
 * @throws EcgError `not-found` without it; `bad-format` from reading; `cancelled`
 */
export async function loadWaveRecords(dataFolder: string, options?: RunOptions): Promise<WaveRecord[]> {
  const folder = join(dataFolder, FOLDER);
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `training: there is no folder ${folder}, fetch it with "ectopy data get ludb"`,
      { cause },
    );
  });
  const names = files
    .filter((file) => file.endsWith('.hea'))
    .map((file) => file.slice(0, -'.hea'.length))
    .sort((a, b) => Number(a) - Number(b));
  const records: WaveRecord[] = [];
  for (const name of names) {
    throwIfCancelled(options, 'training');
    records.push(await loadRecord(join(folder, name), name));
    options?.onProgress?.({ stage: 'prepare', done: records.length, total: names.length });
  }
  return records;
}

async function loadRecord(path: string, name: string): Promise<WaveRecord> {
  const reader = await openFile(path);
  try {
    const { fs, signals } = reader.info;
    const samples = (await reader.read()).signals;
    const leads: WaveLead[] = [];
    for (const [i, { lead }] of signals.entries()) {
      const file = `${path}.${lead.toLowerCase()}`;
      const bytes = await readFile(file).catch((cause: unknown) => {
        throw new EcgError(
          'not-found',
          `training: ${file} is missing, fetch it with "ectopy data get ludb"`,
          {
            cause,
          },
        );
      });
      leads.push({
        name: lead,
        signal: samples[i].samples,
        waves: markedWaves(readAnnotations(bytes), file),
      });
    }
    return { id: `ludb/${name}`, patient: `ludb-${name}`, fs, leads };
  } finally {
    await reader.close();
  }
}
