import { EcgError, type RunOptions } from '../../../core/index.js';
import { parseStrictly } from '../../../models/index.js';
import type { ExampleSplit } from '../../examples/example-set.js';
import { type FoldChoice, foldSplit, thinSplit } from '../../examples/fold-split.js';
import { beatImageTask } from '../beat-image/node.js';
import { cardiospikeTask } from '../cardiospike/node.js';
import { ensembleTask, heartbeatTask } from '../heartbeat/node.js';
import { qualityTask } from '../quality/node.js';
import { protocolData, type Recipe } from '../recipe.js';
import { rhythmTask } from '../rhythm/node.js';
import { stockwellTask } from '../stockwell/node.js';
import type { Prepared, Task, TaskFolders } from '../task.js';
import { ventricularTask } from '../ventricular/node.js';

/** Every task that networks over examples can learn; a new one is its own folder and one line here. */
const TASKS = [
  cardiospikeTask,
  heartbeatTask,
  beatImageTask,
  stockwellTask,
  rhythmTask,
  ensembleTask,
  qualityTask,
  ventricularTask,
] as readonly Task[];

/**
 * A recipe's task.
 * @throws EcgError `bad-option` for one that does not exist
 */
export function taskOf(recipe: Recipe): Task {
  const task = TASKS.find(({ name }) => name === recipe.task);
  if (task !== undefined) return task;
  const names = TASKS.map(({ name }) => name).join(', ');
  throw new EcgError('bad-option', `${recipe.name}: there is no task '${recipe.task}', give one of ${names}`);
}

/**
 * A recipe's examples as a protocol splits them, or as a fold of its cross-validation does.
 * @throws EcgError as `prepareWhole` and `splitOf`
 */
export async function prepareExamples(
  recipe: Recipe,
  protocol: string,
  input: string | null,
  folders: TaskFolders,
  fold: FoldChoice | null,
  options?: RunOptions,
): Promise<Prepared> {
  const whole = await prepareWhole(recipe, protocol, input, folders, options);
  return { ...whole, split: splitOf(recipe, whole, fold) };
}

/**
 * The split of a protocol, or of a fold of its cross-validation, with every n-th example where the recipe says so.
 *
 * @param whole  from `prepareWhole`
 * @throws EcgError `bad-option` with fewer patients than folds, and when a class has nothing to train on
 */
export function splitOf(recipe: Recipe, { set, split }: Prepared, fold: FoldChoice | null): ExampleSplit {
  const chosen = fold === null ? split : foldSplit(set, split, fold);
  return recipe.every === 1 ? chosen : thinSplit(set, chosen, recipe.every);
}

/**
 * All of a recipe's examples, as a protocol splits them.
 *
 * @throws EcgError `bad-option` for a protocol or input the task does not have, and for faulty `data`; what the task
 *   throws
 */
export async function prepareWhole(
  recipe: Recipe,
  protocol: string,
  input: string | null,
  { dataFolder, cacheFolder }: TaskFolders,
  options?: RunOptions,
): Promise<Prepared> {
  const task = taskOf(recipe);
  const one = (asked: string, of: readonly string[], what: string): string => {
    if (of.includes(asked)) return asked;
    throw new EcgError(
      'bad-option',
      `${recipe.name}: there is no ${what} '${asked}', give ${of.join(' or ')}`,
    );
  };
  const asked = {
    data: parseStrictly(task.dataSchema, protocolData(recipe, protocol), `${recipe.name}: data`),
    protocol: one(protocol, task.protocols, 'protocol'),
    input: one(input ?? task.inputs[0], task.inputs, 'input'),
  };
  return task.prepare({ ...asked, dataFolder, cacheFolder, ...options }).catch((error: unknown) => {
    if (!(error instanceof EcgError) || error.code !== 'not-found') throw error;
    const message = `${recipe.name}: recordings are missing in ${dataFolder}: ${error.message}, or fetch them: ${task.databases.map((id) => `ectopy data get ${id}`).join(', ')}`;
    throw new EcgError('not-found', message, { cause: error });
  });
}
