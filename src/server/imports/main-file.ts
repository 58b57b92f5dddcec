import { EcgError } from '../../core/index.js';
import { type Format, recognise } from '../../formats/index.js';
import { namedSource } from './named-source.js';

/** Bytes of a WFDB header in which the files it names are looked for. */
const HEADER_BYTES = 2 ** 20;
/** Names that a message tells. */
const TOLD = 8;

interface Candidate {
  readonly name: string;
  readonly format: Format;
  /** First words of its lines: the files and segments of a WFDB header. */
  readonly names: ReadonlySet<string>;
}

/**
 * The file of an upload that the recording is opened by: the only one, the header of a WFDB record, the header of the
 * segments where a record has several.
 *
 * @param paths  where the bytes of each name are
 * @throws EcgError `unsupported` when none of them begins a recording; `bad-option` when several do, naming them;
 *   `bad-format` for an empty file
 */
export async function findMainFile(paths: ReadonlyMap<string, string>): Promise<string> {
  const names = [...paths.keys()];
  if (names.length === 0) throw new EcgError('bad-option', 'upload: there is no file in it, send one');
  // Opening it tells best what is wrong with it.
  if (names.length === 1) return names[0];
  const candidates: Candidate[] = [];
  for (const name of names) candidates.push(...(await candidate(paths, name)));
  const roots = candidates.filter(
    ({ name, format }) =>
      !candidates.some(
        (other) =>
          other.name !== name &&
          (other.names.has(name) || (format.id === 'wfdb' && other.names.has(withoutEnding(name)))),
      ),
  );
  if (roots.length === 1) return roots[0].name;
  if (roots.length === 0) {
    const missing = names.some((name) => /\.(dat|atr|qrs)$/i.test(name))
      ? 'a WFDB record needs its header (.hea) too'
      : 'send a recording with the files that belong to it';
    throw new EcgError('unsupported', `upload: none of ${list(names)} begins a recording; ${missing}`);
  }
  throw new EcgError(
    'bad-option',
    `upload: ${roots.length} recordings in one upload (${list(roots.map(({ name }) => name))}), send each by itself`,
  );
}

async function candidate(paths: ReadonlyMap<string, string>, name: string): Promise<Candidate[]> {
  const source = await namedSource(paths, name);
  try {
    const format = await recognise(source);
    if (format === undefined) return [];
    if (format.id !== 'wfdb') return [{ name, format, names: new Set() }];
    const text = new TextDecoder('latin1').decode(await source.read(0, HEADER_BYTES));
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
    // The first line names the record itself.
    return [{ name, format, names: new Set(lines.slice(1).map((line) => line.trim().split(/\s/, 1)[0])) }];
  } finally {
    await source.close();
  }
}

function withoutEnding(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

function list(names: readonly string[]): string {
  const rest = names.length - TOLD;
  return names.slice(0, TOLD).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
