/** One node of a page as pdfmake lays it out: text, columns, tables, drawings. Plain data. */
export interface PdfNode {
  readonly [key: string]: unknown;
}

/** Points of PDF in a millimetre. */
export const PT_PER_MM = 72 / 25.4;

/** A4 on its side, where ten seconds of a strip are as wide as on the field's paper; in points. */
export const PAGE = {
  width: 841.89,
  height: 595.28,
  side: 42,
  top: 50,
  bottom: 46,
} as const;

/** Width between the margins, points. */
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.side;

/** Colours of text and lines. */
export const INK = '#14181c';
export const SOFT = '#5f6b76';
export const LINE = '#d5dae0';

/** Styles by their names in nodes. */
export const STYLES: Readonly<Record<string, PdfNode>> = {
  title: { fontSize: 20, bold: true },
  heading: { fontSize: 11.5, bold: true, margin: [0, 9, 0, 0] },
  soft: { color: SOFT },
  small: { fontSize: 7.5, color: SOFT },
  value: { fontSize: 16, bold: true },
  key: { fontSize: 7.5, color: SOFT, margin: [0, 4, 0, 0] },
};

/** A heading. */
export function heading(text: string): PdfNode {
  return { text, style: 'heading' };
}

/** A cell: text, or text with its own colour and weight. */
export type Cell = string | PdfNode;

/** How the columns of a table look. */
export interface TableColumns {
  /** Of pdfmake: points, `auto` or `*`; all `auto` when omitted. */
  readonly widths?: readonly (number | string)[];
  /** Columns that hold no numbers; the first when omitted. */
  readonly names?: readonly number[];
}

/**
 * A table under its title: a line under its head and fine lines between rows, numbers to the right, names to the left.
 * Title and head stay with the first row, and stand again where the table goes on.
 */
export function table(
  title: string,
  heads: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  { widths = heads.map(() => 'auto'), names = [0] }: TableColumns = {},
): PdfNode {
  const aligned = (cell: Cell, column: number): PdfNode => ({
    ...(typeof cell === 'string' ? { text: cell } : cell),
    ...(names.includes(column) ? {} : { alignment: 'right', noWrap: true }),
  });
  const head = heads.map((cell, i) => ({ ...aligned(cell, i), color: SOFT, fontSize: 7.5 }));
  return {
    layout: 'lines',
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths,
      body: [
        [{ ...heading(title), colSpan: heads.length }, ...heads.slice(1).map(() => ({}))],
        head,
        ...rows.map((row) => row.map(aligned)),
      ],
    },
  };
}

/** The layout that `table` names. */
export const TABLE_LAYOUTS = {
  lines: {
    hLineWidth: (line: number, node: { table: { body: readonly unknown[] } }) =>
      line < 2 || line === node.table.body.length ? 0 : line === 2 ? 0.8 : 0.4,
    vLineWidth: () => 0,
    hLineColor: (line: number) => (line === 2 ? SOFT : LINE),
    paddingLeft: (column: number) => (column === 0 ? 0 : 8),
    paddingRight: () => 0,
    paddingTop: () => 1.8,
    paddingBottom: () => 1.8,
  },
};
