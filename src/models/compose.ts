import type { SpanBeats } from './beat-windows.js';
import type { InputContract, InputShape } from './contract.js';
import { writeRatios } from './rr-features.js';
import { writeStatistics } from './rr-statistics.js';

/** Input tensors of a network, row-major. */
export interface InputBatch {
  /** Index of the first beat in the recording and one past the last. */
  readonly from: number;
  readonly to: number;
  /** [to − from, channels, length]. */
  readonly waves: Float32Array;
  /** [to − from, features]. */
  readonly features: Float32Array;
}

/** What a beat's features need to know of its neighbours; one row a beat of the recording. */
export interface BeatTable {
  /** RR before each beat and its mean, s. */
  readonly before: Float64Array;
  readonly mean: Float64Array;
  /** [beats, likenessPerBeat]. */
  readonly likeness: Float32Array;
  /** [beats, leads]. */
  readonly present: Uint8Array;
}

/** What training does to a beat before it is composed; nothing when omitted. */
export interface Disturbance {
  /** Grid samples by which the window is read off centre, within the stored margin. */
  readonly shift: number;
  /** Factor of each lead. */
  readonly gain: readonly number[];
  /** 0 for a lead that is taken away. */
  readonly keep: readonly number[];
  /** Intervals that replace `table.before`. */
  readonly before: Float64Array;
}

/**
 * One beat's rows of the network's input: the leads, their differences from the template, and the features.
 *
 * @param beat  index in the recording; `span` holds it
 * @param row   row of `waves` and `features` to write
 */
export function composeBeat(
  contract: InputContract,
  shape: InputShape,
  table: BeatTable,
  span: SpanBeats,
  beat: number,
  waves: Float32Array,
  features: Float32Array,
  row: number,
  disturbance?: Disturbance,
): void {
  const leads = contract.leads.count;
  const size = shape.channels * shape.length;
  const local = beat - span.from;
  const offset = span.peak - shape.peak + (disturbance?.shift ?? 0);
  for (let lead = 0; lead < leads; lead++) {
    const out = row * size + lead * shape.length;
    const keep = span.present[local * leads + lead] * (disturbance?.keep[lead] ?? 1);
    if (keep === 0) {
      waves.fill(0, out, out + shape.length);
      if (contract.template.difference) {
        waves.fill(0, out + leads * shape.length, out + (leads + 1) * shape.length);
      }
      continue;
    }
    const gain = disturbance?.gain[lead] ?? 1;
    const wave = (local * leads + lead) * span.length + offset;
    const template = lead * span.length + offset;
    for (let k = 0; k < shape.length; k++) {
      const x = span.windows[wave + k];
      waves[out + k] = clip(x * gain, contract.clip);
      if (contract.template.difference) {
        const difference = (x - span.template[template + k]) * gain;
        waves[out + leads * shape.length + k] = clip(difference, contract.clip);
      }
    }
  }
  composeFeatures(contract, shape, table, beat, features, row, disturbance);
}

function composeFeatures(
  contract: InputContract,
  shape: InputShape,
  table: BeatTable,
  beat: number,
  features: Float32Array,
  row: number,
  disturbance?: Disturbance,
): void {
  const leads = contract.leads.count;
  const at = row * shape.features;
  const { ratios, statistics, likeness, present } = shape.groups;
  writeRatios(disturbance?.before ?? table.before, table.mean, beat, contract.rr, features, at + ratios.from);
  const own = features.subarray(at + ratios.from, at + ratios.to);
  writeStatistics(own, contract.rr.statistics, features, at + statistics.from);
  for (let k = 0; k < own.length; k++) own[k] = Math.log(own[k]);
  if (contract.likeness !== null) {
    const { reach } = contract.likeness;
    const figures = shape.likenessPerBeat;
    const perLead = figures / leads;
    const beats = table.present.length / leads;
    const steps = 2 * reach + 1;
    // Rows are figures, columns beats, so that a convolution can run along the beats.
    for (let k = -reach; k <= reach; k++) {
      const other = beat + k;
      for (let figure = 0; figure < figures; figure++) {
        const keep = disturbance?.keep[Math.floor(figure / perLead)] ?? 1;
        features[at + likeness.from + figure * steps + k + reach] =
          other < 0 || other >= beats ? 0 : table.likeness[other * figures + figure] * keep;
      }
    }
  }
  for (let lead = 0; lead < leads; lead++) {
    features[at + present.from + lead] = table.present[beat * leads + lead] * (disturbance?.keep[lead] ?? 1);
  }
}

function clip(x: number, most: number): number {
  return Math.min(most, Math.max(-most, x));
}
