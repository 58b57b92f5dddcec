import type { TrainingEvent } from '../events.js';
import type { FoldChoice } from '../examples/fold-split.js';
import type { BeatRecipe } from '../recipe.js';
import type { Recipe } from '../recipes/recipe.js';

/** One network to train in a worker; plain data, sent to it. */
export type Job = TrainingJob | ExampleJob;

/** What jobs of every kind say of themselves. */
interface JobPlace {
  /** What events call it: `seed 1`, `fold 2, seed 1`. */
  readonly run: string;
  /** Its own folder: checkpoint, result, learning curve. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly checkpointSteps: number;
}

/** A network over examples: windows, pictures. */
export interface ExampleJob extends JobPlace {
  readonly kind: 'examples';
  readonly recipe: Recipe;
  readonly protocol: string;
  /** Of the recipe's networks. */
  readonly network: string;
  readonly seed: number;
  /** Replaces the protocol's split; the held-out examples' logits are part of the result. Null for none. */
  readonly fold: FoldChoice | null;
}

/** A beat network. */
export interface TrainingJob extends JobPlace {
  readonly kind: 'beats';
  readonly recipe: BeatRecipe;
  readonly seed: number;
  /** Record ids trained on. */
  readonly train: readonly string[];
  /** Record ids held out, whose beats' logits the job returns; none when empty. */
  readonly heldOut: readonly string[];
  /** Record ids scored after every epoch, every n-th beat; none when empty. */
  readonly validate: readonly string[];
  readonly validateEvery: number;
}

/** What a worker is given. */
export interface JobData {
  readonly job: Job;
  /** Shared; its first number is 1 once the job shall stop. */
  readonly stop: Int32Array;
}

/** What a worker says. */
export type JobMessage =
  | { readonly kind: 'event'; readonly event: TrainingEvent }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string };
