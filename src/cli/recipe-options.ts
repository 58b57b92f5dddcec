import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { EcgError, VERSION } from '../core/index.js';
import { datasetsFolder } from '../formats/datasets/node.js';
import { type Recipe, selectRecipe } from '../training/index.js';
import { type AnyRecipe, readRecipe } from '../training/node.js';
import { parseCount } from './open-options.js';

/** Flags of the commands that train. */
export interface RecipeFlags {
  readonly data?: string;
  readonly runs: string;
  readonly cache: string;
  readonly workers: number;
  readonly protocol?: string;
  readonly network?: readonly string[];
  readonly seeds?: readonly number[];
  readonly every?: number;
  readonly epochs?: number;
}

/** Where things lie, and how much is trained at a time. */
export function addFolderOptions(command: Command): Command {
  return command
    .option('--data <folder>', 'the folder that holds all databases')
    .option('--runs <folder>', 'where runs are kept', 'runs')
    .option('--cache <folder>', 'where prepared examples are kept', '.cache/training')
    .option('--workers <n>', 'networks trained at a time', parseCount, 1);
}

/** Which part of a recipe is meant. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option('--protocol <name>', "how patients are split; the recipe's first when omitted")
    .option('--network <names>', 'networks of the recipe, with commas; all when omitted', splitNames)
    .option('--seeds <numbers>', "one training each, with commas; the protocol's when omitted", splitSeeds)
    .option('--every <n>', 'use every n-th example only, for a quick try', parseCount)
    .option('--epochs <n>', 'train for so many epochs at most', parseCount);
}

/** What all trainings are told. */
export function trainingPlace(flags: Pick<RecipeFlags, 'data' | 'runs' | 'cache' | 'workers'>) {
  return {
    dataFolder: flags.data ?? datasetsFolder(),
    cacheFolder: flags.cache,
    runsFolder: flags.runs,
    workers: flags.workers,
    software: `ectopy ${VERSION}`,
  };
}

/** A recipe by its name or its file. */
export async function findRecipe(name: string): Promise<AnyRecipe> {
  return readRecipe(recipeFile(name));
}

/** The part of a recipe that the flags ask for. */
export function selectByFlags(recipe: Recipe, flags: RecipeFlags): Recipe {
  const { protocol, network, seeds, every, epochs } = flags;
  return selectRecipe(recipe, {
    ...(protocol !== undefined && { protocol }),
    ...(network !== undefined && { networks: network }),
    ...(seeds !== undefined && { seeds }),
    ...(every !== undefined && { every }),
    ...(epochs !== undefined && { epochs }),
  });
}

/**
 * Refuses flags that only recipes over examples know.
 * @throws EcgError `unsupported`
 */
export function refuseSelection(command: string, network: string, flags: RecipeFlags): void {
  for (const flag of ['protocol', 'network', 'seeds', 'every', 'epochs'] as const) {
    if (flags[flag] === undefined) continue;
    throw new EcgError(
      'unsupported',
      `${command}: --${flag} is for recipes over examples; the ${network}'s are in its configuration file`,
    );
  }
}

/**
 * A recipe over examples.
 * @throws EcgError `unsupported` for the beat network's and that of waves, which have their own commands
 */
export function requireExamples(recipe: AnyRecipe, command: string): Recipe {
  if (recipe.kind === 'examples') return recipe.recipe;
  if (recipe.kind === 'waves') {
    throw new EcgError(
      'unsupported',
      `${command}: the recipe '${recipe.recipe.name}' trains the network of waves; use "ectopy train waves" and "ectopy cv waves"`,
    );
  }
  throw new EcgError(
    'unsupported',
    `${command}: the recipe '${recipe.recipe.name}' trains the beat network; use "ectopy train beats" and "ectopy evaluate mitdb-ds2 --given"`,
  );
}

/** The file of a recipe: a path, or the name of one that comes with the package. */
function recipeFile(name: string): string {
  if (!/^[\w-]+$/.test(name)) return name;
  const bundled = fileURLToPath(new URL(`../../experiments/${name}/config.json`, import.meta.url));
  if (existsSync(bundled)) return bundled;
  throw new EcgError(
    'not-found',
    `there is no recipe '${name}'; give one of ${BUNDLED.join(', ')}, or a .json file`,
  );
}

/** Recipes that come with the package: folders of `experiments`. */
export const BUNDLED = [
  'beats',
  'beats-product',
  'cardiospike',
  'heartbeat',
  'beat-image',
  'stockwell-convnext',
  'ensemble',
  'augmentation',
  'quality',
  'ventricular',
  'rhythm',
  'waves',
] as const;

export function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function splitSeeds(text: string): number[] {
  const words = splitNames(text);
  return (words.length === 0 ? [''] : words).map((word) => {
    if (/^\d{1,15}$/.test(word)) return Number(word);
    throw new EcgError('bad-option', `--seeds: '${word}' is no seed, give whole numbers with commas: 1,2,3`);
  });
}
