import type { Command } from 'commander';
import type { BeatRecipe } from '../../training/index.js';
import { trainBeats, trainRecipe } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import {
  addFolderOptions,
  addSelectionOptions,
  findRecipe,
  type RecipeFlags,
  refuseSelection,
  selectByFlags,
  trainingPlace,
} from '../recipe-options.js';
import { formatRun } from '../run-summary.js';
import { createTrainingDisplay } from '../training-display.js';
import { trainWavesByFlags } from '../wave-training.js';

interface Flags extends RecipeFlags {
  readonly resume?: string;
}

export function addTrain(program: Command): void {
  const command = program
    .command('train')
    .description(
      'train the networks of a recipe: models in single precision and INT8, figures, one HTML report',
    )
    .argument('<recipe>', 'a built-in recipe (beats, heartbeat, …), or a configuration file (.json)');
  addSelectionOptions(addFolderOptions(command))
    .option('--resume <run>', 'the folder of a run to go on with; the result is the same')
    .action(runTrain);
}

async function runTrain(name: string, flags: Flags): Promise<void> {
  const { kind, recipe } = await findRecipe(name);
  if (kind === 'beats') return trainBeatNetwork(recipe, flags);
  if (kind === 'waves') return trainWavesByFlags('train', recipe, flags);
  const display = createTrainingDisplay();
  const started = performance.now();
  const { folder, metrics } = await trainRecipe({
    recipe: selectByFlags(recipe, flags),
    ...trainingPlace(flags),
    ...(flags.resume !== undefined && { resume: flags.resume }),
    signal: cancelOnInterrupt(),
    onEvent: display.show,
  }).finally(display.clear);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  process.stdout.write(
    `${formatRun(metrics)}\n${folder} (${minutes} min): report.html, metrics.json and the models\nNo figure is of the test set; score that with: ectopy eval ${folder}\n`,
  );
}

async function trainBeatNetwork(recipe: BeatRecipe, flags: Flags): Promise<void> {
  refuseSelection('train', 'beat network', flags);
  const display = createTrainingDisplay();
  const started = performance.now();
  const trained = await trainBeats({
    recipe,
    ...trainingPlace(flags),
    ...(flags.resume !== undefined && { resume: flags.resume }),
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
