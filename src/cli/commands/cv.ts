import type { Command } from 'commander';
import { RESEARCH_USE_ONLY } from '../../core/index.js';
import { crossValidateBeats, crossValidateRecipe } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import {
  addFolderOptions,
  addSelectionOptions,
  findRecipe,
  type RecipeFlags,
  selectByFlags,
  trainingPlace,
} from '../recipe-options.js';
import { alignColumns } from '../run-summary.js';
import { createTrainingDisplay } from '../training-display.js';
import { trainWavesByFlags } from '../wave-training.js';

interface Flags extends RecipeFlags {
  readonly resume?: string;
}

export function addCv(program: Command): void {
  const command = program
    .command('cv')
    .description('cross-validate a recipe: no patient stands in two folds')
    .argument('<recipe>', 'a built-in recipe, or a configuration file (.json)');
  addSelectionOptions(addFolderOptions(command))
    .option('--resume <run>', 'the folder of a cross-validation to go on with')
    .action(runCv);
}

async function runCv(name: string, flags: Flags): Promise<void> {
  const found = await findRecipe(name);
  if (found.kind === 'waves') return trainWavesByFlags('cv', found.recipe, flags);
  const display = createTrainingDisplay();
  const place = {
    ...trainingPlace(flags),
    ...(flags.resume !== undefined && { resume: flags.resume }),
    signal: cancelOnInterrupt(),
    onEvent: display.show,
  };
  if (found.kind === 'beats') {
    const { folder, crossValidation } = await crossValidateBeats({ recipe: found.recipe, ...place }).finally(
      display.clear,
    );
    const rows = Object.entries(crossValidation.figures).map(([figure, value]) => [figure, value.toFixed(4)]);
    process.stdout.write(
      `${alignColumns([['', 'held-out patients'], ...rows])}\n${folder}\n${RESEARCH_USE_ONLY}\n`,
    );
    return;
  }
  const protocol = flags.protocol ?? (Object.hasOwn(found.recipe.protocols, 'honest') ? 'honest' : undefined);
  const recipe = selectByFlags(found.recipe, { ...flags, ...(protocol !== undefined && { protocol }) });
  const { folder, networks } = await crossValidateRecipe({ recipe, ...place }).finally(display.clear);
  const rows = networks.flatMap((network) =>
    network.reports.map((report, s) => [
      `${network.name}${network.reports.length > 1 ? `, seed ${s + 1}` : ''}`,
      (report.accuracy.value ?? NaN).toFixed(4),
      (report.macroF1.value ?? NaN).toFixed(4),
      `${report.macroF1.low?.toFixed(3) ?? '–'}–${report.macroF1.high?.toFixed(3) ?? '–'}`,
      network.folds[s].map((x) => x.toFixed(3)).join(' '),
    ]),
  );
  process.stdout.write(
    `${recipe.name} ${recipe.version}, ${recipe.folds.count} folds by patient\n${alignColumns([['', 'accuracy', 'macro-F1', '95 % by patient', 'folds'], ...rows])}\n${folder}\n${RESEARCH_USE_ONLY}\n`,
  );
}
