import { type Analysis, type EventStrip, UNCERTAIN_REASONS } from '../core/index.js';
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
}

/** The beats that lie in a strip. */
export function beatsInStrip(analysis: Analysis, strip: EventStrip): StripBeat[] {
  const { sample, class: classes, probability, uncertain } = analysis.beats;
  const end = strip.from + (strip.leads[0]?.samples.length ?? 0);
  const found: StripBeat[] = [];
  for (let i = indexOfBeat(sample, strip.from); i < sample.length && sample[i] < end; i++)
    found.push({
      sample: sample[i] - strip.from,
      class: classes?.[i] ?? null,
      probability: probability?.[i] ?? null,
      uncertain: UNCERTAIN_REASONS[(uncertain?.[i] ?? 0) - 1] ?? null,
    });
  return found;
}
