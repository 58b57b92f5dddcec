import { createRandom, type Random } from '../core/index.js';
import {
  composeBeat,
  type Disturbance,
  type InputContract,
  type InputShape,
  inputShape,
  type SpanBeats,
} from '../models/index.js';
import type { BeatSet, TrainingRecord } from './dataset.js';
import type { BeatRecipe } from './recipe.js';
import type { Sampler } from './sampler.js';

/** Input of one step. */
export interface TrainingBatch {
  readonly waves: Float32Array;
  readonly features: Float32Array;
  /** Indices into the set. */
  readonly chosen: Int32Array;
}

/**
 * Random batches of a set; batch `step` of a seed is the same whenever it is asked for.
 */
export function createBatches(
  set: BeatSet,
  sampler: Sampler,
  recipe: Pick<BeatRecipe, 'input' | 'augmentation' | 'training'>,
  seed: number,
): (step: number) => TrainingBatch {
  const contract = recipe.input;
  const shape = inputShape(contract);
  const size = recipe.training.batchSize;
  const scratch = new Float64Array(Math.max(...set.records.map((r) => r.prepared.times.length)));
  return (step) => {
    // A generator a step: resuming needs no generator's state.
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    const waves = new Float32Array(size * shape.channels * shape.length);
    const features = new Float32Array(size * shape.features);
    const chosen = new Int32Array(size);
    for (let row = 0; row < size; row++) {
      const i = sampler.draw(random);
      chosen[row] = i;
      const record = set.records[set.record[i]];
      const beat = set.beat[i];
      const disturbance = disturb(record, beat, contract, recipe.augmentation, random, scratch);
      writeBeat(record, beat, contract, shape, waves, features, row, disturbance);
    }
    return { waves, features, chosen };
  };
}

/** Beats `from`…`to − 1` of a set, undisturbed; `lead` leaves only one lead. */
export function composeRange(
  set: BeatSet,
  contract: InputContract,
  from: number,
  to: number,
  lead?: number,
): { waves: Float32Array; features: Float32Array } {
  const shape = inputShape(contract);
  const waves = new Float32Array((to - from) * shape.channels * shape.length);
  const features = new Float32Array((to - from) * shape.features);
  for (let i = from; i < to; i++) {
    const record = set.records[set.record[i]];
    const only: Disturbance | undefined =
      lead === undefined
        ? undefined
        : {
            shift: 0,
            gain: new Array<number>(contract.leads.count).fill(1),
            keep: Array.from({ length: contract.leads.count }, (_, k) => (k === lead ? 1 : 0)),
            before: record.prepared.table.before,
          };
    writeBeat(record, set.beat[i], contract, shape, waves, features, i - from, only);
  }
  return { waves, features };
}

function writeBeat(
  record: TrainingRecord,
  beat: number,
  contract: InputContract,
  shape: InputShape,
  waves: Float32Array,
  features: Float32Array,
  row: number,
  disturbance?: Disturbance,
): void {
  const { spans, table } = record.prepared;
  const span = spans.find((s) => beat < s.to) as SpanBeats;
  composeBeat(contract, shape, table, span, beat, waves, features, row, disturbance);
}

/** What happens to one beat; `scratch` holds its disturbed intervals until the next call. */
function disturb(
  record: TrainingRecord,
  beat: number,
  contract: InputContract,
  { gain, leadDropout, shift, jitter }: BeatRecipe['augmentation'],
  random: Random,
  scratch: Float64Array,
): Disturbance {
  const leads = contract.leads.count;
  const keep = new Array<number>(leads).fill(1);
  if (leads > 1 && random.next() < leadDropout) keep[random.integer(leads)] = 0;
  const gains = keep.map(() => 1 + gain * (2 * random.next() - 1));
  const { before } = record.prepared.table;
  const { reach } = contract.rr;
  let error = jitter * random.normal();
  for (let k = Math.max(0, beat - reach); k <= Math.min(before.length - 1, beat + reach); k++) {
    const next = jitter * random.normal();
    scratch[k] = before[k] + next - error;
    error = next;
  }
  // Ends of the record stay unknown: nothing is written there, and NaN is what reading outside must give.
  const from = Math.max(0, beat - reach);
  return {
    shift: shift === 0 ? 0 : random.integer(2 * shift + 1) - shift,
    gain: gains,
    keep,
    before: scratch.subarray(0, Math.min(before.length, Math.max(from, beat + reach + 1))),
  };
}
