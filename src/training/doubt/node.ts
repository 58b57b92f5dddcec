import { join } from 'node:path';
import { EcgError } from '../../core/index.js';
import { type Forward, forwardOf, inputShape } from '../../models/index.js';
import { exportModel, type Runtime, type Session } from '../../nn/index.js';
import { readJobResult } from '../jobs/run/node.js';
import { networkInputs, plainNetwork } from '../plan.js';
import type { BeatRecipe } from '../recipe.js';

/** The mean of some trained networks, ready to run. */
export interface RunForward {
  readonly forward: Forward;
  close(): Promise<void>;
}

/**
 * The networks of a finished run of a beat recipe, those of each seed averaged: of one fold, which has not seen the
 * fold's patients, or those trained on all.
 *
 * @param fold  0…count − 1; the networks trained on all records when omitted
 * @throws EcgError `not-found` where a network is missing
 */
export async function openRunForward(
  runFolder: string,
  recipe: BeatRecipe,
  runtime: Runtime,
  fold?: number,
): Promise<RunForward> {
  const shape = inputShape(recipe.input);
  const seeds = fold === undefined ? recipe.seeds : recipe.seeds.slice(0, recipe.folds.networks);
  const sessions: Session[] = [];
  for (const seed of seeds) {
    const folder = join(runFolder, fold === undefined ? `seed-${seed}` : `fold-${fold + 1}-seed-${seed}`);
    const result = await readJobResult(folder);
    if (result === undefined) {
      throw new EcgError('not-found', `doubt: no network in ${folder}, finish the run first`);
    }
    const network = { network: plainNetwork(recipe), inputs: networkInputs(recipe) };
    sessions.push(
      await runtime.open(
        exportModel({ ...network, parameters: result.parameters, statistics: result.statistics }),
      ),
    );
  }
  const networks = sessions.map((session) => forwardOf(session, shape));
  return {
    forward: async (waves, features, n) => {
      const mean = new Float32Array(5 * n);
      for (const network of networks) {
        const logits = await network(waves, features, n);
        for (let i = 0; i < mean.length; i++) mean[i] += logits[i] / networks.length;
      }
      return mean;
    },
    close: async () => {
      await Promise.all(sessions.map((session) => session.release()));
    },
  };
}
