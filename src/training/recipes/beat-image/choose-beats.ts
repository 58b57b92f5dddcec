import { createRandom, EcgError } from '../../../core/index.js';
import type { ExampleSet, ExampleSplit } from '../../examples/example-set.js';
import { shuffle } from '../../shuffle.js';
import { MOST_NORMALS_OF_A_RECORD, MOST_OF_A_RECORD, type PictureClass, PUBLISHED_TEST } from './data.js';

/** A beat of which a picture may be drawn. */
export interface BeatPlace {
  /** Index of its record. */
  readonly record: number;
  readonly sample: number;
  /** Index of its class. */
  readonly label: number;
}

/**
 * As many beats of each class as the published set has, at random; in the order of `places`.
 * @throws EcgError `not-found` when a class has too few
 */
export function choosePublished(
  places: readonly BeatPlace[],
  classes: readonly PictureClass[],
  seed: number,
): BeatPlace[] {
  const random = createRandom(seed);
  return classes
    .flatMap(({ name, count }, label) => {
      const own = places.filter((place) => place.label === label);
      if (own.length < count) {
        throw new EcgError(
          'not-found',
          `beat-image: the recordings hold ${own.length} beats of ${name}, the set takes ${count}; fetch mitdb and vfdb whole`,
        );
      }
      return shuffle(own, random).slice(0, count);
    })
    .sort(byPlace);
}

/** Beats of each record, at random, at most so many of a class; in the order of `places`. */
export function chooseOfRecords(
  places: readonly BeatPlace[],
  classes: readonly PictureClass[],
  seed: number,
): BeatPlace[] {
  const random = createRandom(seed);
  const groups = new Map<string, BeatPlace[]>();
  for (const place of places) {
    const key = `${place.record} ${place.label}`;
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [place]);
    else own.push(place);
  }
  return [...groups.values()]
    .flatMap((own) => {
      const normal = classes[own[0].label].name === 'N';
      return shuffle(own, random).slice(0, normal ? MOST_NORMALS_OF_A_RECORD : MOST_OF_A_RECORD);
    })
    .sort(byPlace);
}

/**
 * The published split: pictures at random whoever they are of, 6,825 tested on, of the others a tenth for
 * validation; each class by its share.
 */
export function splitByPicture(set: Pick<ExampleSet, 'label' | 'classes'>, seed: number): ExampleSplit {
  const random = createRandom(seed);
  const share = PUBLISHED_TEST / set.label.length;
  const sides = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  const indices = Array.from(set.label.keys());
  let seen = 0;
  set.classes.forEach((_, label) => {
    const own = shuffle(
      indices.filter((i) => set.label[i] === label),
      random,
    );
    // Rounding the running total, not each class, makes the sum right.
    const tested = Math.round((seen + own.length) * share) - Math.round(seen * share);
    seen += own.length;
    const validated = tested + Math.round((own.length - tested) * 0.1);
    sides.test.push(...own.slice(0, tested));
    sides.validation.push(...own.slice(tested, validated));
    sides.train.push(...own.slice(validated));
  });
  const ascending = (side: number[]) => Int32Array.from(side).sort();
  return {
    train: ascending(sides.train),
    validation: ascending(sides.validation),
    test: ascending(sides.test),
  };
}

function byPlace(a: BeatPlace, b: BeatPlace): number {
  return a.record - b.record || a.sample - b.sample || a.label - b.label;
}
