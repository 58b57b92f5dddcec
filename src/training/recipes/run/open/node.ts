import { join } from 'node:path';
import { EcgError, type RunOptions } from '../../../../core/index.js';
import { buildNetwork } from '../../../../models/index.js';
import type { Network } from '../../../../nn/index.js';
import { readExampleJobResult } from '../../../jobs/examples/node.js';
import { readRecipe } from '../../read/node.js';
import { networkPlans } from '../../recipe.js';
import type { Prepared, TaskFolders } from '../../task.js';
import { prepareExamples } from '../../tasks/node.js';

/** A network of a finished run, with its numbers and the examples it was trained, chosen and tested on. */
export interface RunNetwork {
  readonly name: string;
  readonly network: Network;
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly prepared: Prepared;
}

/**
 * The networks of a finished run, first seed.
 * @throws EcgError `not-found` when the folder holds no run, or one that is not finished; what preparing throws
 */
export async function openRunNetworks(
  folder: string,
  options: TaskFolders & RunOptions,
): Promise<RunNetwork[]> {
  const read = await readRecipe(join(folder, 'config.json'));
  if (read.kind !== 'examples') {
    throw new EcgError(
      'unsupported',
      `${folder} is a run of the network of ${read.kind}, give one of a recipe over examples`,
    );
  }
  const { recipe } = read;
  const [protocol] = Object.keys(recipe.protocols);
  const [seed] = recipe.protocols[protocol].seeds;
  const networks: RunNetwork[] = [];
  for (const { name, network, input } of networkPlans(recipe, protocol)) {
    const result = await readExampleJobResult(join(folder, name, `seed-${seed}`));
    if (result === undefined) {
      throw new EcgError(
        'not-found',
        `${folder} has no trained network ${name}; go on with "ectopy train --resume"`,
      );
    }
    const prepared = await prepareExamples(recipe, protocol, input, options, null, options);
    const { shape, classes } = prepared.set;
    networks.push({
      name,
      network: buildNetwork(network, { shape, classes: classes.length }),
      parameters: result.parameters,
      statistics: result.statistics,
      prepared,
    });
  }
  return networks;
}
