/** A Markdown table; the first row of `rows` is headed by `head`. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export const list = (items: readonly string[]): string =>
  items.length === 0 ? 'None are stated.' : items.map((item) => `- ${item}`).join('\n');

/** Three significant digits or so; whole numbers as they are. */
export function number(x: number): string {
  if (Number.isInteger(x)) return String(x);
  return String(Number(x.toPrecision(Math.abs(x) >= 1 ? 4 : 3)));
}

/** Most entries of a list that are shown one by one. */
const MOST = 24;

/** Nested data as rows of path and value: `window · before` | `0.25`. */
export function flatten(data: unknown, path: readonly string[] = []): string[][] {
  if (data === null || typeof data !== 'object') return [[path.join(' · '), plain(data)]];
  if (Array.isArray(data)) {
    const simple = data.every((item) => item === null || typeof item !== 'object');
    if (simple)
      return [
        [
          path.join(' · '),
          data.length > MOST
            ? `${data.length} values`
            : data.length === 0
              ? 'none'
              : data.map(plain).join(', '),
        ],
      ];
    // A list of things with names is read by their names.
    return data.flatMap((item, i) => {
      const named =
        item !== null && typeof item === 'object' && 'name' in item ? String(item.name) : `${i + 1}`;
      return flatten(item, [...path, named]);
    });
  }
  return Object.entries(data)
    .filter(([name]) => name !== 'name' || path.length === 0)
    .flatMap(([name, value]) => flatten(value, [...path, name]));
}

function plain(value: unknown): string {
  // Settings are shown as they are, but for what single precision adds.
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return value === null ? 'none' : String(value);
}

/** A cell on one line, in which no bar ends it. */
const cell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
