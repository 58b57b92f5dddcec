import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EcgError, RESEARCH_USE_ONLY } from '../../core/index.js';
import { type SearchEvent, tuneRecipe } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import { parseCount } from '../open-options.js';
import {
  addFolderOptions,
  addSelectionOptions,
  findRecipe,
  type RecipeFlags,
  requireExamples,
  selectByFlags,
  trainingPlace,
} from '../recipe-options.js';

interface Flags extends RecipeFlags {
  readonly trials?: number;
  readonly resume?: string;
}

export function addHpo(program: Command): void {
  const command = program
    .command('hpo')
    .description(
      "search a recipe's space for better values, judged by the validation examples; can be gone on with",
    )
    .argument('<recipe>', 'a built-in recipe with a search, or a configuration file (.json)');
  addSelectionOptions(addFolderOptions(command))
    .option('--trials <n>', "trainings in all; the recipe's when omitted", parseCount)
    .option('--resume <folder>', 'the folder of a search to go on with')
    .action(runHpo);
}

async function runHpo(name: string, flags: Flags): Promise<void> {
  const found = requireExamples(await findRecipe(name), 'hpo');
  const network = flags.network ?? (found.search === null ? undefined : networksOf(found.search));
  const selected = selectByFlags(found, { ...flags, ...(network !== undefined && { network }) });
  const recipe =
    flags.trials === undefined || selected.search === null
      ? selected
      : { ...selected, search: { ...selected.search, trials: flags.trials } };
  if (flags.resume !== undefined && !existsSync(join(flags.resume, 'search.json'))) {
    throw new EcgError('not-found', `hpo: ${flags.resume} holds no search (no search.json), check the path`);
  }
  const folder = flags.resume ?? newFolder(join(flags.runs, `${recipe.name}-hpo`));
  const { best } = await tuneRecipe({
    recipe,
    folder,
    ...trainingPlace(flags),
    signal: cancelOnInterrupt(),
    onEvent: (event) => {
      const line = describeEvent(event);
      if (line !== undefined) process.stderr.write(`${line}\n`);
    },
  });
  process.stdout.write(
    best === null
      ? `no trial came to an end: ${folder}\n`
      : `best of the search: trial ${best.index + 1}, validation macro-F1 ${best.value?.toFixed(4)}\n${Object.entries(
          best.point,
        )
          .map(([path, value]) => `  ${path} = ${JSON.stringify(value)}`)
          .join('\n')}\n${join(folder, 'best.json')} is the recipe with these values\n${RESEARCH_USE_ONLY}\n`,
  );
}

/** The networks whose values the space holds; a search tunes one. */
function networksOf(search: { readonly space: readonly { readonly path: string }[] }): string[] | undefined {
  const names = search.space.flatMap(({ path }) => /^networks\.([^.]+)\./.exec(path)?.[1] ?? []);
  return names.length === 0 ? undefined : [...new Set(names)];
}

function newFolder(stem: string): string {
  for (let n = 1; ; n++) {
    const folder = n === 1 ? stem : `${stem}-${n}`;
    if (!existsSync(folder)) return folder;
  }
}

function describeEvent(event: SearchEvent): string | undefined {
  if (event.kind === 'warning') return `warning: ${event.message}`;
  if (event.kind === 'begun') {
    const values = Object.entries(event.point).map(
      ([path, value]) => `${path.split('.').pop()} ${short(value)}`,
    );
    return `trial ${event.index + 1} of ${event.trials}: ${values.join(', ')}`;
  }
  if (event.kind === 'epoch') return undefined;
  const { trial, best } = event;
  const ended = trial.state === 'failed' ? 'came to nothing' : `${trial.state}, ${trial.value?.toFixed(4)}`;
  return `  ${ended} after ${trial.epochs.length} epochs; best so far ${best === null ? 'none' : `trial ${best.index + 1}, ${best.value?.toFixed(4)}`}`;
}

function short(value: unknown): string {
  return typeof value === 'number' ? `${Number(value.toPrecision(4))}` : JSON.stringify(value);
}
