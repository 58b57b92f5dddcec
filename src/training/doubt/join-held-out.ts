import type { HeldOut } from '../calibration.js';

/** Held-out beats of several cross-validations or validations, one after the other; their records must differ. */
export function joinHeldOut(parts: readonly HeldOut[]): HeldOut {
  const beats = parts.reduce((sum, { set }) => sum + set.label.length, 0);
  const logits = new Float32Array(parts.reduce((sum, part) => sum + part.logits.length, 0));
  const record = new Int32Array(beats);
  const beat = new Int32Array(beats);
  const label = new Int8Array(beats);
  const records: HeldOut['set']['records'][number][] = [];
  let at = 0;
  let atLogit = 0;
  for (const { set, logits: own } of parts) {
    logits.set(own, atLogit);
    beat.set(set.beat, at);
    label.set(set.label, at);
    for (let i = 0; i < set.record.length; i++) record[at + i] = set.record[i] + records.length;
    records.push(...set.records);
    at += set.label.length;
    atLogit += own.length;
  }
  return { logits, set: { records, record, beat, label } };
}
