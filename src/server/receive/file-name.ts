import { EcgError } from '../../core/index.js';

/** Bytes: what file systems allow. */
const LONGEST = 255;

/**
 * The name of an uploaded file: what a client called it, without folders and without anything that is no letter of a
 * name. It is only ever compared with other names, never used as a path.
 *
 * @throws EcgError `bad-option` when nothing is left, or too much
 */
export function fileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const name = last.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  if (name === '' || name === '.' || name === '..')
    throw new EcgError('bad-option', 'upload: a file has no name, give each one, as 100.hea');
  if (Buffer.byteLength(name) > LONGEST)
    throw new EcgError(
      'bad-option',
      `upload: the name of a file is longer than ${LONGEST} bytes, shorten it`,
    );
  return name;
}

/** Nothing, when no two files have one name: their siblings could not tell them apart. */
export function checkDistinct(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new EcgError('bad-option', `upload: two files are called ${twice}, give each its own name`);
}

/** What a recording is called where nobody says: the longest beginning its files share, or the name of the first. */
export function nameOfFiles(names: readonly string[]): string {
  const stems = new Set(names.map((name) => name.replace(/(?<=.)\.[^.]*$/, '')));
  const [first] = stems;
  return stems.size === 1 && first !== undefined
    ? first
    : (names.find((name) => /\.hea$/i.test(name)) ?? names[0]);
}
