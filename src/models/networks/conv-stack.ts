import {
  type Builder,
  batchNorm,
  conv1d,
  conv2d,
  fromSignals,
  maxPool,
  maxPool1d,
  relu,
  reshape,
  toSignals,
  type Value,
} from '../../nn/index.js';
import type { Convs } from './sizes.js';

// Grad-CAM asks for the slope of a logit by the map. So the map is made by a ReLU that all that follows reads: a
// reshaped copy beside the path would have none.

/** Signals in the layout of the convolutions as [N, C, 1, L], whatever the graph is for. */
export function placed(b: Builder, x: Value): Value {
  return reshape(toSignals(b, x), [-1, x.shape[1], 1, x.shape[3]]);
}

/** Signals [N, C, L] through convolutions, each pooled; the last activation, [N, C', 1, L']. */
export function convStack1d(b: Builder, x: Value, convs: Convs, norm: boolean): Value {
  let h = fromSignals(b, x);
  convs.forEach(({ channels, kernel, pool }, i) => {
    h = conv1d(b, `conv${i}`, h, { channels, kernel, bias: !norm });
    if (norm) h = batchNorm(b, `conv${i}.norm`, h);
    // The maximum of ReLUs is the ReLU of the maximum, at a part of the work.
    if (pool > 1) h = maxPool1d(h, pool);
    h = relu(i === convs.length - 1 ? placed(b, h) : h);
  });
  return h;
}

/** Pictures [N, C, H, W] through convolutions, each pooled; the last activation, [N, C', H', W']. */
export function convStack2d(b: Builder, x: Value, convs: Convs, norm: boolean): Value {
  let h = x;
  convs.forEach(({ channels, kernel, pool }, i) => {
    h = conv2d(b, `conv${i}`, h, { channels, kernel: [kernel, kernel], bias: !norm });
    if (norm) h = batchNorm(b, `conv${i}.norm`, h);
    if (pool > 1) h = maxPool(h, [pool, pool]);
    h = relu(h);
  });
  return h;
}
