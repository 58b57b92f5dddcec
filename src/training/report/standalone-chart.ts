import { REPORT_STYLE } from './report-style.js';

/** A chart of the training report as a file of its own: with the report's style sheet, on paper, in its namespace. */
export function standaloneChart(svg: string): string {
  const [, attributes, body] = /^\s*<svg ([^>]*)>([\s\S]*)$/.exec(svg) ?? [];
  const style = `${REPORT_STYLE}svg{background:var(--paper);font-family:system-ui,sans-serif}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><style>${style}</style>${body}`;
}
