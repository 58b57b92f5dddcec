import {
  type Analysis,
  type BeatChange,
  type BeatClass,
  type Correction,
  EcgError,
  firstAtOrAfter,
  inPortions,
} from '../core/index.js';
import { classIndex } from './beats.js';

/** The beats after some corrections; columns of equal length. */
export interface CorrectedBeats {
  /** R peaks, strictly ascending. */
  readonly samples: Float64Array;
  /** Index of each among the beats before; −1 for one that was added. */
  readonly from: Int32Array;
  /** Index of the class that a person gave it; −1 where nobody did. */
  readonly given: Int8Array;
  /** Samples at which somebody changed something, ascending. */
  readonly touched: readonly number[];
  /** Changes that fit no beat and were left out. */
  readonly leftOut: readonly Misfit[];
}

/** A change that does not fit the beats, and why. */
export interface Misfit {
  readonly change: BeatChange;
  readonly revision: number;
  readonly fault: EcgError;
}

/** What the corrections make of one place: the class given to the beat there, −1 for none, or that no beat is there. */
type Edit = number | 'none';

/**
 * The revisions that no longer hold: a later one undid them, and was not undone itself.
 *
 * @param corrections  ascending in `revision`
 * @throws EcgError `bad-option` for an undo of a correction that is not there
 */
export function undoneRevisions(corrections: readonly Correction[]): ReadonlySet<number> {
  const undone = new Set<number>();
  const known = new Set(corrections.map(({ revision }) => revision));
  for (const { revision, changes } of [...corrections].reverse()) {
    if (undone.has(revision)) continue;
    for (const change of changes) {
      if (change.kind !== 'undo') continue;
      if (change.revision >= revision || !known.has(change.revision))
        throw new EcgError(
          'bad-option',
          `correct: revision ${revision} undoes revision ${change.revision}, which is none before it`,
        );
      undone.add(change.revision);
    }
  }
  return undone;
}

/** The changes that hold, in the order in which they were made. */
function effectiveChanges(
  corrections: readonly Correction[],
): { readonly change: BeatChange; readonly revision: number }[] {
  const undone = undoneRevisions(corrections);
  return corrections.flatMap(({ revision, changes }) =>
    undone.has(revision)
      ? []
      : changes.flatMap((change) => (change.kind === 'undo' ? [] : [{ change, revision }])),
  );
}

/**
 * The beats as people corrected them.
 *
 * @param samples      R peaks, strictly ascending
 * @param recording    its length bounds where a beat can be; `classified` when its beats have classes
 * @param corrections  ascending in `revision`
 * @param strictFrom   changes of revisions below it are left out where they do not fit
 * @throws EcgError `bad-option` for a beat that is not there, one that is there already, or a class where beats have none
 */
export async function correctBeats(
  samples: ArrayLike<number>,
  recording: { readonly length: number; readonly classified: boolean },
  corrections: readonly Correction[],
  strictFrom = 0,
): Promise<CorrectedBeats> {
  const edits = new Map<number, Edit>();
  const leftOut: Misfit[] = [];
  for (const { change, revision } of effectiveChanges(corrections)) {
    const edit = edits.get(change.sample);
    const isThere = edit === undefined ? indexOf(samples, change.sample) >= 0 : edit !== 'none';
    const fault = misfit(change, { isThere, revision, samples, recording });
    if (fault !== null && revision >= strictFrom) throw fault;
    if (fault !== null) leftOut.push({ change, revision, fault });
    else edits.set(change.sample, change.kind === 'remove' ? 'none' : classOf(change.class));
  }
  const touched = [...edits.keys()].sort((a, b) => a - b);
  const added = touched.filter((at) => edits.get(at) !== 'none' && indexOf(samples, at) < 0);
  const size = samples.length + added.length;
  const columns = {
    samples: new Float64Array(size),
    from: new Int32Array(size),
    given: new Int8Array(size),
  };
  let beats = 0;
  let next = 0;
  const put = (sample: number, from: number, given: number) => {
    columns.samples[beats] = sample;
    columns.from[beats] = from;
    columns.given[beats++] = given;
  };
  const putAdded = (before: number) => {
    for (; next < added.length && added[next] < before; next++)
      put(added[next], -1, edits.get(added[next]) as number);
  };
  await inPortions(0, samples.length, (from, to) => {
    for (let i = from; i < to; i++) {
      putAdded(samples[i]);
      const edit = edits.get(samples[i]);
      if (edit !== 'none') put(samples[i], i, edit ?? -1);
    }
  });
  putAdded(Number.POSITIVE_INFINITY);
  return {
    samples: columns.samples.subarray(0, beats),
    from: columns.from.subarray(0, beats),
    given: columns.given.subarray(0, beats),
    touched,
    leftOut,
  };
}

/**
 * The changes that fit no beat of an analysis, in the order in which they were made; of a change that was undone nobody asks.
 *
 * @param analysis     as it was found, without corrections
 * @param corrections  ascending in `revision`
 * @throws EcgError `bad-option` for an undo of a correction that is not there
 */
export async function findMisfits(
  { beats, recording }: Pick<Analysis, 'beats' | 'recording'>,
  corrections: readonly Correction[],
): Promise<readonly Misfit[]> {
  const at = { length: recording.length, classified: beats.class !== null };
  return (await correctBeats(beats.sample, at, corrections, Number.POSITIVE_INFINITY)).leftOut;
}

const classOf = (beatClass: BeatClass | undefined): number =>
  beatClass === undefined ? -1 : classIndex(beatClass);

function indexOf(samples: ArrayLike<number>, sample: number): number {
  const i = firstAtOrAfter(samples, sample);
  return samples[i] === sample ? i : -1;
}

/** Why a change does not fit the beats as they are; null when it does. */
function misfit(
  change: BeatChange,
  at: {
    readonly isThere: boolean;
    readonly revision: number;
    readonly samples: ArrayLike<number>;
    readonly recording: { readonly length: number; readonly classified: boolean };
  },
): EcgError | null {
  const { kind, sample } = change;
  const { length, classified } = at.recording;
  const fault = (text: string) =>
    new EcgError('bad-option', `correct: ${text} (${kind} at sample ${sample}, revision ${at.revision})`);
  if (kind === 'add' && sample >= length)
    return fault(`the recording has ${length} samples, add beats within them`);
  if (kind === 'add' && at.isThere) return fault('there is a beat already, relabel it instead');
  if (kind !== 'add' && !at.isThere) {
    const i = firstAtOrAfter(at.samples, sample);
    const near = [at.samples[i - 1], at.samples[i]].filter((beat) => beat !== undefined);
    const beside = near.length === 0 ? '' : `, those beside it are at ${near.join(' and ')}`;
    return fault(`there is no beat; beats are named by their exact sample${beside}`);
  }
  if (kind === 'remove') return null;
  if (!classified && change.class !== undefined)
    return fault('the beats of this analysis were not classified, add and remove beats without a class');
  if (classified && change.class === undefined)
    return fault('the beats of this analysis have classes, give one of N, S, V, F, Q');
  return null;
}
