import { add, divide, type Network, scoped } from '../../nn/index.js';

/**
 * Several networks of one architecture as one: the mean of their logits. Their numbers follow each other, those of
 * the first first.
 */
export function meanNetwork(network: Network, members: number): Network {
  return (b, inputs) => {
    const logits = Array.from(
      { length: members },
      (_, i) => network(scoped(b, `member${i}`), inputs)['logits'],
    );
    return { logits: divide(logits.reduce(add), members) };
  };
}
