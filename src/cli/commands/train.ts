import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { EcgError, VERSION } from '../../core/index.js';
import { datasetsFolder } from '../../formats/datasets/node.js';
import { readBeatRecipe, trainBeats } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import { parseCount } from '../open-options.js';
import { createTrainingDisplay } from '../training-display.js';

interface Flags {
  readonly data?: string;
  readonly runs: string;
  readonly cache: string;
  readonly resume?: string;
  readonly workers: number;
}

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a recipe: cross-validation by patient, calibration, one model file')
    .argument('<recipe>', 'a built-in recipe (beats), or a configuration file (.json)')
    .option('--data <folder>', 'the folder that holds all databases')
    .option('--runs <folder>', 'where runs are kept', 'runs')
    .option('--cache <folder>', 'where prepared beats are kept', '.cache/training')
    .option('--resume <run>', 'the folder of a run to go on with; the result is the same')
    .option('--workers <n>', 'networks trained at a time', parseCount, 2)
    .action(runTrain);
}

async function runTrain(recipeName: string, flags: Flags): Promise<void> {
  const recipe = await readBeatRecipe(recipeFile(recipeName));
  const display = createTrainingDisplay();
  const started = performance.now();
  const trained = await trainBeats({
    recipe,
    dataFolder: flags.data ?? datasetsFolder(),
    cacheFolder: flags.cache,
    runsFolder: flags.runs,
    ...(flags.resume === undefined ? {} : { resume: flags.resume }),
    workers: flags.workers,
    software: `ectopy ${VERSION}`,
    signal: cancelOnInterrupt(),
    onEvent: display.show,
  }).finally(display.clear);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  const figures = (values: Readonly<Record<string, number>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value.toFixed(3)}`)
      .join('  ');
  process.stdout.write(
    [
      `${recipe.name} ${recipe.version} trained in ${minutes} min: ${trained.folder}/model.onnx`,
      `  cross-validation by patient  ${figures(trained.crossValidation.figures)}`,
      ...(trained.validation === undefined
        ? []
        : [`  validation                   ${figures(trained.validation.figures)}`]),
      'Research use only: not a medical device.',
      '',
    ].join('\n'),
  );
}

/** The file of a recipe: a path, or the name of one that comes with the package. */
function recipeFile(name: string): string {
  if (/^[\w-]+$/.test(name)) {
    const bundled = fileURLToPath(new URL(`../../../experiments/${name}/config.json`, import.meta.url));
    if (existsSync(bundled)) return bundled;
    throw new EcgError('not-found', `train: there is no recipe '${name}'; give beats, or a .json file`);
  }
  return name;
}
