import { type Analysis, inPortions } from '../../core/index.js';

/** A column of beats as numbers that a message hands over without copying them one by one; NaN stands for null. */
type Column = Float64Array<ArrayBuffer> | null;

/** An analysis as a thread is given it: a day has a hundred thousand beats, and copying their lists takes too long. */
export interface PackedAnalysis {
  /** Everything else, with empty columns. */
  readonly rest: Analysis;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Packs an analysis in portions, so that who asks for a report is not held up. */
export async function packAnalysis(analysis: Analysis): Promise<PackedAnalysis> {
  const { beats, intervals } = analysis;
  const { sample, probability, uncertain, set, likeness } = beats;
  const lists = {
    ...{ sample, probability, uncertain, set, likeness },
    ...{ pr: intervals?.pr ?? null, qrs: intervals?.qrs ?? null, qt: intervals?.qt ?? null },
  };
  const columns: Record<string, Column> = {};
  for (const [name, list] of Object.entries(lists)) columns[name] = list === null ? null : await pack(list);
  const none = <T>(list: T[] | null): T[] | null => (list === null ? null : []);
  const rest: Analysis = {
    ...analysis,
    beats: {
      ...beats,
      ...{ sample: [], probability: none(probability), uncertain: none(uncertain) },
      ...{ set: none(set), likeness: none(likeness) },
    },
    intervals: intervals === null ? null : { ...intervals, pr: [], qrs: [], qt: [] },
  };
  return { rest, columns };
}

/** The analysis that was packed. */
export function unpackAnalysis({ rest, columns }: PackedAnalysis): Analysis {
  const numbers = (name: string): number[] => Array.from(columns[name] ?? []);
  const orNull = (name: string) => numbers(name).map((x) => (Number.isNaN(x) ? null : x));
  const { beats, intervals } = rest;
  return {
    ...rest,
    beats: {
      ...beats,
      sample: numbers('sample'),
      probability: beats.probability === null ? null : numbers('probability'),
      uncertain: beats.uncertain === null ? null : numbers('uncertain'),
      set: beats.set === null ? null : numbers('set'),
      likeness: beats.likeness === null ? null : orNull('likeness'),
    },
    intervals:
      intervals === null ? null : { ...intervals, pr: orNull('pr'), qrs: orNull('qrs'), qt: orNull('qt') },
  };
}

/** The buffers that move to the thread. */
export function buffersOf({ columns }: PackedAnalysis): ArrayBuffer[] {
  return Object.values(columns).flatMap((column) => (column === null ? [] : [column.buffer]));
}

async function pack(list: readonly (number | null)[]): Promise<Float64Array<ArrayBuffer>> {
  const column = new Float64Array(list.length);
  await inPortions(0, list.length, (from, to) => {
    for (let i = from; i < to; i++) column[i] = list[i] ?? Number.NaN;
  });
  return column;
}
