import { BEAT_CLASSES } from '../core/index.js';
import { forwardOf, type InputBatch, type InputContract, inputShape, predictBeats } from '../models/index.js';
import type { Runtime } from '../nn/index.js';
import { composeRange } from './batches.js';
import type { BeatSet } from './dataset.js';

const ROWS = 1024;

/**
 * Logits [beats, 5] of a set's beats by the network in `bytes`.
 *
 * @param lead  leaves this lead only; all when omitted
 */
export async function predictLogits(
  runtime: Runtime,
  bytes: Uint8Array,
  contract: InputContract,
  set: BeatSet,
  lead?: number,
): Promise<Float32Array> {
  const shape = inputShape(contract);
  const session = await runtime.open(bytes);
  const kinds = BEAT_CLASSES.length;
  const all = new Float32Array(set.label.length * kinds);
  try {
    for (const record of recordRanges(set)) {
      const batches = composed(set, contract, record, lead);
      const forward = forwardOf(session, shape);
      for await (const { batch, logits } of predictBeats([forward], batches, contract, shape))
        all.set(logits[0], batch.from * kinds);
    }
  } finally {
    await session.release();
  }
  return all;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The beats of each record of a set: only they can share a shape. */
function* recordRanges({ record }: BeatSet): Generator<Range> {
  for (let from = 0; from < record.length; ) {
    let to = from + 1;
    while (to < record.length && record[to] === record[from]) to++;
    yield { from, to };
    from = to;
  }
}

function* composed(
  set: BeatSet,
  contract: InputContract,
  range: Range,
  lead: number | undefined,
): Generator<InputBatch> {
  for (let from = range.from; from < range.to; from += ROWS) {
    const to = Math.min(range.to, from + ROWS);
    yield { from, to, ...composeRange(set, contract, from, to, lead) };
  }
}
