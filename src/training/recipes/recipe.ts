import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import { type NetworkConfig, NetworkConfigSchema, parseStrictly } from '../../models/index.js';
import { type TrainingConfig, TrainingConfigSchema } from '../classifier/training-config.js';
import { SearchSchema } from '../search/search-config.js';

/** Folders are named so: none may be `..`. */
const id = v.pipe(
  v.string(),
  v.regex(/^\w[\w.-]*$/, 'Expected letters, digits, dots, dashes; a letter or digit first'),
);
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const eachOnce = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;
const names = v.pipe(v.array(id), v.check(eachOnce, 'Expected each name once'));
/** Part of a training configuration, laid over the recipe's. */
const OverridesSchema = v.record(v.string(), v.unknown());

/** A published number and our figures beside it: a row of the README's table. */
const PublishedRowSchema = v.strictObject({
  label: v.string(),
  /** A network; `selected` for the one best on the validation examples, `best` for the one best on the test set, `ensemble`. */
  network: id,
  measure: v.picklist([
    'accuracy',
    'macroF1',
    'weightedF1',
    'auroc',
    'sensitivity',
    'specificity',
    'trainSeconds',
    'latencyMs',
  ]),
  /** The published figure, or what else it stands beside, with its source. */
  published: v.string(),
  /** By protocol, the id in `docs/figures.json`: `heartbeat.leaky.accuracy`. */
  figures: v.record(id, v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/))),
});

/** Everything that decides the trainings of a recipe; its hash stands on the model cards. */
const RecipeSchema = v.strictObject({
  name: id,
  /** Which examples are learned: a line of the table of tasks. */
  task: id,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'Expected major.minor.patch')),
  /** What the task wants to know; its own schema reads it. */
  data: v.unknown(),
  /** Every n-th example of each class is used: 1 for all; more for a quick try. */
  every: wholePositive,
  /** How every network is trained, unless it or the protocol says otherwise. */
  training: TrainingConfigSchema,
  networks: v.record(
    id,
    v.strictObject({
      network: NetworkConfigSchema,
      /** Form in which it is given an example; the task's first when null. */
      input: v.nullable(id),
      training: OverridesSchema,
    }),
  ),
  /** How examples are split, and what is trained so. */
  protocols: v.record(
    id,
    v.strictObject({
      /** Those of `networks` that are trained; all when null. */
      networks: v.nullable(v.pipe(names, v.minLength(1))),
      /** What its figures are of: the protocol's test set, all folds of a cross-validation by patient, or the validation examples alone. */
      by: v.picklist(['test set', 'cross-validation', 'validation']),
      /** One network each. */
      seeds: v.pipe(v.array(whole), v.minLength(1), v.check(eachOnce, 'Expected each seed once')),
      training: OverridesSchema,
      /** Part of `data` that is other in this protocol. */
      data: v.optional(OverridesSchema, {}),
    }),
  ),
  /** Cross-validation by patient; over the training part's patients, or all. */
  folds: v.strictObject({
    count: v.pipe(wholePositive, v.minValue(2)),
    seed: whole,
    over: v.picklist(['training', 'all']),
  }),
  /** Networks whose probabilities are combined, by the `Top2-weighted` readings and the mean; null for none. */
  ensemble: v.nullable(v.pipe(names, v.minLength(2))),
  /** Networks that differ in one thing, compared seed by seed on the validation examples; null for none. */
  paired: v.nullable(
    v.pipe(
      v.strictObject({ baseline: id, against: v.pipe(names, v.minLength(1)) }),
      v.check(({ baseline, against }) => !against.includes(baseline), 'Expected others than the baseline'),
    ),
  ),
  calibration: v.strictObject({
    /** Share of the validation examples that shall not be uncertain. */
    coverage: share,
  }),
  quantisation: v.strictObject({
    /** Training examples the activations' ranges are taken from. */
    examples: wholePositive,
  }),
  search: v.nullable(SearchSchema),
  /** The rows of the README's table of published systems. */
  published: v.array(PublishedRowSchema),
});

/** What a published row may name beside a network. */
export const JOINT: readonly string[] = ['ensemble', 'best', 'selected'];

export type Recipe = v.InferOutput<typeof RecipeSchema>;
export type PublishedRow = Recipe['published'][number];

/** One network of a recipe as it is trained by a protocol. */
export interface NetworkPlan {
  readonly name: string;
  readonly network: NetworkConfig;
  readonly input: string | null;
  readonly training: TrainingConfig;
}

/**
 * A recipe out of unknown data; every network's training under every protocol is checked with it.
 * @throws EcgError `bad-option` with all faults at once: of its own form first, then of what its parts say of each other
 */
export function parseRecipe(data: unknown, where: string): Recipe {
  const recipe = parseStrictly(RecipeSchema, data, where);
  const faults: string[] = [];
  const known = (list: readonly string[] | null, what: string): void => {
    for (const name of list ?? []) {
      if (!Object.hasOwn(recipe.networks, name)) faults.push(`${what}: there is no network '${name}'`);
    }
  };
  known(recipe.ensemble, 'ensemble');
  known(recipe.paired && [recipe.paired.baseline, ...recipe.paired.against], 'paired');
  for (const [protocol, { networks }] of Object.entries(recipe.protocols)) {
    known(networks, `protocols.${protocol}.networks`);
  }
  for (const row of recipe.published) {
    for (const protocol of Object.keys(row.figures)) {
      if (!Object.hasOwn(recipe.protocols, protocol))
        faults.push(`published ${row.label}: there is no protocol '${protocol}'`);
    }
    if (!JOINT.includes(row.network)) known([row.network], `published ${row.label}`);
  }
  for (const [protocol, { networks }] of Object.entries(recipe.protocols)) {
    for (const name of networks ?? Object.keys(recipe.networks)) {
      if (!Object.hasOwn(recipe.networks, name)) continue;
      const { issues } = v.safeParse(TrainingConfigSchema, mergedTraining(recipe, protocol, name));
      for (const issue of issues ?? []) {
        faults.push(`${protocol}, ${name}: training.${v.getDotPath(issue) ?? ''}: ${issue.message}`);
      }
    }
  }
  if (faults.length > 0) {
    const many = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    throw new EcgError('bad-option', `${where}: ${many}: ${faults.join('; ')}`);
  }
  return recipe;
}

/**
 * The networks a protocol trains, each with its complete training configuration.
 * @throws EcgError `bad-option` for an unknown protocol, or overrides that do not fit
 */
export function networkPlans(recipe: Recipe, protocol: string, where = recipe.name): NetworkPlan[] {
  if (!Object.hasOwn(recipe.protocols, protocol)) {
    const names = Object.keys(recipe.protocols).join(', ');
    throw new EcgError('bad-option', `${where}: there is no protocol '${protocol}', give one of ${names}`);
  }
  return (recipe.protocols[protocol].networks ?? Object.keys(recipe.networks)).map((name) => {
    const { network, input } = recipe.networks[name];
    const merged = mergedTraining(recipe, protocol, name);
    return {
      name,
      network,
      input,
      training: parseStrictly(TrainingConfigSchema, merged, `${where}: ${protocol}, ${name}, training`),
    };
  });
}

/** The recipe's training with the network's laid over it, and the protocol's over both. */
function mergedTraining({ training, networks, protocols }: Recipe, protocol: string, name: string): unknown {
  return overlay(overlay(training, networks[name].training), protocols[protocol].training);
}

/** What a protocol's task is asked to prepare: the recipe's `data` with the protocol's laid over it. */
export function protocolData(recipe: Recipe, protocol: string): unknown {
  return overlay(recipe.data, recipe.protocols[protocol]?.data);
}

/**
 * JSON data with some of it replaced: objects are merged, all else is taken whole. An object with another
 * `kind` is another thing, and is taken whole too.
 */
function overlay(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over === undefined ? base : over;
  if ('kind' in over && over['kind'] !== base['kind']) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = overlay(base[key], value);
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
