import { EcgError } from '../../core/index.js';
import type { Tensor } from '../../nn/index.js';
import { ServiceFault } from '../fault.js';

/** Tensors by the name of an input or output. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Examples of one request, checked against the network's signature. */
export interface Examples {
  readonly inputs: Tensors;
  /** Examples along the first axis of every input. */
  readonly rows: number;
}

/** How requests are put together. */
export interface BatchQueueOptions {
  /** Runs a network on examples; the outputs have as many rows. */
  readonly run: (model: string, examples: Examples) => Promise<Tensors>;
  /** Examples that go together; a single request of more goes alone. */
  readonly mostRows: number;
  /** Examples that may wait, of all networks together. */
  readonly mostWaiting: number;
  /** Told of every batch that goes. */
  readonly onBatch?: (model: string, rows: number) => void;
}

/** Requests that come while a batch runs wait together and go as one. */
export interface BatchQueue {
  /**
   * The outputs of these examples alone.
   * @throws EcgError `cancelled`; ServiceFault `unavailable` when too many wait; what the network throws
   */
  add(model: string, examples: Examples, signal?: AbortSignal): Promise<Tensors>;
}

interface Waiting extends Examples {
  readonly model: string;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (outputs: Tensors) => void;
  readonly reject: (error: unknown) => void;
}

/** s after which a client that found the queue full may come again. */
const RETRY_AFTER_S = 1;

/**
 * A queue that batches by itself: an idle one sends a request at once, a busy one sends all that have come meanwhile.
 * There is no delay to choose: the batch grows with the load.
 *
 * Those of one network go together, in the order in which they came; the network whose request waits longest is next.
 */
export function createBatchQueue({ run, mostRows, mostWaiting, onBatch }: BatchQueueOptions): BatchQueue {
  let waiting: Waiting[] = [];
  let rowsWaiting = 0;
  let busy = false;

  /** What is still wanted; who has gone is told so. */
  const dropCancelled = () => {
    if (!waiting.some(({ signal }) => signal?.aborted === true)) return;
    const kept: Waiting[] = [];
    for (const each of waiting) {
      if (each.signal?.aborted === true) {
        rowsWaiting -= each.rows;
        each.reject(new EcgError('cancelled', 'inference: cancelled'));
      } else kept.push(each);
    }
    waiting = kept;
  };

  const takeBatch = (): Waiting[] => {
    const [first] = waiting;
    if (first === undefined) return [];
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    let rows = 0;
    for (const each of waiting) {
      const fits = each.model === first.model && (rows === 0 || rows + each.rows <= mostRows);
      // Once one of this network does not fit, later ones do not pass it.
      if (fits && !left.some(({ model }) => model === first.model)) {
        batch.push(each);
        rows += each.rows;
      } else left.push(each);
    }
    waiting = left;
    rowsWaiting -= rows;
    return batch;
  };

  const drain = async (): Promise<void> => {
    for (;;) {
      dropCancelled();
      const batch = takeBatch();
      const [first] = batch;
      if (first === undefined) break;
      const together = batch.length === 1 ? first : joinExamples(batch);
      onBatch?.(first.model, together.rows);
      try {
        const outputs = await run(first.model, together);
        answer(batch, outputs, together.rows);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  };

  return {
    add(model, { inputs, rows }, signal) {
      if (rowsWaiting + rows > mostWaiting && rowsWaiting > 0) {
        dropCancelled();
        if (rowsWaiting + rows > mostWaiting && rowsWaiting > 0)
          return Promise.reject(
            new ServiceFault(
              'unavailable',
              `inference: ${rowsWaiting} examples wait already, try again in ${RETRY_AFTER_S} s`,
              { retryAfterS: RETRY_AFTER_S },
            ),
          );
      }
      return new Promise((resolve, reject) => {
        waiting.push({ model, inputs, rows, signal, resolve, reject });
        rowsWaiting += rows;
        if (busy) return;
        busy = true;
        // What arrives in the same turn of the event loop goes together.
        setImmediate(() => void drain());
      });
    },
  };
}

/** The examples of some requests one after another. */
function joinExamples(batch: readonly Examples[]): Examples {
  const rows = batch.reduce((sum, each) => sum + each.rows, 0);
  const inputs: Record<string, Tensor> = {};
  for (const [name, { data, shape }] of Object.entries((batch[0] as Examples).inputs)) {
    const size = data.length / (shape[0] as number);
    const joined = new Float32Array(rows * size);
    let at = 0;
    for (const each of batch) {
      const part = (each.inputs[name] as Tensor).data;
      joined.set(part, at);
      at += part.length;
    }
    inputs[name] = { data: joined, shape: [rows, ...shape.slice(1)] };
  }
  return { inputs, rows };
}

/** Gives each request its rows. */
function answer(batch: readonly Waiting[], outputs: Tensors, rows: number): void {
  if (batch.length === 1) {
    (batch[0] as Waiting).resolve(outputs);
    return;
  }
  const all = Object.entries(outputs);
  let from = 0;
  for (const each of batch) {
    const own: Record<string, Tensor> = {};
    for (const [name, { data, shape }] of all) {
      const size = data.length / rows;
      own[name] = {
        data: data.subarray(from * size, (from + each.rows) * size),
        shape: [each.rows, ...shape.slice(1)],
      };
    }
    from += each.rows;
    each.resolve(own);
  }
}
