import { EcgError, inPortions } from '../../core/index.js';
import type { Tensor } from '../../nn/index.js';
import type { Datatype, InferenceRequest, InferenceResponse } from '../contract/inference.js';
import type { Tensors } from './batch-queue.js';
import type { ServedModel } from './model-host.js';

/** Bits of each type of whole numbers; below 0 with a sign. */
const WHOLE: Partial<Record<Datatype, number>> = {
  INT8: -8,
  INT16: -16,
  INT32: -32,
  INT64: -64,
  UINT8: 8,
  UINT16: 16,
  UINT32: 32,
  UINT64: 64,
};

/**
 * The tensors of a request in single precision.
 * @throws EcgError `bad-shape` for data that are not as many numbers as their shape says, or not of their type;
 *   `bad-option` for a name that stands twice
 */
export function readTensors(inputs: InferenceRequest['inputs']): Tensors {
  const tensors: Record<string, Tensor> = {};
  for (const { name, shape, datatype, data } of inputs) {
    if (Object.hasOwn(tensors, name))
      throw new EcgError('bad-option', `inference: input ${name} stands twice, give it once`);
    const size = shape.reduce((product, n) => product * n, 1);
    // The body was small; a shape costs nothing to claim.
    const room = new Float32Array(Math.min(size, countNumbers(data)));
    const count = fill(room, 0, data, isOfType(datatype), name, datatype);
    if (count !== size)
      throw new EcgError(
        'bad-shape',
        `inference: input ${name} has ${count} numbers, its shape [${shape}] holds ${size}`,
      );
    Object.defineProperty(tensors, name, {
      value: { data: room, shape } satisfies Tensor,
      enumerable: true,
    });
  }
  return tensors;
}

/** Numbers of nested lists, all of their depth as their first one. */
function countNumbers(data: readonly unknown[]): number {
  let count = 0;
  const lists: (readonly unknown[])[] = [data];
  for (let list = lists.pop(); list !== undefined; list = lists.pop())
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      if (Array.isArray(item)) lists.push(item);
      else count++;
    }
  return count;
}

type OfType = (value: number) => boolean;

/** Writes the numbers of nested lists in row-major order; tells where the next one goes. */
function fill(
  room: Float32Array,
  from: number,
  data: readonly unknown[],
  ofType: OfType,
  name: string,
  datatype: Datatype,
): number {
  let at = from;
  for (let i = 0; i < data.length; i++) {
    const item = data[i];
    if (Array.isArray(item)) at = fill(room, at, item, ofType, name, datatype);
    else if (typeof item === 'number' && ofType(item)) room[at++] = item;
    else
      throw new EcgError(
        'bad-shape',
        `inference: item ${at} of input ${name} is ${String(JSON.stringify(item)).slice(0, 40)}, give numbers of type ${datatype}`,
      );
  }
  return at;
}

function isOfType(datatype: Datatype): OfType {
  const bits = WHOLE[datatype];
  if (bits === undefined) return Number.isFinite;
  const [low, high] = bits < 0 ? [-(2 ** (-bits - 1)), 2 ** (-bits - 1) - 1] : [0, 2 ** bits - 1];
  return (value) => Number.isInteger(value) && value >= low && value <= high;
}

/** Numbers between two looks at the clock. */
const PORTION = 4096;

/** The JSON of an answer of the protocol: `head` and the tensors, the numbers in portions with breaths between them. */
export async function writeAnswer(
  head: Omit<InferenceResponse, 'outputs'>,
  tensors: Tensors,
  names: readonly string[],
): Promise<string> {
  const outputs: string[] = [];
  for (const name of names) {
    const { data, shape } = tensors[name] as Tensor;
    const parts: string[] = [];
    await inPortions(
      0,
      data.length,
      (from, to) => {
        parts.push(data.subarray(from, to).join());
      },
      PORTION,
    );
    const described = JSON.stringify({ name, shape, datatype: 'FP32' });
    outputs.push(`${described.slice(0, -1)},"data":[${parts.join()}]}`);
  }
  return `${JSON.stringify(head).slice(0, -1)},"outputs":[${outputs.join()}]}`;
}

/**
 * The outputs that are wanted, all when none is named.
 * @throws EcgError `not-found` for a name that the model does not give
 */
export function wantedOutputs(model: ServedModel, outputs: InferenceRequest['outputs']): string[] {
  const all = model.outputs.map(({ name }) => name);
  if (outputs === undefined || outputs.length === 0) return all;
  for (const { name } of outputs)
    if (!all.includes(name))
      throw new EcgError(
        'not-found',
        `inference: ${model.name} has no output ${name}, take ${all.join(', ')}`,
      );
  return [...new Set(outputs.map(({ name }) => name))];
}
