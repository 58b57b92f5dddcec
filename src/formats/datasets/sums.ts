import { EcgError } from '../../core/index.js';

/** The lines of a `RECORDS` file: record names with their folders. */
export function parseRecords(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * The lines of a `SHA256SUMS` file: checksum in lower case by path.
 *
 * @throws EcgError `bad-format` for a line that is none, or a path that leaves the folder
 */
export function parseSums(text: string, where: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const match = /^([0-9a-f]{64}) [ *]?(.+)$/i.exec(line.trim());
    const path = match?.[2]?.replace(/^\.\//, '') ?? '';
    if (match === null || !isInside(path)) {
      throw new EcgError(
        'bad-format',
        `data: line ${index + 1} of ${where} is no checksum and file: ${line.slice(0, 80)}`,
      );
    }
    sums.set(path, (match[1] ?? '').toLowerCase());
  }
  return sums;
}

/** Whether a path with slashes stays in its folder. */
export function isInside(path: string): boolean {
  const parts = path.split('/');
  return (
    path !== '' &&
    !/[\\\0:]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/**
 * The files of the wanted records and the extras, of all files that a dataset has, in that order.
 *
 * A file belongs to a record when it has its name and an extension: `100.dat`, `100.atr`; a `100-1.dat` does not, and
 * neither do the `.xws` settings of a viewer and earlier versions, `.at-` and `.hea_`.
 */
export function filesOf(
  all: Iterable<string>,
  records: readonly string[],
  extras: readonly string[],
): string[] {
  const wanted = new Set(records);
  const kept: string[] = [];
  for (const path of all) {
    const stem = path.replace(/\.[^./]*$/, '');
    if ((wanted.has(stem) && !/(\.xws|[-_])$/.test(path)) || extras.includes(path)) kept.push(path);
  }
  return kept;
}
