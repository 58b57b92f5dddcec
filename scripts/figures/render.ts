import type { Figure } from './collect.js';
import type { FigureTable } from './tables.js';

const UNITS: Readonly<Record<string, string>> = {
  percent: ' %',
  ratio: ' ×',
  s: ' s',
  ms: ' ms',
  MB: ' MB',
  points: ' points',
};

export function formatValue(figure: Figure, digits: number): string {
  const unit = UNITS[figure.unit] ?? '';
  const interval = figure.interval?.map((bound) => bound.toFixed(digits)).join('–');
  return `**${figure.value.toFixed(digits)}${unit}**${interval === undefined ? '' : ` (${interval})`}`;
}

/** A Markdown table of the figures that exist; a row without its figure says so. */
function renderTable(table: FigureTable, figures: ReadonlyMap<string, Figure>): string {
  const lines = [
    `| | Ectopy (${table.interval}) | ${table.beside} | Split | Command |`,
    '|---|---|---|---|---|',
  ];
  for (const row of table.rows) {
    const figure = figures.get(row.id);
    lines.push(
      figure === undefined
        ? `| ${row.label} | not measured yet | ${row.beside} | | |`
        : `| ${row.label} | ${formatValue(figure, row.digits)} | ${row.beside} | ${figure.split} | \`${figure.command}\` |`,
    );
  }
  return lines.join('\n');
}

/** A table of the README: which figures it shows, and its Markdown. */
export interface DrawnTable {
  /** In the README's markers: `<!-- figures:beats -->`. */
  readonly name: string;
  readonly ids: readonly string[];
  readonly render: (figures: ReadonlyMap<string, Figure>) => string;
}

/** A table of one figure a row, beside what it is measured against. */
export function valueTable(table: FigureTable): DrawnTable {
  return {
    name: table.name,
    ids: table.rows.map(({ id }) => id),
    render: (figures) => renderTable(table, figures),
  };
}

/**
 * The page with the text between `<!-- figures:NAME -->` and `<!-- /figures -->` replaced by the table NAME.
 * @throws Error when a table has no marker in the page
 */
export function renderPage(page: string, tables: readonly DrawnTable[], figures: readonly Figure[]): string {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  return tables.reduce((text, table) => {
    const pattern = new RegExp(`(<!-- figures:${table.name} -->\\n)[\\s\\S]*?(<!-- /figures -->)`);
    if (!pattern.test(text)) throw new Error(`the page has no marker for the table '${table.name}'`);
    return text.replace(
      pattern,
      (_, open: string, close: string) => `${open}${table.render(byId)}\n${close}`,
    );
  }, page);
}
