import { buildNetwork, meanNetwork } from '../../../models/index.js';
import { add, constant, type Network } from '../../../nn/index.js';
import type { ExampleSet } from '../../examples/example-set.js';
import type { TrainedNumbers } from '../../loop/training-loop.js';
import type { NetworkPlan } from '../recipe.js';

/**
 * Trained networks of several seeds as one, the mean of their logits, with its numbers.
 * @param offsets  added to the logits, one a class
 */
export function joinMembers(
  plan: Pick<NetworkPlan, 'network'>,
  set: Pick<ExampleSet, 'shape' | 'classes'>,
  members: readonly TrainedNumbers[],
  offsets: readonly number[],
): { readonly network: Network; readonly numbers: TrainedNumbers } {
  const single = buildNetwork(plan.network, { shape: set.shape, classes: set.classes.length });
  const joint = members.length === 1 ? single : meanNetwork(single, members.length);
  const network: Network = (b, inputs) => ({
    logits: add(joint(b, inputs)['logits'], constant(offsets, [offsets.length])),
  });
  const joined = (of: keyof TrainedNumbers): Float32Array => {
    const all = new Float32Array(members.reduce((sum, member) => sum + member[of].length, 0));
    let at = 0;
    for (const member of members) {
      all.set(member[of], at);
      at += member[of].length;
    }
    return all;
  };
  return {
    network,
    numbers: { parameters: joined('parameters'), statistics: joined('statistics') },
  };
}
