import { EcgError } from '../../core/index.js';
import { JOINT, parseRecipe, type Recipe } from './recipe.js';

/** Which part of a recipe a run is about. */
export interface RecipeSelection {
  /** The recipe's first when omitted. */
  readonly protocol?: string;
  /** All of the protocol's when omitted. */
  readonly networks?: readonly string[];
  /** The protocol's when omitted. */
  readonly seeds?: readonly number[];
  /** Every n-th example; the recipe's when omitted. */
  readonly every?: number;
  /** Epochs of every training at most, a search's too; the recipe's when omitted. */
  readonly epochs?: number;
}

/**
 * The recipe cut down to one protocol and what is asked for of it: all that decides a run stands in it.
 * @throws EcgError `bad-option` for a protocol or network the recipe does not have
 */
export function selectRecipe(recipe: Recipe, selection: RecipeSelection): Recipe {
  const protocol = selection.protocol ?? Object.keys(recipe.protocols)[0];
  if (!Object.hasOwn(recipe.protocols, protocol)) {
    const names = Object.keys(recipe.protocols).join(' or ');
    throw new EcgError(
      'bad-option',
      `${recipe.name}: there is no protocol '${protocol}'; give --protocol ${names}`,
    );
  }
  const chosen = recipe.protocols[protocol];
  const trained = chosen.networks ?? Object.keys(recipe.networks);
  for (const name of selection.networks ?? []) {
    if (!trained.includes(name)) {
      throw new EcgError(
        'bad-option',
        `${recipe.name}: protocol ${protocol} has no network '${name}'; give --network ${trained.join(' or ')}`,
      );
    }
  }
  const names = trained.filter((name) => selection.networks?.includes(name) ?? true);
  const has = (name: string): boolean => names.includes(name);
  const limit = <T extends object>(part: T): T =>
    selection.epochs !== undefined && 'epochs' in part && typeof part.epochs === 'number'
      ? { ...part, epochs: Math.min(part.epochs, selection.epochs) }
      : part;
  const { ensemble, paired, search } = recipe;
  return parseRecipe(
    {
      ...recipe,
      every: selection.every ?? recipe.every,
      training: limit(recipe.training),
      networks: Object.fromEntries(
        names.map((name) => {
          const network = recipe.networks[name];
          return [name, { ...network, training: limit(network.training) }];
        }),
      ),
      protocols: {
        [protocol]: {
          networks: names,
          by: chosen.by,
          seeds: selection.seeds ?? chosen.seeds,
          training: limit(chosen.training),
          data: chosen.data,
        },
      },
      ensemble: ensemble?.every(has) ? ensemble : null,
      search: search && limit(search),
      paired: paired && [paired.baseline, ...paired.against].every(has) ? paired : null,
      published: recipe.published.flatMap((row) =>
        row.figures[protocol] === undefined || !(JOINT.includes(row.network) || has(row.network))
          ? []
          : [{ ...row, figures: { [protocol]: row.figures[protocol] } }],
      ),
    },
    recipe.name,
  );
}
