import { type Analysis, BEAT_CLASSES, type EventStrip, UNCERTAIN_REASONS } from '../core/index.js';
import { indexOfBeat } from './describe-event.js';

/** A beat as a strip labels it. */
export interface StripBeat {
  /** Sample within the strip. */
  readonly sample: number;
  /** Null when not classified. */
  readonly class: string | null;
  readonly probability: number | null;
  /** Null when certain. */
  readonly uncertain: (typeof UNCERTAIN_REASONS)[number] | null;
  /** Letters of the classes that cannot be ruled out, where there are several; else null. */
  readonly several: string | null;
}

/** The beats that lie in a strip. */
export function beatsInStrip(analysis: Analysis, strip: EventStrip): StripBeat[] {
  const { sample, class: classes, probability, uncertain, set } = analysis.beats;
  const end = strip.from + (strip.leads[0]?.samples.length ?? 0);
  const found: StripBeat[] = [];
  for (let i = indexOfBeat(sample, strip.from); i < sample.length && sample[i] < end; i++)
    found.push({
      sample: sample[i] - strip.from,
      class: classes?.[i] ?? null,
      probability: probability?.[i] ?? null,
      several: lettersOf(set?.[i] ?? 0),
      uncertain: UNCERTAIN_REASONS[(uncertain?.[i] ?? 0) - 1] ?? null,
    });
  return found;
}

/** `NS` for a set of several classes, null for one or none. */
function lettersOf(bits: number): string | null {
  const letters = BEAT_CLASSES.filter((_, c) => (bits & (1 << c)) !== 0);
  return letters.length > 1 ? letters.join('') : null;
}
