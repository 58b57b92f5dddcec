/**
 * A table as Markdown that also reads as plain text: columns padded, the first to the left, numbers to the right.
 *
 * @param rows  one array a line, each as long as `headings`
 */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, i) =>
    Math.max(3, heading.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (i === 0 ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? `:${'-'.repeat(width + 1)}` : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(headings), rule, ...rows.map(line)].join('\n');
}

/** `98.58`, or `–` where undefined. */
export function percentCell(fraction: number): string {
  return Number.isNaN(fraction) ? '–' : (fraction * 100).toFixed(2);
}

/** `0.827`, or `–` where undefined. */
export function fractionCell(value: number, decimals = 3): string {
  return Number.isNaN(value) ? '–' : value.toFixed(decimals);
}
