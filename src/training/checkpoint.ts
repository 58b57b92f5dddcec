import { EcgError } from '../core/index.js';
import type { TrainingState } from '../nn/index.js';
import { packArrays, unpackArrays } from './arrays.js';
import type { EpochFigures } from './learning-curve.js';

/** A training as it stands between two steps. */
export interface Checkpoint {
  /** What the training was begun with; another recipe, data set or seed cannot go on from here. */
  readonly identity: string;
  readonly state: TrainingState;
  readonly epochs: readonly EpochFigures[];
  /** Sum of the losses of the epoch under way. */
  readonly lossSum: number;
  /** s trained so far, where that is counted. */
  readonly seconds?: number;
  /** The best epoch's numbers, where they are kept. */
  readonly best?: { readonly parameters: Float32Array; readonly statistics: Float32Array };
}

interface Meta {
  readonly identity: string;
  readonly step: number;
  readonly random: TrainingState['random'];
  readonly slots: readonly string[];
  readonly epochs: readonly EpochFigures[];
  readonly lossSum: number;
  readonly seconds?: number;
}

/** A checkpoint as bytes. */
export function packCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { identity, state, epochs, lossSum, seconds, best } = checkpoint;
  const { parameters, statistics, ema, slots, step, random } = state;
  const meta: Meta = {
    identity,
    step,
    random,
    slots: Object.keys(slots),
    epochs,
    lossSum,
    ...(seconds !== undefined && { seconds }),
  };
  const named = Object.fromEntries(Object.entries(slots).map(([name, data]) => [`slot ${name}`, data]));
  const kept = best && { 'best parameters': best.parameters, 'best statistics': best.statistics };
  return packArrays(meta, { parameters, statistics, ...(ema && { ema }), ...named, ...kept });
}

/**
 * What `packCheckpoint` packed.
 *
 * @param identity  what the training that goes on is made of
 * @throws EcgError `bad-format` for damaged bytes; `bad-option` for another training's checkpoint
 */
export function unpackCheckpoint(bytes: Uint8Array, identity: string, where: string): Checkpoint {
  const { meta, arrays } = unpackArrays(bytes, where);
  const known = meta as Meta;
  if (known.identity !== identity) {
    throw new EcgError(
      'bad-option',
      `${where}: the checkpoint belongs to another recipe, data set or seed (${known.identity}) than this training (${identity}); resume with the same ones, or start anew in another folder`,
    );
  }
  const vector = (name: string): Float32Array => arrays[name] as Float32Array;
  const state: TrainingState = {
    step: known.step,
    random: known.random,
    parameters: vector('parameters'),
    statistics: vector('statistics'),
    slots: Object.fromEntries(known.slots.map((name) => [name, vector(`slot ${name}`)])),
    ...(arrays['ema'] && { ema: vector('ema') }),
  };
  return {
    identity,
    state,
    epochs: known.epochs,
    lossSum: known.lossSum,
    ...(known.seconds !== undefined && { seconds: known.seconds }),
    ...(arrays['best parameters'] && {
      best: { parameters: vector('best parameters'), statistics: vector('best statistics') },
    }),
  };
}

/** A short name of some text: 64 bits of FNV-1a, for telling things apart, not for security. */
export function fingerprint(text: string): string {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 0x01000193);
    low = Math.imul(low ^ (text.charCodeAt(i) + i), 0x85ebca6b) ^ (low >>> 13);
  }
  return [high, low].map((x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
}
