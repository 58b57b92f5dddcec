import { RESEARCH_USE_ONLY, VERSION } from '../core/index.js';
import { formatMarkTable } from '../evaluation/index.js';
import type { WaveRecipe, WaveScoring } from '../training/index.js';
import { crossValidateWaves, loadWaveRecords, trainWaveModel } from '../training/node.js';
import { cancelOnInterrupt } from './cancel.js';
import { type RecipeFlags, refuseSelection, trainingPlace } from './recipe-options.js';
import { createTrainingDisplay } from './training-display.js';

/** Flags of the commands that train the network of waves. */
interface Flags extends RecipeFlags {
  readonly resume?: string;
}

/**
 * `ectopy cv waves`: trains each fold's network, scores it on the patients it has not seen, prints the tables.
 * `ectopy train waves`: then trains one on all patients, with the rules that came out, and leaves it in the run's folder.
 */
export async function trainWavesByFlags(
  command: 'cv' | 'train',
  recipe: WaveRecipe,
  flags: Flags,
): Promise<void> {
  refuseSelection(command, 'network of waves', flags);
  const { dataFolder, runsFolder } = trainingPlace(flags);
  const display = createTrainingDisplay();
  const options = {
    recipe,
    records: await loadWaveRecords(dataFolder),
    runsFolder,
    ...(flags.resume !== undefined && { resume: flags.resume }),
    signal: cancelOnInterrupt(),
    onEvent: display.show,
  };
  try {
    const validated = await crossValidateWaves(options);
    const { folder, scoring } = validated;
    if (command === 'train') {
      const date = new Date().toISOString().slice(0, 10);
      await trainWaveModel(validated, { ...options, metrics: [], date, software: `ectopy ${VERSION}` });
    }
    display.clear();
    const models = command === 'train' ? ': model.onnx and model.int8.onnx' : '';
    process.stdout.write(`${tablesOf(scoring)}\n${folder}${models}\n${RESEARCH_USE_ONLY}\n`);
  } finally {
    display.clear();
  }
}

function tablesOf(scoring: WaveScoring): string {
  return (['single', 'median'] as const)
    .map((view) => formatMarkTable(scoring.reports('detected', view), scoring.title('detected', view)))
    .join('\n');
}
