import { EcgError, type Random } from '../../core/index.js';
import { shuffle } from '../shuffle.js';
import type { ExampleSet, ExampleSplit } from './example-set.js';

/** Records on each side, `mitdb/100`. */
export interface RecordSplit {
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
}

/**
 * The examples of each side's records; those of other records stand on no side.
 * @throws EcgError `bad-option` when a record stands on two sides, or a side has no example
 */
export function splitByRecord(
  set: Pick<ExampleSet, 'record' | 'records'>,
  sides: RecordSplit,
  where: string,
): ExampleSplit {
  const sideOf = new Map<string, keyof RecordSplit>();
  for (const side of ['train', 'validation', 'test'] as const) {
    for (const id of sides[side]) {
      if (sideOf.has(id)) {
        throw new EcgError(
          'bad-option',
          `${where}: ${id} stands in ${sideOf.get(id)} and in ${side}, name it once`,
        );
      }
      sideOf.set(id, side);
    }
  }
  const own = set.records.map(({ id }) => sideOf.get(id));
  const indices = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  for (let i = 0; i < set.record.length; i++) {
    const side = own[set.record[i]];
    if (side !== undefined) indices[side].push(i);
  }
  for (const [side, own] of Object.entries(indices)) {
    if (own.length === 0) {
      throw new EcgError('bad-option', `${where}: no example for ${side}, name records that hold some`);
    }
  }
  return {
    train: Int32Array.from(indices.train),
    validation: Int32Array.from(indices.validation),
    test: Int32Array.from(indices.test),
  };
}

/**
 * Some of each class at random, blind to patients.
 *
 * @param among   indices into the set
 * @param share   of each class taken, rounded up
 * @param random  another state takes others
 * @returns       both ascending
 */
export function takeShare(
  set: Pick<ExampleSet, 'label' | 'classes'>,
  among: Int32Array,
  share: number,
  random: Random,
): { readonly taken: Int32Array; readonly left: Int32Array } {
  const taken: number[] = [];
  const left: number[] = [];
  for (let label = 0; label < set.classes.length; label++) {
    const own = shuffle(
      among.filter((i) => set.label[i] === label),
      random,
    );
    const count = Math.ceil(own.length * share);
    own.forEach((example, i) => {
      (i < count ? taken : left).push(example);
    });
  }
  return { taken: Int32Array.from(taken).sort(), left: Int32Array.from(left).sort() };
}
