import type { PreparedRecord } from '../models/index.js';
import { packArrays, type StoredArray, unpackArrays } from './arrays.js';

interface SpanMeta {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly peak: number;
}

/** A prepared record and its labels as bytes. */
export function packPrepared(prepared: PreparedRecord, labels: Int8Array): Uint8Array {
  const arrays: Record<string, StoredArray> = {
    labels,
    times: prepared.times,
    before: prepared.table.before,
    mean: prepared.table.mean,
    likeness: prepared.table.likeness,
    present: prepared.table.present,
  };
  const spans = prepared.spans.map((span, i): SpanMeta => {
    arrays[`windows ${i}`] = span.windows;
    arrays[`template ${i}`] = span.template;
    arrays[`offset ${i}`] = span.likenessOffset;
    return { from: span.from, to: span.to, length: span.length, peak: span.peak };
  });
  return packArrays({ spans }, arrays);
}

/**
 * What `packPrepared` packed.
 * @throws EcgError `bad-format`
 */
export function unpackPrepared(
  bytes: Uint8Array,
  where: string,
): { prepared: PreparedRecord; labels: Int8Array } {
  const { meta, arrays } = unpackArrays(bytes, where);
  const table = {
    before: arrays['before'] as Float64Array,
    mean: arrays['mean'] as Float64Array,
    likeness: arrays['likeness'] as Float32Array,
    present: arrays['present'] as Uint8Array,
  };
  const beats = arrays['times'].length;
  const figures = beats === 0 ? 0 : table.likeness.length / beats;
  const leads = beats === 0 ? 0 : table.present.length / beats;
  const spans = (meta as { spans: SpanMeta[] }).spans.map((span, i) => ({
    ...span,
    windows: arrays[`windows ${i}`] as Float32Array,
    template: arrays[`template ${i}`] as Float32Array,
    likenessOffset: arrays[`offset ${i}`] as Float32Array,
    present: table.present.subarray(span.from * leads, span.to * leads),
    likeness: table.likeness.subarray(span.from * figures, span.to * figures),
  }));
  return {
    prepared: { table, spans, times: arrays['times'] as Float64Array },
    labels: arrays['labels'] as Int8Array,
  };
}
