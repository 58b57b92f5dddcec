import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { type CancelSignal, EcgError, throwIfCancelled } from '../../core/index.js';
import { parseStrictly } from '../../models/index.js';
import { writeWhole } from '../records/node.js';
import { applyPoint } from './apply-point.js';
import { shouldPrune } from './prune.js';
import type { EpochValue, Point, Search, Trial } from './search-config.js';
import { suggestPoint } from './suggest.js';
import { type LogLine, readTrialLog, type SearchHeader, SearchHeaderSchema, withEpoch } from './trial-log.js';

/** Whose search a folder holds. */
export interface SearchedRecipe {
  readonly name: string;
  /** Of the recipe's JSON without its `search`, which the folder keeps itself; see `recipeSha256`. */
  readonly sha256: string;
}

/** A search's folder, open for more trials. */
export interface OpenSearch {
  readonly trials: readonly Trial[];
  /** Figures of the trial that was running when the search was interrupted. */
  readonly running: readonly EpochValue[];
  readonly warnings: readonly string[];
  /** Puts a line at the end of the log, on the disk before it returns. */
  readonly append: (line: LogLine) => void;
}

const HEADER = 'search.json';
const LOG = 'trials.jsonl';

/**
 * The search in a folder, or a new one there. Only `trials` may differ from what it was begun with: a search can be
 * given more.
 *
 * @throws EcgError `bad-option` when the folder holds the search of another recipe or of another space; `bad-format`
 *   when its files are damaged, but for a last line that was cut off
 */
export async function openSearch(
  folder: string,
  recipe: SearchedRecipe,
  search: Search,
): Promise<OpenSearch> {
  await mkdir(folder, { recursive: true });
  const headerPath = join(folder, HEADER);
  const logPath = join(folder, LOG);
  const header = await readIfThere(headerPath);
  const log = (await readIfThere(logPath)) ?? '';
  if (header === undefined && log !== '') {
    throw new EcgError(
      'bad-option',
      `search: ${folder} holds trials but no ${HEADER} that says of what, choose another folder`,
    );
  }
  const now = parseStrictly(SearchHeaderSchema, { recipe, search }, 'search');
  if (header !== undefined) checkHeader(readHeader(header, headerPath), now, folder);
  await writeWhole(headerPath, `${JSON.stringify(now, null, 1)}\n`);
  const { trials, running, whole, warnings } = readTrialLog(log, logPath);
  if (whole < log.length) await truncate(logPath, Buffer.byteLength(log.slice(0, whole)));
  const append = (line: LogLine): void => {
    const file = openSync(logPath, 'a');
    try {
      writeSync(file, `${JSON.stringify(line)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  };
  return { trials, running, warnings, append };
}

/** What a search tells of itself while it runs. */
export type SearchEvent =
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'begun'; readonly index: number; readonly trials: number; readonly point: Point }
  | { readonly kind: 'epoch'; readonly index: number; readonly epoch: number; readonly value: number }
  | { readonly kind: 'ended'; readonly trial: Trial; readonly best: Trial | null };

export interface RunSearchOptions<Config> {
  /** Holds `search.json` and `trials.jsonl`; goes on with what lies there. */
  readonly folder: string;
  readonly recipe: SearchedRecipe;
  readonly search: Search;
  /** Plain JSON data in which the space's paths lie. */
  readonly config: Config;
  /**
   * Trains one configuration and gives its figure, higher for the better; NaN where training came to nothing. Tells
   * each epoch's figure, and should end when it hears `prune`. Told again after a kill, from any epoch on.
   */
  readonly evaluate: (
    config: Config,
    trial: number,
    report: (epoch: number, value: number) => 'go on' | 'prune',
  ) => Promise<number>;
  readonly onEvent?: (event: SearchEvent) => void;
  readonly signal?: CancelSignal;
}

export interface SearchResult {
  readonly trials: readonly Trial[];
  /** The finished trial with the highest figure, the first of equals; null of none. */
  readonly best: Trial | null;
}

/**
 * A search from where its folder stands to its last trial: every trial's end is on the disk before the next begins,
 * and one that was interrupted is begun again with the same values.
 *
 * @throws EcgError `bad-option` for a path that `config` does not have, or a folder of another search; `bad-format`
 *   for a damaged folder; `cancelled`; whatever `evaluate` throws, with nothing lost
 */
export async function runSearch<Config>(options: RunSearchOptions<Config>): Promise<SearchResult> {
  const { folder, recipe, search, config, evaluate, onEvent } = options;
  // A wrong path is told before a folder is made.
  applyPoint(config, Object.fromEntries(search.space.map(({ path }) => [path, null])));
  const open = await openSearch(folder, recipe, search);
  for (const message of open.warnings) onEvent?.({ kind: 'warning', message });
  const trials = [...open.trials];
  let told = open.running;
  while (trials.length < search.trials) {
    throwIfCancelled(options, 'search');
    const index = trials.length;
    const point = suggestPoint(search, trials);
    if (point === null) break;
    onEvent?.({ kind: 'begun', index, trials: search.trials, point });
    let epochs = told;
    let pruned = false;
    const report = (epoch: number, value: number): 'go on' | 'prune' => {
      if (Number.isFinite(value)) {
        epochs = withEpoch(epochs, { epoch, value });
        open.append({ kind: 'epoch', index, epoch, value });
        onEvent?.({ kind: 'epoch', index, epoch, value });
        const sofar = epochs.filter((e) => e.epoch <= epoch);
        pruned ||= shouldPrune(trials, sofar, search.pruning);
      }
      return pruned ? 'prune' : 'go on';
    };
    const value = await evaluate(applyPoint(config, point), index, report);
    const state = !Number.isFinite(value) ? 'failed' : pruned ? 'pruned' : 'done';
    const trial: Trial = { index, point, state, value: state === 'failed' ? null : value, epochs };
    open.append({ kind: 'trial', ...trial, point: { ...point }, epochs: [...epochs] });
    trials.push(trial);
    told = [];
    onEvent?.({ kind: 'ended', trial, best: bestOf(trials) });
  }
  return { trials, best: bestOf(trials) };
}

function bestOf(trials: readonly Trial[]): Trial | null {
  let best: Trial | null = null;
  for (const trial of trials) {
    if (trial.state === 'done' && (best === null || (trial.value ?? 0) > (best.value ?? 0))) best = trial;
  }
  return best;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

function readHeader(text: string, path: string): SearchHeader {
  try {
    return parseStrictly(SearchHeaderSchema, JSON.parse(text), path);
  } catch (cause) {
    throw new EcgError(
      'bad-format',
      `search: ${path} is not the beginning of a search (${(cause as Error).message}), begin in an empty folder`,
      { cause },
    );
  }
}

function checkHeader(held: SearchHeader, { recipe, search }: SearchHeader, folder: string): void {
  if (held.recipe.name !== recipe.name || held.recipe.sha256 !== recipe.sha256) {
    const which =
      held.recipe.name === recipe.name
        ? `another version of recipe ${recipe.name} (SHA-256 ${held.recipe.sha256.slice(0, 12)}, now ${recipe.sha256.slice(0, 12)})`
        : `recipe ${held.recipe.name}, not ${recipe.name}`;
    throw new EcgError(
      'bad-option',
      `search: ${folder} holds a search of ${which}; choose another folder, or go on with the recipe it was begun with`,
    );
  }
  const differing = (Object.keys(search) as (keyof Search)[]).filter(
    (key) => key !== 'trials' && JSON.stringify(held.search[key]) !== JSON.stringify(search[key]),
  );
  if (differing.length > 0) {
    throw new EcgError(
      'bad-option',
      `search: ${folder} was begun with another ${differing.join(', ')}; only the number of trials may change, choose another folder`,
    );
  }
}
