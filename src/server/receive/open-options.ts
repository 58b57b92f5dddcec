import type { OpenOptions } from '../../formats/index.js';

/** What was said of files that do not say it themselves, as readers take it: a column that is a number is its place. */
export function openOptionsOf({
  fs,
  unit,
  gain,
  columns,
}: {
  readonly fs?: number;
  readonly unit?: OpenOptions['unit'];
  readonly gain?: number;
  readonly columns?: readonly string[];
}): Pick<OpenOptions, 'fs' | 'unit' | 'gain' | 'columns'> {
  return {
    ...(fs === undefined ? {} : { fs }),
    ...(unit === undefined ? {} : { unit }),
    ...(gain === undefined ? {} : { gain }),
    ...(columns === undefined
      ? {}
      : { columns: columns.map((column) => (/^\d{1,6}$/.test(column) ? Number(column) : column)) }),
  };
}
