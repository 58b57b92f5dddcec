import { join } from 'node:path';
import type { Command } from 'commander';
import { RESEARCH_USE_ONLY } from '../../core/index.js';
import { type Reproduction, reproduceRecipe } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import {
  addFolderOptions,
  BUNDLED,
  findRecipe,
  type RecipeFlags,
  requireExamples,
  splitNames,
  trainingPlace,
} from '../recipe-options.js';
import { alignColumns } from '../run-summary.js';
import { createTrainingDisplay } from '../training-display.js';

interface Flags extends RecipeFlags {
  readonly quick: boolean;
  readonly only?: readonly string[];
  readonly out: string;
}

export function addRepro(program: Command): void {
  const command = program
    .command('repro')
    .description(
      'train and score every published system anew: each row of the table, one result file a recipe',
    )
    .option('--only <recipes>', 'some recipes, with commas; all when omitted', splitNames)
    .option('--out <folder>', 'receives a folder a recipe', 'repro')
    .option('--quick', 'minutes instead of hours: a trial of the commands, not of the networks', false);
  addFolderOptions(command).action(runRepro);
}

async function runRepro(flags: Flags): Promise<void> {
  const names = flags.only ?? BUNDLED;
  const signal = cancelOnInterrupt();
  const rows: string[][] = [];
  for (const name of names) {
    const found = await findRecipe(name);
    // What has no row in the table is made only when asked for.
    const isAsked = flags.only !== undefined;
    if (!isAsked && (found.kind !== 'examples' || found.recipe.published.length === 0)) continue;
    const recipe = requireExamples(found, 'repro');
    const display = createTrainingDisplay();
    const reproduction = await reproduceRecipe({
      recipe,
      ...trainingPlace(flags),
      outFolder: join(flags.out, recipe.name),
      command: `npx ectopy repro --only ${recipe.name}`,
      quick: flags.quick,
      signal,
      onEvent: display.show,
    }).finally(display.clear);
    rows.push(...rowsOf(recipe.published, reproduction));
  }
  const heading = ['', 'published', 'as published', 'patients disjoint'];
  process.stdout.write(
    `${alignColumns([heading, ...rows])}\n${flags.quick ? 'QUICK: a few examples, one epoch; these figures say nothing about the networks.\n' : ''}${RESEARCH_USE_ONLY}\n`,
  );
}

function rowsOf(
  published: readonly {
    readonly label: string;
    readonly published: string;
    readonly figures: Readonly<Record<string, string>>;
  }[],
  { figures }: Reproduction,
): string[][] {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  const text = (id: string | undefined): string => {
    const figure = id === undefined ? undefined : byId.get(id);
    return figure === undefined ? '–' : figure.value.toFixed(figure.unit === 'fraction' ? 4 : 2);
  };
  return published.map(({ label, published: source, figures: ids }) => {
    const asPublished = Object.keys(ids).find((protocol) => protocol !== 'honest');
    return [label, source, text(asPublished && ids[asPublished]), text(ids['honest'])];
  });
}
