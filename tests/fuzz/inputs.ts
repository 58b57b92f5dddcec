import fc from 'fast-check';
import { createRandom } from '../../src/core/index.js';
import type { OpenOptions } from '../../src/formats/index.js';
import { mutate } from './mutate.js';
import type { Seed } from './seeds.js';

/** One input: the files, the one to open, and what the caller says. */
export interface FuzzInput {
  readonly reader: string;
  readonly open: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly options: OpenOptions;
}

/** Every so many inputs, one is fast-check's bytes or text rather than a damaged file. */
const RANDOM_EVERY = 16;

const ODD_RATES = [1e-9, 1e6, Number.NaN, -1];
const ODD_GAINS = [0, -1, 1e-300, Number.NaN];
const UNITS = ['mV', 'uV', 'V', 'adc'] as const;

/** Beginnings that bring random bytes past the recognition of each format. */
const OPENINGS = [
  '',
  '',
  '0       ',
  '\xffBIOSEMI',
  '{"',
  '[{"',
  '{"resourceType":"Observation","valueSampledData":{"origin":{"code":"mV"},"period":4,"data":"1 2 ',
  'r 2 250 100\n',
  'fs,I\n1,2\n3,4\n',
  '#',
  '%PDF',
  '\x1f\x8b',
];

/** Input number `index` of a seed: the same every time. */
export function fuzzInput(seeds: readonly Seed[], seed: number, index: number): FuzzInput {
  const random = createRandom(seed * 1_000_003 + index);
  const often = () => random.integer(8) > 0;
  const options: OpenOptions = {
    ...(often() ? { fs: often() ? 250 : (ODD_RATES[random.integer(4)] as number) } : {}),
    ...(random.integer(2) > 0 ? { unit: UNITS[random.integer(4)] as 'mV' } : {}),
    ...(often() ? { gain: often() ? 200 : (ODD_GAINS[random.integer(4)] as number) } : {}),
    ...(random.integer(8) === 0 ? { columns: [random.integer(4), 'I'].slice(random.integer(2)) } : {}),
  };
  if (index % RANDOM_EVERY === 0) {
    const arbitrary: fc.Arbitrary<string | Uint8Array> =
      random.integer(2) === 0
        ? fc.uint8Array({ maxLength: 2000 })
        : fc.string({ unit: 'binary', maxLength: 1000 });
    const [value] = fc.sample(arbitrary, { seed: random.integer(2 ** 31), numRuns: 1 });
    const body = typeof value === 'string' ? new TextEncoder().encode(value) : (value ?? new Uint8Array(0));
    const opening = OPENINGS[random.integer(OPENINGS.length)] as string;
    const bytes = Uint8Array.from([...Array.from(opening, (c) => c.charCodeAt(0)), ...body]);
    return { reader: 'open, random bytes', open: 'file', files: new Map([['file', bytes]]), options };
  }
  const chosen = seeds[random.integer(seeds.length)] as Seed;
  const other = seeds[random.integer(seeds.length)] as Seed;
  const foreign = [...other.files.values()][random.integer(other.files.size)] as Uint8Array;
  const files = new Map(chosen.files);
  for (const name of chosen.damage) {
    if (chosen.damage.length === 1 || random.integer(2) === 0) {
      files.set(name, mutate(files.get(name) as Uint8Array, foreign, random));
    }
  }
  // Now and then a file that should be there is not.
  if (random.integer(50) === 0)
    files.delete([...files.keys()].filter((name) => name !== chosen.open)[0] ?? '');
  return { reader: chosen.reader, open: chosen.open, files, options };
}
