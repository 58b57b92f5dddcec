import {
  breatheWhenDue,
  createRandom,
  EcgError,
  type RunOptions,
  throwIfCancelled,
} from '../../core/index.js';
import { countExamples, type ExampleSet, exampleSize } from '../examples/example-set.js';
import { nearestNeighbours } from './nearest-neighbours.js';
import type { TrainingConfig } from './training-config.js';

/** Bytes of made examples that are not exceeded: all memory stays under 2 GB. */
const MOST_BYTES = 2 ** 30;

/**
 * Made examples that fill each rare class up to a share of the largest: each lies at a random point of the line
 * between a training example and one of its nearest neighbours of the same class and the same patient.
 *
 * Every example with such a neighbour is begun from equally often. A patient with a single example of a class adds
 * none to it. Bytes stay bytes, rounded.
 *
 * @param train  the examples to make others of; no other is looked at
 * @throws EcgError `bad-option` naming a class of which no patient has two examples, or when they would take over
 *   1 GiB; `cancelled`
 *
 * Source: Chawla et al., SMOTE, JAIR 16:321–357, 2002, doi:10.1613/jair.953. Departs: neighbours are of one
 * patient, since a beat halfway between two hearts is nobody's; one random number serves all of an example's
 * numbers, as the paper's text has it, not one for each, as its listing does.
 */
export async function smote(
  set: ExampleSet,
  train: Int32Array,
  { share, neighbours }: NonNullable<TrainingConfig['smote']>,
  seed: number,
  options?: RunOptions,
): Promise<ExampleSet> {
  const counts = countExamples(set, train);
  const target = Math.floor(share * Math.max(...counts));
  const wanted = counts.map((n) => Math.max(0, target - n));
  const total = wanted.reduce((sum, n) => sum + n, 0);
  const size = exampleSize(set);
  const bytes = total * size * set.data.BYTES_PER_ELEMENT;
  if (bytes > MOST_BYTES) {
    throw new EcgError(
      'bad-option',
      `smote: ${total} made examples would take ${(bytes / 2 ** 30).toFixed(1)} GiB, over 1 GiB; lower the share of ${share}`,
    );
  }
  const made: ExampleSet = {
    classes: set.classes,
    shape: set.shape,
    data: set.data instanceof Float32Array ? new Float32Array(total * size) : new Uint8Array(total * size),
    label: new Uint8Array(total),
    record: new Uint16Array(total),
    records: set.records,
  };
  let at = 0;
  for (const [c, count] of wanted.entries()) {
    if (count === 0) continue;
    const groups = patientGroups(set, train, c);
    if (groups.length === 0) {
      throw new EcgError(
        'bad-option',
        `smote: no patient has two training examples of class ${set.classes[c]} (${counts[c]} in all), turn SMOTE off or leave the class out`,
      );
    }
    // A generator a class: what is made of one does not depend on the others.
    const random = createRandom(Math.imul(seed + 1, 0x27d4eb2f) + c);
    const starts = groups.flatMap((group) => group.map((example, own) => ({ group, example, own })));
    for (const [place, { group, example, own }] of starts.entries()) {
      // Spread evenly: `count` rounds cut into as many parts as there are starts.
      const times =
        Math.floor(((place + 1) * count) / starts.length) - Math.floor((place * count) / starts.length);
      if (times === 0) continue;
      const near = nearestNeighbours(set.data, size, group, own, neighbours, random);
      for (let k = 0; k < times; k++, at++) {
        between(
          set.data,
          example * size,
          near[random.integer(near.length)] * size,
          random.next(),
          size,
          made.data,
          at * size,
        );
        made.label[at] = c;
        made.record[at] = set.record[example];
      }
      throwIfCancelled(options, 'smote');
      options?.onProgress?.({ stage: 'smote', done: at, total });
      await breatheWhenDue();
    }
  }
  return made;
}

/** The class's training examples of each patient who has two or more. */
function patientGroups(set: ExampleSet, train: Int32Array, c: number): number[][] {
  const groups = new Map<string, number[]>();
  for (const i of train) {
    if (set.label[i] !== c) continue;
    const { patient } = set.records[set.record[i]];
    const group = groups.get(patient);
    if (group === undefined) groups.set(patient, [i]);
    else group.push(i);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Writes the point a share `t` of the way from the numbers at `a` to those at `b`. */
function between(
  data: ExampleSet['data'],
  a: number,
  b: number,
  t: number,
  size: number,
  into: ExampleSet['data'],
  at: number,
): void {
  const half = into instanceof Uint8Array ? 0.5 : 0;
  for (let i = 0; i < size; i++) into[at + i] = data[a + i] + t * (data[b + i] - data[a + i]) + half;
}
