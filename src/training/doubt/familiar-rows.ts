import { breatheWhenDue } from '../../core/index.js';
import { type InputContract, inputShape } from '../../models/index.js';
import { composeRange } from '../batches.js';
import type { BeatSet } from '../dataset.js';

/** Beats of one record and class at most, evenly taken: a thousand normal beats of one heart say no more. */
const MOST = 200;
/** Every so many beats one stands again with each lead alone, as a network in training sees them now and then. */
const ALONE_EVERY = 4;

/**
 * The leads' prepared samples of beats of some records, [n, leads × length], what `fitFamiliar` takes.
 *
 * @param keep  whether the record of this index takes part
 */
export async function familiarRows(
  set: BeatSet,
  contract: InputContract,
  keep: (record: number) => boolean,
): Promise<Float32Array> {
  const shape = inputShape(contract);
  const width = contract.leads.count * shape.length;
  const rows: Float32Array[] = [];
  for (const group of byRecordAndClass(set, keep)) {
    const step = Math.max(1, group.length / MOST);
    for (let k = 0; k < Math.min(MOST, group.length); k++) {
      const i = group[Math.floor(k * step)];
      rows.push(composeRange(set, contract, i, i + 1).waves.subarray(0, width));
      if (k % ALONE_EVERY === 0 && contract.leads.count > 1) {
        for (let lead = 0; lead < contract.leads.count; lead++) {
          rows.push(composeRange(set, contract, i, i + 1, lead).waves.subarray(0, width));
        }
      }
    }
    await breatheWhenDue();
  }
  const all = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    all.set(row, i * width);
  });
  return all;
}

function byRecordAndClass(set: BeatSet, keep: (record: number) => boolean): number[][] {
  const groups = new Map<string, number[]>();
  for (let i = 0; i < set.label.length; i++) {
    if (!keep(set.record[i])) continue;
    const key = `${set.record[i]} ${set.label[i]}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  }
  return [...groups.values()];
}
