import type * as v from 'valibot';
import type { Network } from '../../nn/index.js';

/** What a network is built for: examples of `shape` (without the batch) and this many classes. */
export interface NetworkShape {
  readonly shape: readonly number[];
  readonly classes: number;
}

/**
 * An architecture: the sizes that decide it, and the network they make.
 *
 * The network reads `x` [N, ...shape] and gives `logits` [N, classes] and `map`, the last activation that still
 * has a place in time, [N, channels, 1 or height, time], on which Grad-CAM looks.
 */
export interface NetworkKind<Config> {
  readonly schema: v.GenericSchema<unknown, Config>;
  build(config: Config, shape: NetworkShape): Network;
}
