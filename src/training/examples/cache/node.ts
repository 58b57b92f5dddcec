import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { breatheWhenDue, EcgError } from '../../../core/index.js';
import { packedPieces, type StoredArray, unpackArrays } from '../../arrays.js';
import { type ExampleRecord, type ExampleSet, exampleSize } from '../example-set.js';

/** Raise it when examples change although what they are asked to be does not. */
const CACHE_VERSION = 1;
/** Bytes of a file that Node reads at once. */
const LARGEST = 2 ** 31;
const CHECKSUM = 32;
/** Bytes hashed between two breaths: some 20 ms. */
const HASHED_AT_ONCE = 2 ** 23;

interface Meta {
  readonly classes: readonly string[];
  readonly shape: readonly number[];
  readonly records: readonly ExampleRecord[];
}

/**
 * What examples depend on, shortened: what is asked, and the names, sizes and times of the files read.
 *
 * @param name   begins the file's name: the recipe
 * @param asked  anything JSON can say: contract, records, label map
 * @param files  a missing one counts as such
 */
export async function exampleKey(name: string, asked: unknown, files: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (found) => [found.size, found.mtimeMs],
        () => null,
      ),
    ),
  );
  const text = JSON.stringify([CACHE_VERSION, asked, files, stamps]);
  return `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** The files that examples of some WFDB records depend on: header, signals and reference annotations. */
export function recordFiles(dataFolder: string, ids: readonly string[]): string[] {
  return ids.flatMap((id) => ['.hea', '.dat', '.atr'].map((extension) => join(dataFolder, id + extension)));
}

/**
 * A set of examples from `folder`, or made and kept there.
 *
 * The file appears whole or not at all and ends with its SHA-256; a damaged one is made again. The arrays lie in the
 * memory of the file as read, not in copies.
 *
 * @param key  names the file; of `exampleKey`
 * @throws EcgError `unsupported` for a set of 2 GiB or more; what `make` throws
 */
export async function cachedExamples(
  folder: string,
  key: string,
  make: () => Promise<ExampleSet>,
): Promise<ExampleSet> {
  const path = join(folder, `${key}.examples`);
  const kept = await readFile(path).then(
    (bytes) => readExamples(bytes, path),
    () => undefined,
  );
  if (kept !== undefined) return kept;
  const set = await make();
  await mkdir(folder, { recursive: true });
  await writeExamples(path, set);
  return set;
}

/** The set in a file's bytes; undefined when they are damaged. */
async function readExamples(bytes: Uint8Array, path: string): Promise<ExampleSet | undefined> {
  if (bytes.length < CHECKSUM) return undefined;
  const content = bytes.subarray(0, bytes.length - CHECKSUM);
  if (!(await checksum([content])).equals(bytes.subarray(bytes.length - CHECKSUM))) return undefined;
  const { meta, arrays } = unpackArrays(content, path, true);
  const { classes, shape, records } = meta as Meta;
  return {
    classes,
    shape,
    records,
    data: arrays['data'] as Float32Array | Uint8Array,
    label: arrays['label'] as Uint8Array,
    record: arrays['record'] as Uint16Array,
  };
}

/** SHA-256, with breaths: a set of pictures takes a second. */
async function checksum(pieces: readonly Uint8Array[]): Promise<Buffer> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; from += HASHED_AT_ONCE) {
      hash.update(piece.subarray(from, from + HASHED_AT_ONCE));
      await breatheWhenDue();
    }
  }
  return hash.digest();
}

async function writeExamples(path: string, set: ExampleSet): Promise<void> {
  checkSet(path, set);
  const { classes, shape, records, data, label, record } = set;
  const arrays: Record<string, StoredArray> = { data, label, record };
  const pieces = packedPieces({ classes, shape, records } satisfies Meta, arrays);
  const size = pieces.reduce((sum, piece) => sum + piece.length, CHECKSUM);
  if (size >= LARGEST) {
    throw new EcgError(
      'unsupported',
      `examples: ${path} would take ${size} bytes, a file of examples holds less than ${LARGEST}; cut fewer or smaller ones`,
    );
  }
  // Trainings side by side may need the same examples: each writes its own file.
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await open(partial, 'w');
  try {
    for (const piece of pieces) await file.writeFile(piece);
    await file.writeFile(await checksum(pieces));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/** @throws EcgError `bad-shape` when the arrays are not of one count of examples */
function checkSet(path: string, set: ExampleSet): void {
  const count = set.label.length;
  if (set.data.length !== count * exampleSize(set) || set.record.length !== count) {
    throw new EcgError(
      'bad-shape',
      `examples: ${path} has ${count} labels, ${set.record.length} records and ${set.data.length} values of shape ${set.shape.join('×')}; give one of each an example`,
    );
  }
}
