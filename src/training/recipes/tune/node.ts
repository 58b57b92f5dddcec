import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RunOptions } from '../../../core/index.js';
import type { TrainingEvent } from '../../events.js';
import { readExampleJobResult } from '../../jobs/examples/node.js';
import { runJobs } from '../../jobs/node.js';
import { recipeSha256 } from '../../runs/node.js';
import { applyPoint } from '../../search/apply-point.js';
import { runSearch, type SearchEvent, type SearchResult } from '../../search/node.js';
import type { Search } from '../../search/search-config.js';
import { networkPlans, parseRecipe, type Recipe } from '../recipe.js';
import type { TaskFolders } from '../task.js';
import { prepareExamples } from '../tasks/node.js';

/** A search for better values of a recipe's configuration. */
export interface TuneOptions extends TaskFolders, RunOptions {
  /** With one protocol, one network and a search; see `selectRecipe`. */
  readonly recipe: Recipe;
  /** Holds the search; gone on with when it lies there. */
  readonly folder: string;
  readonly onEvent?: (event: SearchEvent) => void;
  readonly onTraining?: (event: TrainingEvent) => void;
}

/** What a search found. */
export interface Tuned extends SearchResult {
  /** The recipe with the best trial's values; also `best.json` in the folder. Undefined when no trial finished. */
  readonly recipe: Recipe | undefined;
}

const FIGURE = 'macro-F1';

/**
 * Searches a recipe's space: each trial trains the network for the search's epochs and is judged by its best
 * macro-F1 on the validation examples. The test set takes no part.
 *
 * @throws EcgError `bad-option` without a search or validation examples, with several networks, for a folder of
 *   another recipe's search, or values the recipe cannot have; what training throws; `cancelled`
 */
export async function tuneRecipe(options: TuneOptions): Promise<Tuned> {
  const { folder } = options;
  const { recipe, search } = searched(options.recipe);
  const [protocol] = Object.keys(recipe.protocols);
  const plans = networkPlans(recipe, protocol);
  if (plans.length !== 1) {
    throw new EcgError(
      'bad-option',
      `${recipe.name}: a search tunes one network, choose with --network ${plans.map(({ name }) => name).join(' or ')}`,
    );
  }
  const [{ name: network, input }] = plans;
  const [seed] = recipe.protocols[protocol].seeds;
  const { split } = await prepareExamples(recipe, protocol, input, options, null, options);
  if (split.validation.length === 0) {
    throw new EcgError(
      'bad-option',
      `${recipe.name}: protocol ${protocol} has no validation examples to judge by`,
    );
  }
  const result = await runSearch({
    folder,
    recipe: { name: recipe.name, sha256: recipeSha256({ ...recipe, search: null }) },
    search,
    config: recipe,
    ...(options.signal !== undefined && { signal: options.signal }),
    ...(options.onEvent !== undefined && { onEvent: options.onEvent }),
    evaluate: async (config, trial, report) => {
      const trialRecipe = parseRecipe(
        withEpochs(config, search.epochs),
        `${recipe.name}, trial ${trial + 1}`,
      );
      const place = join(folder, `trial-${trial + 1}`);
      let pruned = false;
      let best = Number.NaN;
      const signal = {
        get aborted() {
          return pruned || options.signal?.aborted === true;
        },
      };
      const onTraining = (event: TrainingEvent): void => {
        options.onTraining?.(event);
        if (event.kind !== 'epoch') return;
        best = Math.max(Number.isNaN(best) ? 0 : best, event.figures.validation[FIGURE] ?? 0);
        // Told after a last epoch, pruning would throw a finished training away.
        if (report(event.figures.epoch, best) === 'prune' && event.figures.epoch < event.epochs)
          pruned = true;
      };
      try {
        await runJobs(
          [
            {
              kind: 'examples',
              run: `trial ${trial + 1}`,
              folder: place,
              recipe: trialRecipe,
              protocol,
              network,
              seed,
              fold: null,
              dataFolder: options.dataFolder,
              cacheFolder: options.cacheFolder,
              checkpointSteps: 100,
            },
          ],
          1,
          onTraining,
          { signal },
        );
      } catch (error) {
        if (pruned && options.signal?.aborted !== true) return best;
        // Values under which the loss explodes are a bad trial, not the end of the search.
        if (error instanceof EcgError && error.code === 'bad-option' && /loss is/.test(error.message))
          return Number.NaN;
        throw error;
      }
      const epochs = (await readExampleJobResult(place))?.epochs ?? [];
      return Math.max(...epochs.map(({ validation }) => validation[FIGURE] ?? 0));
    },
  });
  const tuned =
    result.best === null ? undefined : parseRecipe(applyPoint(recipe, result.best.point), recipe.name);
  if (tuned !== undefined) {
    await writeFile(join(folder, 'best.json'), `${JSON.stringify(tuned, null, 1)}\n`);
  }
  return { ...result, recipe: tuned };
}

/** @throws EcgError `bad-option` when the recipe names no search */
function searched(recipe: Recipe): { recipe: Recipe; search: Search } {
  if (recipe.search !== null) return { recipe, search: recipe.search };
  throw new EcgError(
    'bad-option',
    `${recipe.name}: the recipe has no search; give it one: "search": { "method": "tpe", "space": … }`,
  );
}

/** Every training of the recipe cut to the trial's length. */
function withEpochs(recipe: Recipe, epochs: number): unknown {
  const cut = (training: object) => ('epochs' in training ? { ...training, epochs } : training);
  const each = <T extends { readonly training: object }>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(all).map(([name, one]) => [name, { ...one, training: cut(one.training) }]),
    );
  return {
    ...recipe,
    training: cut(recipe.training),
    networks: each(recipe.networks),
    protocols: each(recipe.protocols),
  };
}
