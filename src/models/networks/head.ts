import { type Builder, dense, dropout, relu, type Value } from '../../nn/index.js';

/** Features [N, F] through one hidden layer and dropout behind it: logits [N, classes]. */
export function head(
  b: Builder,
  features: Value,
  { hidden, dropout: share, classes }: { hidden: number; dropout: number; classes: number },
): Value {
  const inner = relu(dense(b, 'hidden', features, { units: hidden }));
  return dense(b, 'logits', dropout(b, 'dropout', inner, share), { units: classes });
}
