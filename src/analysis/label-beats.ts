import {
  type BeatClass,
  EcgError,
  inPortions,
  type RecordingReader,
  type RunOptions,
  UNCERTAIN_REASONS,
  type UnreadableStretch,
} from '../core/index.js';
import { rrIntervals } from '../ecg/index.js';
import type { DoubtReason } from '../models/index.js';
import { type BeatLabels, classIndex } from './beats.js';
import type { BeatClassifier } from './classifier.js';
import type { BeatSpan } from './irregular.js';
import { firstEndingAfter } from './unreadable.js';

/** Why the class of a beat is uncertain. */
export type UncertainReason = (typeof UNCERTAIN_REASONS)[number];
const code = (reason: UncertainReason): number => 1 + UNCERTAIN_REASONS.indexOf(reason);

/**
 * The most probable class of each beat, and whether to believe it.
 *
 * A beat is uncertain, in this order: where no lead can be used around it; where the signal is noise; when the
 * classifier has never seen its like; when its class is less probable than `certainFrom`, for which the classifier may
 * know a better name; when the interval before it is unknown and the class, N or S, rests on that interval.
 */
export async function labelBeats(
  reader: RecordingReader,
  samples: Float64Array,
  unreadable: readonly UnreadableStretch[],
  classifier: BeatClassifier,
  certainFrom: number,
  options: RunOptions = {},
): Promise<BeatLabels> {
  const n = samples.length;
  const labels = {
    classes: new Uint8Array(n),
    probabilities: new Float32Array(n),
    uncertain: new Uint8Array(n),
    sets: null as Uint8Array | null,
    likeness: null as Float32Array | null,
  };
  if (n === 0) return labels;
  const found = await classifier.classify(reader, samples, options);
  if (found.classes.length !== n)
    throw new EcgError(
      'bad-shape',
      `analyze: the classifier gave ${found.classes.length} classes of ${n} beats`,
    );
  labels.sets = found.sets ?? null;
  labels.likeness = found.likeness ?? null;
  const kinds = found.probabilities.length / n;
  const rr = rrIntervals(samples, reader.info.fs, unreadable);
  const label = (i: number) => {
    const beatClass = found.classes[i];
    const index = classIndex(beatClass);
    const probability = found.confidence?.[i] ?? found.probabilities[i * kinds + index];
    const stretch = unreadable[firstEndingAfter(unreadable, samples[i])];
    const inNoise = stretch !== undefined && stretch.from <= samples[i];
    const reason = uncertainReason({
      beatClass,
      probability,
      doubt: found.uncertain[i],
      inNoise,
      rr: rr[i],
      certainFrom,
    });
    labels.classes[i] = index;
    labels.probabilities[i] = probability;
    labels.uncertain[i] = reason === undefined ? 0 : code(reason);
  };
  await inPortions(0, n, (from, to) => {
    for (let i = from; i < to; i++) label(i);
  });
  return labels;
}

/** What speaks for or against the class of a beat. */
export interface ClassEvidence {
  readonly beatClass: BeatClass;
  /** How sure the class is, 0…1. */
  readonly probability: number;
  /** What the classifier doubts. */
  readonly doubt: DoubtReason | undefined;
  readonly inNoise: boolean;
  /** s before the beat, NaN where unknown. */
  readonly rr: number;
  readonly certainFrom: number;
}

/** Why a beat is uncertain, undefined where it is certain; in the order of `labelBeats`. */
export function uncertainReason(evidence: ClassEvidence): UncertainReason | undefined {
  const { beatClass, probability, doubt, inNoise, rr, certainFrom } = evidence;
  if (doubt === 'no-signal') return 'no-signal';
  if (inNoise) return 'noise';
  if (doubt === 'outside-training') return doubt;
  // The classifier's other doubts are names for an improbable class, by its own limit.
  if (!(probability >= certainFrom)) return doubt ?? 'low-confidence';
  const restsOnInterval = beatClass === 'N' || beatClass === 'S';
  return restsOnInterval && !(rr > 0) ? 'unknown-interval' : undefined;
}

/** Leaves the certain supraventricular beats in some stretches open; `stretches` ascending, both ends inside. */
export async function openWithin(
  labels: BeatLabels,
  samples: Float64Array,
  stretches: readonly BeatSpan[],
): Promise<void> {
  await visitWithin(samples, stretches, (i) => {
    if (labels.uncertain[i] === 0 && labels.classes[i] === classIndex('S'))
      labels.uncertain[i] = code('irregular-rhythm');
  });
}

/** Doubts every beat where the ventricles fibrillate, unless the signal itself already speaks against it. */
export async function doubtWithin(
  labels: BeatLabels,
  samples: Float64Array,
  stretches: readonly BeatSpan[],
): Promise<void> {
  const graver = new Set([code('no-signal'), code('noise')]);
  await visitWithin(samples, stretches, (i) => {
    if (!graver.has(labels.uncertain[i])) labels.uncertain[i] = code('ventricular-fibrillation');
  });
}

/** Visits the beats in some stretches, both ends inside; both ascending. */
export async function visitWithin(
  samples: Float64Array,
  stretches: readonly BeatSpan[],
  visit: (beat: number) => void,
): Promise<void> {
  let next = 0;
  await inPortions(0, samples.length, (from, to) => {
    for (let i = from; i < to; i++) {
      while (next < stretches.length && stretches[next].to < samples[i]) next++;
      if (next < stretches.length && stretches[next].from <= samples[i]) visit(i);
    }
  });
}
