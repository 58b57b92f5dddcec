import { BEAT_CLASSES, createRandom, type Random } from '../core/index.js';
import {
  finishBeat,
  type InputContract,
  type InputShape,
  inputShape,
  type SpanBeats,
  writeBeat,
} from '../models/index.js';
import { augmentBeat, type BeatRows, dropLead } from './augment.js';
import type { BeatSet, TrainingRecord } from './dataset.js';
import type { BeatRecipe } from './recipe.js';
import type { Sampler } from './sampler.js';
import { drawHost, transplantBeat } from './transplant.js';

const VENTRICULAR = BEAT_CLASSES.indexOf('V');

/** Input of one step. */
export interface TrainingBatch {
  readonly waves: Float32Array;
  readonly features: Float32Array;
  /** Indices into the set. */
  readonly chosen: Int32Array;
  /** Class of each beat as it is now: a normal beat may have been made premature. */
  readonly labels: Int8Array;
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
  // The beat among whose neighbours beat i stands: itself, or a normal beat for some ventricular ones.
  const hostOf = (i: number, random: Random): number => {
    const { transplant } = recipe.augmentation;
    if (transplant === 0 || set.label[i] !== VENTRICULAR || random.next() >= transplant) return i;
    return drawHost(set, sampler, random) ?? i;
  };
  return (step) => {
    // A generator a step: resuming needs no generator's state.
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    const waves = new Float32Array(size * shape.channels * shape.length);
    const features = new Float32Array(size * shape.features);
    const chosen = new Int32Array(size);
    const labels = new Int8Array(size);
    for (let row = 0; row < size; row++) {
      const i = sampler.draw(random);
      chosen[row] = i;
      const record = set.records[set.record[i]];
      const beat = set.beat[i];
      const shift = recipe.augmentation.shift;
      const off = shift === 0 ? 0 : random.integer(2 * shift + 1) - shift;
      const rows = rowsOf(waves, features, row, shape);
      const host = hostOf(i, random);
      const rhythm = set.records[set.record[host]];
      writeRow(rhythm, set.beat[host], contract, shape, waves, features, row, off);
      if (host !== i) {
        const span = spanOf(record, beat);
        const donor = { span, beat: beat - span.from };
        transplantBeat(rows, donor, spanOf(rhythm, set.beat[host]), contract, shape, off, random);
      }
      const meanRr = rhythm.prepared.table.mean[set.beat[host]];
      labels[row] = augmentBeat(rows, set.label[i], meanRr, contract, shape, recipe.augmentation, random);
      finishBeat(contract, shape, waves, features, row);
    }
    return { waves, features, chosen, labels };
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
    const row = i - from;
    writeRow(record, set.beat[i], contract, shape, waves, features, row, 0);
    if (lead !== undefined) {
      const rows = rowsOf(waves, features, row, shape);
      for (let k = 0; k < contract.leads.count; k++) if (k !== lead) dropLead(rows, k, contract, shape);
    }
    finishBeat(contract, shape, waves, features, row);
  }
  return { waves, features };
}

function writeRow(
  record: TrainingRecord,
  beat: number,
  contract: InputContract,
  shape: InputShape,
  waves: Float32Array,
  features: Float32Array,
  row: number,
  shift: number,
): void {
  const { table } = record.prepared;
  writeBeat(contract, shape, table, spanOf(record, beat), beat, waves, features, row, shift);
}

function spanOf(record: TrainingRecord, beat: number): SpanBeats {
  return record.prepared.spans.find((span) => beat < span.to) as SpanBeats;
}

function rowsOf(waves: Float32Array, features: Float32Array, row: number, shape: InputShape): BeatRows {
  const size = shape.channels * shape.length;
  return {
    waves: waves.subarray(row * size, (row + 1) * size),
    features: features.subarray(row * shape.features, (row + 1) * shape.features),
  };
}
