import type { Random } from '../../core/index.js';
import { encodeModel, type OnnxModel } from './protobuf.js';
import { decodeModel } from './read.js';

const FLOAT = 1;

/**
 * How deep each weight of a file lies: 1 for those whose result goes straight to the output, one more for each
 * further weighted operation on the longest way there.
 *
 * @returns names of constant arrays of two axes or more, and their depths
 * @throws EcgError as `decodeModel`
 */
export function weightDepths(bytes: Uint8Array): ReadonlyMap<string, number> {
  return depthsOf(decodeModel(bytes));
}

/**
 * A network's file with the numbers of each weight up to a depth shuffled: nothing that was learned there is left but
 * how the numbers are distributed.
 *
 * @param depth  see `weightDepths`; all of them for Infinity
 * @throws EcgError as `decodeModel`
 */
export function shuffleWeights(bytes: Uint8Array, depth: number, random: Random): Uint8Array {
  const model = decodeModel(bytes);
  const depths = depthsOf(model);
  const initializers = model.initializers.map((tensor) => {
    if ((depths.get(tensor.name) ?? Number.POSITIVE_INFINITY) > depth) return tensor;
    const numbers = new Float32Array(tensor.bytes.slice().buffer);
    for (let i = numbers.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
    }
    return { ...tensor, bytes: new Uint8Array(numbers.buffer) };
  });
  return encodeModel({ ...model, initializers });
}

function depthsOf({ nodes, initializers }: OnnxModel): Map<string, number> {
  const weights = new Set(
    initializers.filter(({ type, shape }) => type === FLOAT && shape.length >= 2).map(({ name }) => name),
  );
  /** Weighted operations from a value to the output, those that read it included. */
  const after = new Map<string, number>();
  const depths = new Map<string, number>();
  // A file's nodes stand after those they read.
  for (const node of [...nodes].reverse()) {
    const own = node.inputs.filter((name) => weights.has(name));
    const behind = Math.max(0, ...node.outputs.map((name) => after.get(name) ?? 0));
    const depth = behind + (own.length > 0 ? 1 : 0);
    for (const name of own) depths.set(name, Math.max(depth, depths.get(name) ?? 0));
    for (const name of node.inputs) after.set(name, Math.max(depth, after.get(name) ?? 0));
  }
  return depths;
}
