import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { BEAT_CLASSES, EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import { beatClassOf, isQrs, LITERATURE_MAP } from '../../ecg/index.js';
import { DS1, DS2, patientOf } from '../../evaluation/index.js';
import { openFile } from '../../formats/node.js';
import { type InputContract, prepareRecord } from '../../models/index.js';
import type { TrainingRecord } from '../dataset.js';
import { packPrepared, unpackPrepared } from '../prepared-bytes.js';
import type { RecipeSource } from '../recipe.js';

/** Where recordings lie and prepared ones are kept. */
export interface DataFolders {
  /** Holds a folder a database: `mitdb`, `svdb`. */
  readonly dataFolder: string;
  /** Prepared beats, made again when anything they depend on changes. */
  readonly cacheFolder: string;
}

/** Raise it when prepared beats change although the contract does not. */
const CACHE_VERSION = 2;

/** The record ids (`mitdb/100`) of some sources, in their order. */
export async function recordIds(sources: readonly RecipeSource[], dataFolder: string): Promise<string[]> {
  const ids: string[] = [];
  for (const source of sources) {
    const names = await recordNames(source, dataFolder);
    ids.push(
      ...names.filter((name) => !source.except.includes(name)).map((name) => `${source.database}/${name}`),
    );
  }
  return ids;
}

async function recordNames(source: RecipeSource, dataFolder: string): Promise<readonly string[]> {
  if (source.records === 'DS1') return DS1;
  if (source.records === 'DS2') return DS2;
  if (source.records !== 'all') return source.records;
  const folder = join(dataFolder, source.database);
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `training: there is no folder ${folder}, fetch it with "ectopy data get ${source.database}"`,
      { cause },
    );
  });
  return files
    .filter((file) => file.endsWith('.hea'))
    .map((file) => file.slice(0, -4))
    .sort();
}

/**
 * Recordings with their reference beats, prepared by a contract; from the cache where it holds them.
 *
 * Every QRS takes part in the rhythm; a flutter wave has no label. Labels follow the literature's map.
 *
 * @param ids     `mitdb/100`
 * @param margin  grid samples kept around each window for shifts
 * @throws EcgError `not-found`, `bad-format` from reading; `too-short` for a record without beats; `cancelled`
 */
export async function loadTrainingRecords(
  ids: readonly string[],
  contract: InputContract,
  margin: number,
  folders: DataFolders,
  options?: RunOptions,
): Promise<TrainingRecord[]> {
  const records: TrainingRecord[] = [];
  for (const id of ids) {
    throwIfCancelled(options, 'training');
    records.push(await loadRecord(id, contract, margin, folders, options));
    options?.onProgress?.({ stage: 'prepare', done: records.length, total: ids.length });
  }
  return records;
}

async function loadRecord(
  id: string,
  contract: InputContract,
  margin: number,
  { dataFolder, cacheFolder }: DataFolders,
  options?: RunOptions,
): Promise<TrainingRecord> {
  const path = join(dataFolder, id);
  const patient = patientOf(id);
  const kept = join(cacheFolder, `${await cacheKey(id, path, contract, margin)}.beats`);
  const bytes = await readFile(kept).catch(() => undefined);
  if (bytes !== undefined) return { id, patient, ...unpackPrepared(bytes, kept) };
  const reader = await openFile(path, signalOnly(options));
  try {
    const beats = reader.info.annotations.filter((annotation) => isQrs(annotation.symbol));
    if (beats.length === 0) {
      throw new EcgError(
        'too-short',
        `training: ${id} has no beat annotations, give a record with an annotation file`,
      );
    }
    const labels = Int8Array.from(beats, ({ symbol }) => {
      const beatClass = beatClassOf(symbol, LITERATURE_MAP);
      return beatClass === undefined ? -1 : BEAT_CLASSES.indexOf(beatClass);
    });
    const samples = beats.map((beat) => beat.sample);
    const prepared = await prepareRecord(reader, samples, contract, margin, signalOnly(options));
    await mkdir(cacheFolder, { recursive: true });
    await writeWhole(kept, packPrepared(prepared, labels));
    return { id, patient, prepared, labels };
  } finally {
    await reader.close();
  }
}

/** Cancelling passes on; the progress of one record would only flicker. */
function signalOnly(options: RunOptions | undefined): RunOptions {
  return options?.signal === undefined ? {} : { signal: options.signal };
}

/** What prepared beats depend on, shortened: the contract, the margin and the files' sizes and times. */
async function cacheKey(id: string, path: string, contract: InputContract, margin: number): Promise<string> {
  const stamps = await Promise.all(
    ['.hea', '.dat', '.atr'].map((extension) =>
      stat(path + extension).then(
        (found) => [found.size, found.mtimeMs],
        () => null,
      ),
    ),
  );
  const text = JSON.stringify([CACHE_VERSION, id, contract, margin, stamps]);
  return `${id.replaceAll('/', '-')}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** Writes a file so that no reader ever sees half of it, even when this process is killed or two threads write it. */
export async function writeWhole(path: string, data: Uint8Array | string): Promise<void> {
  const partial = `${path}.${process.pid}-${threadId}.part`;
  await writeFile(partial, data);
  await rename(partial, path);
}
