import { EcgError } from '../../core/index.js';
import { type Builder, input, reshape, type Shape, slice, type Value } from '../../nn/index.js';

/**
 * A builder whose parameters are those of another training: pieces of its flat vector, which this graph reads and
 * does not train. Networks with running statistics or dropout cannot be built with it.
 */
export function borrowed(vector: Value): Builder {
  let end = 0;
  return builderOf((_, shape) => {
    const start = end;
    end += sizeOf(shape);
    return reshape(slice(vector, 0, start, end), shape);
  });
}

/** How many numbers the flat vector of a network's parameters has. */
export function countParameters(build: (b: Builder) => unknown): number {
  let total = 0;
  build(
    builderOf((name, shape) => {
      total += sizeOf(shape);
      return input(name, shape);
    }),
  );
  return total;
}

/** The builder, giving the same parameter each time a name is asked for: one network on several inputs. */
export function reused(b: Builder): Builder {
  const known = new Map<string, Value>();
  return {
    ...b,
    parameter(name, ...rest) {
      const value = known.get(name) ?? b.parameter(name, ...rest);
      known.set(name, value);
      return value;
    },
  };
}

function builderOf(parameter: Builder['parameter']): Builder {
  const refuse = (name: string): never => {
    throw new EcgError(
      'unsupported',
      `gan: ${name} keeps statistics or masks, build the networks of convolutions, dense layers and layer norms`,
    );
  };
  return { training: true, parameter, statistics: refuse, observe: refuse, mask: refuse };
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}
