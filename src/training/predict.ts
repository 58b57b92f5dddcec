import { BEAT_CLASSES } from '../core/index.js';
import { type InputContract, inputShape } from '../models/index.js';
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
  const logits = new Float32Array(set.label.length * kinds);
  try {
    for (let from = 0; from < set.label.length; from += ROWS) {
      const to = Math.min(set.label.length, from + ROWS);
      const { waves, features } = composeRange(set, contract, from, to, lead);
      const outputs = await session.run({
        waves: { data: waves, shape: [to - from, shape.channels, shape.length] },
        features: { data: features, shape: [to - from, shape.features] },
      });
      logits.set(outputs['logits'].data as Float32Array, from * kinds);
    }
  } finally {
    await session.release();
  }
  return logits;
}
