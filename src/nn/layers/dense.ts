import type { Builder } from '../builder.js';
import type { Value } from '../graph.js';
import { filled, glorotUniform, type Initialiser } from '../initialisers.js';
import { add } from '../ops/elementwise.js';
import { matmul } from '../ops/matmul.js';

/** A linear map of the last axis. */
export interface DenseOptions {
  readonly units: number;
  readonly bias?: boolean;
  /** Glorot's uniform when omitted. */
  readonly initialise?: Initialiser;
}

/** x [… , I] to [… , units] by a learned matrix [I, units] and bias. */
export function dense(
  b: Builder,
  name: string,
  x: Value,
  { units, bias = true, initialise }: DenseOptions,
): Value {
  const width = x.shape[x.shape.length - 1];
  const weight = b.parameter(`${name}.weight`, [width, units], initialise ?? glorotUniform(width, units));
  const product = matmul(x, weight);
  return bias ? add(product, b.parameter(`${name}.bias`, [units], filled(0), { decay: false })) : product;
}
