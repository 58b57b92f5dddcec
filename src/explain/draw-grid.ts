import { escapeText } from '../core/index.js';
import { drawImportance, HEIGHT, type ImportanceDrawing, WIDTH } from './draw-importance.js';

/** Explanations side by side: a row a network, a column an example. */
export interface ImportanceGrid {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly cells: readonly ImportanceDrawing[] }[];
}

const HEAD = 44;
const SIDE = 190;

/** The drawings of `drawImportance` in rows and columns, one SVG picture. */
export function drawImportanceGrid({ title, rows }: ImportanceGrid): string {
  const width = SIDE + Math.max(...rows.map(({ cells }) => cells.length)) * WIDTH;
  const height = HEAD + rows.length * HEIGHT;
  const text = escapeText(title);
  const cells = rows.flatMap((row, r) => [
    `<text x="14" y="${HEAD + r * HEIGHT + HEIGHT / 2}" font-size="15" font-weight="600" fill="#14181c">${escapeText(row.name)}</text>`,
    ...row.cells.map((cell, c) =>
      drawImportance(cell).replace('<svg ', `<svg x="${SIDE + c * WIDTH}" y="${HEAD + r * HEIGHT}" `),
    ),
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">`,
    `<title>${text}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="14" y="29" font-size="18" fill="#14181c">${text}</text>`,
    ...cells,
    '</svg>',
    '',
  ].join('\n');
}
