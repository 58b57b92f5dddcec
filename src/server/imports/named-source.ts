import { EcgError } from '../../core/index.js';
import type { ByteSource } from '../../formats/index.js';
import { fileSource } from '../../formats/node.js';

/**
 * Random access to one file of an upload, whose bytes lie under another name; its siblings are the other files of the
 * upload. No name from outside is ever used as a path: it only finds its entry.
 *
 * @param paths   where the bytes of each name are
 * @param opened  every name that was opened is added to it
 * @throws EcgError `bad-format` when it is empty
 */
export async function namedSource(
  paths: ReadonlyMap<string, string>,
  name: string,
  opened: Set<string> = new Set(),
): Promise<ByteSource> {
  const path = paths.get(name);
  if (path === undefined) throw new EcgError('not-found', `upload: there is no file ${name} in it`);
  opened.add(name);
  const source = await fileSource(path).catch((error: unknown) => {
    // Where our files lie is nobody's business.
    if (!(error instanceof EcgError)) throw error;
    throw new EcgError(error.code, error.message.replaceAll(path, name), { cause: error });
  });
  return {
    ...source,
    name,
    sibling: async (other) => (paths.has(other) ? namedSource(paths, other, opened) : undefined),
  };
}
