import { copyFile, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { EcgError, type Progress, type RunOptions, throwIfCancelled } from '../../core/index.js';
import { type Dataset, datasetOf } from './datasets.js';
import { download, sha256 } from './download/node.js';
import { filesOf, isInside, parseRecords, parseSums } from './sums.js';

/** What to fetch, from where and to where. */
export interface GetDatasetOptions extends RunOptions {
  /** The folder that holds all datasets; `datasetsFolder()` where absent. */
  readonly into?: string;
  /** A local copy to import instead of downloading. */
  readonly from?: string;
  /** Records to take, as `RECORDS` names them; all where absent. */
  readonly records?: readonly string[];
  /** Instead of the publisher's address; with a slash at the end. */
  readonly url?: string;
  /** ms before the second attempt at a file, doubled each time; 500 where absent. */
  readonly retryMs?: number;
}

/** What is there after `getDataset`. */
export interface DatasetReport {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  /** Where it lies. */
  readonly folder: string;
  /** Records with a header. */
  readonly records: number;
  /** Files of the dataset in the folder, and those of them that were already right. */
  readonly files: number;
  readonly kept: number;
  /** Bytes downloaded or copied. */
  readonly bytes: number;
  readonly warnings: readonly string[];
}

/** Files fetched at the same time. */
const PARALLEL = 4;
const LISTED = 8;

/** The folder that holds all datasets: `$ECTOPY_DATA`, or `.ectopy/data` in the home folder. */
export function datasetsFolder(): string {
  const chosen = process.env['ECTOPY_DATA'];
  return chosen === undefined || chosen === '' ? join(homedir(), '.ectopy', 'data') : chosen;
}

/**
 * A dataset on this machine, complete and with the publisher's checksums: files that are there and right are kept,
 * others are downloaded, from where an interrupted attempt stopped; or a local copy is imported.
 *
 * A local copy may be partial: what is missing is a warning. Progress counts files, with the fraction of those on
 * their way.
 *
 * @throws EcgError `bad-option` for a dataset or folder that is not known; `not-found` when the publisher cannot be
 *   reached; `bad-format` when files do not match their checksums; `cancelled`, keeping all that was fetched
 */
export async function getDataset(id: string, options: GetDatasetOptions = {}): Promise<DatasetReport> {
  const dataset = datasetOf(id);
  const folder = join(options.into ?? datasetsFolder(), id);
  await mkdir(folder, { recursive: true });
  const got =
    options.from === undefined
      ? await fetchAll(dataset, folder, options)
      : await importAll(dataset, options.from, folder, options);
  const { title, licence, citation } = dataset;
  return { id, title, licence, citation, folder, ...got };
}

type Got = Pick<DatasetReport, 'records' | 'files' | 'kept' | 'bytes' | 'warnings'>;

async function fetchAll(dataset: Dataset, folder: string, options: GetDatasetOptions): Promise<Got> {
  const url = options.url ?? dataset.url;
  const run: RunOptions = options.signal === undefined ? {} : { signal: options.signal };
  const retry = options.retryMs === undefined ? {} : { retryMs: options.retryMs };
  const top = dataset.recordsIn ?? '';
  for (const list of [`${top}RECORDS`, 'SHA256SUMS.txt']) {
    await rm(join(folder, `${list}.part`), { force: true });
    await download(`${url}${list}`, join(folder, list), { ...run, ...retry });
  }
  const sums = parseSums(await readFile(join(folder, 'SHA256SUMS.txt'), 'utf8'), 'SHA256SUMS.txt');
  const listed = parseRecords(await readFile(join(folder, top, 'RECORDS'), 'utf8')).map(
    (name) => `${top}${name}`,
  );
  const records = chooseRecords(listed, options.records, dataset.id, top);
  const files = filesOf(sums.keys(), records, ['LICENSE.txt', 'ANNOTATORS', ...(dataset.extras ?? [])]);
  const progress = fileProgress(files.length, options);
  const edited: string[] = [];
  let kept = 0;
  let bytes = 0;
  await inParallel(files, async (file) => {
    throwIfCancelled(options, `data: ${dataset.id}`);
    const path = join(folder, file);
    const wanted = sums.get(file) as string;
    const loose = dataset.headersEdited === true && file.endsWith('.hea');
    const present = await sha256(path, run).catch(absent);
    if (present === wanted || (present !== undefined && loose)) kept++;
    else {
      const received = await download(encodeURI(`${url}${file}`), path, {
        ...run,
        ...retry,
        ...(loose ? {} : { sha256: wanted }),
        onProgress: ({ done, total }) => progress.part(file, done / total),
      });
      bytes += received;
    }
    if (loose && (await sha256(path, run)) !== wanted) edited.push(file);
    progress.done(file);
  });
  return { records: records.length, files: files.length, kept, bytes, warnings: editedHeaders(edited) };
}

async function importAll(
  dataset: Dataset,
  from: string,
  folder: string,
  options: GetDatasetOptions,
): Promise<Got> {
  const source = await stat(from).catch(absent);
  if (source === undefined || !source.isDirectory()) {
    throw new EcgError('bad-option', `data: ${from} is no folder, give the one that holds ${dataset.id}`);
  }
  const all = await filesBelow(from);
  const headers = headersIn(all);
  if (headers.length === 0) {
    throw new EcgError(
      'bad-option',
      `data: ${from} holds no records (*.hea), give the folder that holds ${dataset.id}`,
    );
  }
  const warnings: string[] = [];
  const sumsFile = ['SHA256SUMS.txt', 'SHA256SUMS'].find((name) => all.includes(name));
  const sums =
    sumsFile === undefined
      ? new Map<string, string>()
      : parseSums(await readFile(join(from, sumsFile), 'utf8'), sumsFile);
  if (sumsFile === undefined) warnings.push('The copy has no SHA256SUMS.txt; its files are taken unchecked.');
  const listed = (await listsOf(dataset, from)).find((names) => names.some((name) => headers.includes(name)));
  const summed = headersIn([...sums.keys()]);
  const known = listed ?? (summed.some((name) => headers.includes(name)) ? summed : headers);
  const records = chooseRecords(known, options.records, dataset.id, dataset.recordsIn ?? '');
  const chosen = new Set(records);
  const here = headers.filter((header) => chosen.has(header));
  if (known === headers) {
    warnings.push(`No RECORDS names the records of the copy; the ${headers.length} headers in it do.`);
  }
  if (here.length < records.length) {
    warnings.push(`The copy is partial: ${here.length} of ${records.length} records are in it.`);
  }
  const recordOf = (file: string) => file.replace(/\.[^./]*$/, '');
  const others = new Set(headers.filter((header) => !chosen.has(header)));
  const files = all.filter(
    (file) => !others.has(recordOf(file)) && !/\.part$/.test(file) && !file.startsWith('x_'),
  );
  const inCopy = new Set(all);
  const lost = filesOf(sums.keys(), here, []).filter((file) => !inCopy.has(file));
  if (lost.length > 0) warnings.push(`Files of records in the copy are missing: ${shortList(lost)}.`);
  const same = (await realpath(from)) === (await realpath(folder));
  const progress = fileProgress(files.length, options);
  const wrong: string[] = [];
  const edited: string[] = [];
  let kept = 0;
  let bytes = 0;
  await inParallel(files, async (file) => {
    throwIfCancelled(options, `data: ${dataset.id}`);
    const wanted = sums.get(file);
    const given = await sha256(join(from, file), options);
    if (wanted !== undefined && given !== wanted) {
      if (dataset.headersEdited === true && file.endsWith('.hea')) edited.push(file);
      else {
        wrong.push(file);
        return;
      }
    }
    const path = join(folder, file);
    if (same || (await sha256(path, options).catch(absent)) === given) kept++;
    else {
      await mkdir(dirname(path), { recursive: true });
      await rm(`${path}.part`, { force: true });
      await copyFile(join(from, file), `${path}.part`);
      await rename(`${path}.part`, path);
      const { size } = await stat(path);
      bytes += size;
    }
    progress.done(file);
  });
  warnings.push(...editedHeaders(edited));
  if (wrong.length > 0) {
    throw new EcgError(
      'bad-format',
      `data: ${wrong.length} files of ${from} do not match ${sumsFile}: ${shortList(wrong.sort())}; get them again`,
    );
  }
  if (listed === undefined) await writeFile(join(folder, 'RECORDS'), `${[...known].sort().join('\n')}\n`);
  return { records: here.length, files: files.length, kept, bytes, warnings: warnings.sort() };
}

/**
 * The header file of a record of a dataset that is on this machine: `mitdb/100`, `ludb/data/1`, or `ludb/1` where one
 * record alone has that name.
 *
 * @throws EcgError `bad-option` for a dataset that is not known; `not-found` when it was not fetched, or has no such
 *   record
 */
export async function resolveDatasetRecord(name: string, into: string = datasetsFolder()): Promise<string> {
  const [id = '', ...rest] = name.split('/');
  const record = rest.join('/');
  const dataset = datasetOf(id);
  const folder = await datasetFolder(id, into);
  if (isInside(record)) {
    const exact = join(folder, `${record}.hea`);
    if ((await stat(exact).catch(absent)) !== undefined) return exact;
    for (const listed of await listsOf(dataset, folder)) {
      const named = listed.filter((one) => one === record || one.endsWith(`/${record}`));
      const path = join(folder, `${named[0]}.hea`);
      if (named.length === 1 && (await stat(path).catch(absent)) !== undefined) return path;
    }
  }
  throw new EcgError(
    'not-found',
    `data: ${id} has no record ${JSON.stringify(record)} in ${folder}, see its RECORDS`,
  );
}

/**
 * The records of a dataset that are on this machine, as `RECORDS` orders them, else by name: `100`, `data/1`.
 *
 * @throws EcgError `bad-option` for a dataset that is not known; `not-found` when it was not fetched
 */
export async function datasetRecords(id: string, into: string = datasetsFolder()): Promise<string[]> {
  const dataset = datasetOf(id);
  const folder = await datasetFolder(id, into);
  const here = headersIn(await filesBelow(folder));
  const present = new Set(here);
  for (const listed of await listsOf(dataset, folder)) {
    const found = listed.filter((name) => present.has(name));
    if (found.length > 0) return found;
  }
  return here;
}

async function datasetFolder(id: string, into: string): Promise<string> {
  const folder = join(into, id);
  if ((await stat(folder).catch(absent)) !== undefined) return folder;
  throw new EcgError('not-found', `data: ${id} is not on this machine, fetch it: ectopy data get ${id}`);
}

/** The record names of each `RECORDS` that a folder may have, with their folders. */
async function listsOf({ recordsIn = '' }: Dataset, folder: string): Promise<string[][]> {
  const read = async (prefix: string) =>
    parseRecords(await readFile(join(folder, prefix, 'RECORDS'), 'utf8').catch(() => '')).map(
      (name) => `${prefix}${name}`,
    );
  return [await read(recordsIn), ...(recordsIn === '' ? [] : [await read('')])];
}

/** Record names of the headers among some files; earlier versions of a publisher (`x_mitdb/`) are none. */
function headersIn(files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith('.hea') && !file.startsWith('x_'))
    .map((file) => file.slice(0, -'.hea'.length));
}

function chooseRecords(
  listed: readonly string[],
  wanted: readonly string[] | undefined,
  id: string,
  top: string,
): readonly string[] {
  if (wanted === undefined) return listed;
  return wanted.map((name) => {
    const found = listed.find((record) => record === name || record === `${top}${name}`);
    if (found === undefined)
      throw new EcgError('bad-option', `data: ${id} has no record ${JSON.stringify(name)}`);
    return found;
  });
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'))
    .sort();
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      try {
        await work(items[next++] as T);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

function fileProgress(total: number, options: RunOptions) {
  const parts = new Map<string, number>();
  let done = 0;
  const tell = () => {
    const fractions = [...parts.values()].reduce((sum, part) => sum + part, 0);
    const progress: Progress = { stage: 'download', done: done + fractions, total };
    options.onProgress?.(progress);
  };
  return {
    part: (file: string, fraction: number) => {
      parts.set(file, Number.isFinite(fraction) ? fraction : 0);
      tell();
    },
    done: (file: string) => {
      parts.delete(file);
      done++;
      tell();
    },
  };
}

function editedHeaders(files: string[]): string[] {
  if (files.length === 0) return [];
  return [
    `${files.length} headers differ from their checksums, which the publisher made before editing them: ` +
      `${shortList(files.sort())}.`,
  ];
}

function shortList(files: readonly string[]): string {
  const more = files.length > LISTED ? ` and ${files.length - LISTED} more` : '';
  return `${files.slice(0, LISTED).join(', ')}${more}`;
}

function absent(): undefined {
  return undefined;
}
