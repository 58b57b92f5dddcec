import { readFileSync } from 'node:fs';
import { parseRecipe } from '../../src/training/index.js';
import { type DrawnTable, formatValue } from './render.js';

/** Folders of `experiments`, in the order of the table. */
const RECIPES = ['cardiospike', 'heartbeat', 'beat-image', 'stockwell-convnext', 'ensemble'];

/** The published systems: each row of the recipes, by the protocol it was published with and by patient. */
export function publishedTable(): DrawnTable {
  const recipes = RECIPES.map((name) => {
    const file = new URL(`../../experiments/${name}/config.json`, import.meta.url);
    return parseRecipe(JSON.parse(readFileSync(file, 'utf8')), name);
  });
  const rows = recipes.flatMap(({ name, published }) =>
    published.map((row) => {
      const other = Object.keys(row.figures).find((protocol) => protocol !== 'honest');
      return { name, ...row, asPublished: other && row.figures[other], honest: row.figures['honest'] };
    }),
  );
  return {
    name: 'published',
    ids: rows.flatMap(({ figures }) => Object.values(figures)),
    render: (figures) => {
      const cell = (id: string | undefined): string => {
        const figure = id === undefined ? undefined : figures.get(id);
        if (figure === undefined) return id === undefined ? '–' : 'not measured yet';
        return formatValue(figure, figure.unit === 'fraction' ? 3 : 2);
      };
      return [
        '| | Published | Ectopy, protocol as published (leaky, the synthetic one excepted) | Ectopy, patients disjoint | Recipe |',
        '|---|---|---|---|---|',
        ...rows.map(
          ({ label, published, asPublished, honest, name }) =>
            `| ${label} | ${published} | ${cell(asPublished)} | ${cell(honest)} | [${name}](experiments/${name}/README.md) |`,
        ),
      ].join('\n');
    },
  };
}
