import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EcgError } from '../../core/index.js';
import { evaluateRun, listRuns } from '../../training/node.js';
import { cancelOnInterrupt } from '../cancel.js';
import { createProgressLine } from '../progress.js';
import {
  addFolderOptions,
  findRecipe,
  type RecipeFlags,
  requireExamples,
  trainingPlace,
} from '../recipe-options.js';
import { formatRun } from '../run-summary.js';

export function addEval(program: Command): void {
  const command = program
    .command('eval')
    .description(
      "score a run's networks on the test set of its protocol; each scoring of patients held out is counted",
    )
    .argument('<run>', 'the folder of a run, or a recipe, whose latest run is taken')
    .option('--protocol <name>', 'of the latest run, when a recipe is given');
  addFolderOptions(command).action(runEval);
}

async function runEval(name: string, flags: RecipeFlags): Promise<void> {
  const folder = await findRun(name, flags);
  const { dataFolder, cacheFolder } = trainingPlace(flags);
  const line = createProgressLine(folder);
  const { metrics } = await evaluateRun(folder, {
    dataFolder,
    cacheFolder,
    usesFile: join(process.env['ECTOPY_HOME'] || join(homedir(), '.ectopy'), 'recipe-test-uses.json'),
    signal: cancelOnInterrupt(),
    onProgress: line.update,
  }).finally(line.clear);
  process.stdout.write(`${formatRun(metrics)}\n${join(folder, 'report.html')}\n`);
}

/** The folder itself, or the latest finished run of the recipe of that name. */
async function findRun(name: string, flags: RecipeFlags): Promise<string> {
  if (existsSync(join(name, 'config.json'))) return name;
  if (existsSync(name) && statSync(name).isDirectory()) {
    throw new EcgError(
      'not-found',
      `eval: ${name} holds no run (no config.json), give the folder of a run or a recipe`,
    );
  }
  if (!existsSync(name) && /[\\/]/.test(name)) {
    throw new EcgError(
      'not-found',
      `eval: there is no run ${name}, check the path; "ectopy runs" lists them`,
    );
  }
  const recipe = requireExamples(await findRecipe(name), 'eval');
  const runs = (await listRuns(flags.runs, warn)).filter(
    ({ metrics }) =>
      metrics.name === recipe.name && (flags.protocol === undefined || metrics.protocol === flags.protocol),
  );
  const latest = runs[runs.length - 1];
  if (latest !== undefined) return latest.folder;
  throw new EcgError(
    'not-found',
    `eval: ${flags.runs} holds no finished run of ${recipe.name}${flags.protocol === undefined ? '' : ` by protocol ${flags.protocol}`}; train one with "ectopy train ${name}"`,
  );
}

function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
