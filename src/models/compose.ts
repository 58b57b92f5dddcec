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

/**
 * One beat's rows before they are finished: the leads, their differences from the template, the RR ratios as
 * ratios, the likeness figures and the presence. Training disturbs these rows.
 *
 * @param beat   index in the recording; `span` holds it
 * @param row    row of `waves` and `features` to write
 * @param shift  grid samples by which the window is read off centre, within the stored margin
 */
export function writeBeat(
  contract: InputContract,
  shape: InputShape,
  table: BeatTable,
  span: SpanBeats,
  beat: number,
  waves: Float32Array,
  features: Float32Array,
  row: number,
  shift: number,
): void {
  const leads = contract.leads.count;
  const local = beat - span.from;
  const offset = span.peak - shape.peak + shift;
  for (let lead = 0; lead < leads; lead++) {
    const out = (row * shape.channels + lead) * shape.length;
    const differences = out + leads * shape.length;
    const there = span.present[local * leads + lead] === 1;
    const wave = (local * leads + lead) * span.length + offset;
    const template = lead * span.length + offset;
    for (let k = 0; k < shape.length; k++) {
      const x = there ? span.windows[wave + k] : 0;
      waves[out + k] = x;
      if (contract.template.difference) {
        waves[differences + k] = there ? x - span.template[template + k] : 0;
      }
    }
  }
  const at = row * shape.features;
  const { ratios, likeness, present } = shape.groups;
  writeRatios(table.before, table.mean, beat, contract.rr, features, at + ratios.from);
  if (contract.likeness !== null) {
    const { reach } = contract.likeness;
    const figures = shape.likenessPerBeat;
    const beats = table.present.length / leads;
    const steps = 2 * reach + 1;
    // Rows are figures, columns beats, so that a convolution can run along the beats.
    for (let k = -reach; k <= reach; k++) {
      const other = beat + k;
      const known = other >= 0 && other < beats;
      for (let figure = 0; figure < figures; figure++) {
        features[at + likeness.from + figure * steps + k + reach] = known
          ? table.likeness[other * figures + figure]
          : 0;
      }
    }
  }
  for (let lead = 0; lead < leads; lead++) {
    features[at + present.from + lead] = table.present[beat * leads + lead];
  }
}

/** Turns rows of `writeBeat` into a network's input: statistics of the ratios, their logarithms, clipped waves. */
export function finishBeat(
  contract: InputContract,
  shape: InputShape,
  waves: Float32Array,
  features: Float32Array,
  row: number,
): void {
  const at = row * shape.features;
  const { ratios, statistics } = shape.groups;
  const own = features.subarray(at + ratios.from, at + ratios.to);
  const [least, most] = contract.rr.clip;
  for (let k = 0; k < own.length; k++) own[k] = Math.min(most, Math.max(least, own[k]));
  writeStatistics(own, contract.rr.statistics, features, at + statistics.from);
  writeNeighbourhood(contract, shape, features, at, at + statistics.from + contract.rr.statistics.length);
  for (let k = 0; k < own.length; k++) own[k] = Math.log(own[k]);
  const size = shape.channels * shape.length;
  const { clip } = contract;
  for (let k = row * size; k < (row + 1) * size; k++) waves[k] = Math.min(clip, Math.max(-clip, waves[k]));
}

/** The mean likeness of the neighbours in some zones, and by how much the beat's own exceeds it. */
function writeNeighbourhood(
  contract: InputContract,
  shape: InputShape,
  features: Float32Array,
  row: number,
  out: number,
): void {
  if (contract.likeness === null) return;
  const { reach, zones, neighbourhood } = contract.likeness;
  const steps = 2 * reach + 1;
  let at = out;
  for (const name of neighbourhood) {
    const zone = zones.findIndex((z) => z.name === name);
    for (let lead = 0; lead < contract.leads.count; lead++) {
      const from = row + shape.groups.likeness.from + (lead * zones.length + zone) * 2 * steps;
      let sum = 0;
      for (let k = 0; k < steps; k++) if (k !== reach) sum += features[from + k];
      const mean = sum / Math.max(1, steps - 1);
      features[at++] = mean;
      features[at++] = features[from + reach] - mean;
    }
  }
}
