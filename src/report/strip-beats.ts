import {
  type Analysis,
  BEAT_CLASSES,
  type BeatClass,
  type EventStrip,
  firstAtOrAfter,
  UNCERTAIN_REASONS,
} from '../core/index.js';

/** A beat as a strip labels it. */
export interface StripBeat {
  /** Sample within the strip. */
  readonly sample: number;
  /** Null when not classified. */
  readonly class: string | null;
  readonly probability: number | null;
  /** Null when certain. */
  readonly uncertain: (typeof UNCERTAIN_REASONS)[number] | null;
  /** Letters of N, S and V where several cannot be ruled out and the beat is uncertain; else null. */
  readonly several: string | null;
}

/** The beats that lie in a strip. */
export function beatsInStrip(analysis: Analysis, strip: EventStrip): StripBeat[] {
  const { sample, class: classes, probability, uncertain, set } = analysis.beats;
  const end = strip.from + (strip.leads[0]?.samples.length ?? 0);
  const found: StripBeat[] = [];
  for (let i = firstAtOrAfter(sample, strip.from); i < sample.length && sample[i] < end; i++)
    found.push({
      sample: sample[i] - strip.from,
      class: classes?.[i] ?? null,
      probability: probability?.[i] ?? null,
      several: (uncertain?.[i] ?? 0) === 0 ? null : openClasses(set?.[i] ?? 0),
      uncertain: UNCERTAIN_REASONS[(uncertain?.[i] ?? 0) - 1] ?? null,
    });
  return found;
}

/**
 * `NS` for a set that holds several of N, S and V, null for another. F and Q are so rare that hardly a beat can be told
 * not to be one; they say nothing here.
 */
export function openClasses(bits: number): string | null {
  const letters = MAIN.filter((name) => (bits & (1 << BEAT_CLASSES.indexOf(name))) !== 0);
  return letters.length > 1 ? letters.join('') : null;
}

const MAIN: readonly BeatClass[] = ['N', 'S', 'V'];
