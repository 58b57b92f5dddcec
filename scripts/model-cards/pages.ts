import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { modelCardPage } from './page.js';

/** Where the pages lie, from the repository's root. */
export const FOLDER = 'docs/model-cards';

/** The page of every network in `models`, by the name of its page. */
export function modelCardPages(root: string): Map<string, string> {
  const files = readdirSync(`${root}/models`)
    .filter((name) => name.endsWith('.onnx'))
    .sort();
  const read = (path: string) => new Uint8Array(readFileSync(`${root}/models/${path}`));
  return new Map(
    files.map((file) => {
      const integers = existsSync(`${root}/models/int8/${file}`) ? read(`int8/${file}`) : undefined;
      return [file.replace(/\.onnx$/, '.md'), modelCardPage(file, read(file), integers)];
    }),
  );
}
