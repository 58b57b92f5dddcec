import { EcgError } from '../../core/index.js';
import { KNOWN_LEADS } from './lead-vectors.js';

/** What the heart does for a while: its rhythm, and the beats that break it. */
export interface RhythmSegment {
  /** `sinus`: P waves, regular but for breathing; `af`: no P waves, irregular, f waves; `paced`: ventricular pacing. */
  readonly rhythm: 'sinus' | 'af' | 'paced';
  /** s, > 0. */
  readonly seconds: number;
  /** Mean rate, 20…250. */
  readonly heartRateBpm: number;
  /**
   * Beats that break the rhythm, each from the first beat after `at` (s from the segment's begin) on.
   *
   * `beats` is a word of WFDB mnemonics: `V` a premature ventricular beat, `VV` a couplet, `VVVVV` a run,
   * `VNVNVN` bigeminy, `A` a premature atrial beat, `a` the same conducted aberrantly, `J` a junctional one,
   * `F` a fusion beat, `-` a sinus beat that fails (a pause), `j` and `E` the junctional or ventricular
   * escape beat that ends a pause, `/` a paced beat, `N` the next beat of the rhythm.
   */
  readonly events?: readonly { readonly at: number; readonly beats: string }[];
  /** Words as in `events`, and how often an hour each begins at random. */
  readonly eventsPerHour?: Readonly<Record<string, number>>;
}

/** What disturbs the recording; from the begin and to the end where `from` or `to` (s) is left out. */
export type Disturbance = { readonly from?: number; readonly to?: number } & (
  | {
      /** `wander`: below 0.5 Hz; `white`; `emg`: muscle, high-pass; `motion`: bumps as wide as a QRS. */
      readonly kind: 'wander' | 'white' | 'emg' | 'motion';
      /** mV: standard deviation of `white` and `emg`, amplitude of `wander`, largest bump of `motion`. */
      readonly amplitudeMv: number;
      /** Lead names; every lead when omitted. */
      readonly leads?: readonly string[];
    }
  | {
      readonly kind: 'mains';
      readonly amplitudeMv: number;
      /** 50 or 60. */
      readonly mainsHz: number;
      readonly leads?: readonly string[];
    }
  /** The electrode has come off: a flat line. */
  | { readonly kind: 'lead-off'; readonly leads?: readonly string[] }
  /** The recorder stood still: no samples, and a gap in the recording. */
  | { readonly kind: 'gap' }
);

/** A recording told in words: the rhythms one after another, and what disturbs them. */
export interface SynthesisScript {
  readonly id: string;
  readonly segments: readonly RhythmSegment[];
  readonly disturbances?: readonly Disturbance[];
  /** ISO 8601 local date-time of the first sample. */
  readonly startTime?: string;
}

/** How a script becomes samples. */
export interface SynthesisOptions {
  /** Hz, 50…4000. */
  readonly fs: number;
  /** The same seed gives the same recording, bit for bit. */
  readonly seed: number;
  /** Names out of the twelve standard leads, or `MLII` (as II); at least one. */
  readonly leads: readonly string[];
}

const WORD = /^[NVAaJFEj/-]+$/;

/**
 * The script's faults, all at once.
 * @throws EcgError `bad-option`
 */
export function checkScript(script: SynthesisScript, options: SynthesisOptions): void {
  const faults: string[] = [];
  const within = (what: string, value: number, low: number, high: number) => {
    if (!(value >= low && value <= high)) faults.push(`${what} is ${value}, expected ${low} to ${high}`);
  };
  within('fs', options.fs, 50, 4000);
  if (options.leads.length === 0) faults.push('no leads, name at least one');
  for (const lead of options.leads)
    if (!KNOWN_LEADS.includes(lead)) faults.push(`lead ${lead} is unknown, use ${KNOWN_LEADS.join(' ')}`);
  if (script.segments.length === 0) faults.push('no segments, give at least one');
  script.segments.forEach((segment, i) => {
    within(`segments[${i}].seconds`, segment.seconds, 1e-3, 366 * 86400);
    within(`segments[${i}].heartRateBpm`, segment.heartRateBpm, 20, 250);
    const words = [
      ...(segment.events ?? []).map((e) => e.beats),
      ...Object.keys(segment.eventsPerHour ?? {}),
    ];
    for (const word of words)
      if (!WORD.test(word)) faults.push(`segments[${i}]: "${word}" is not a word of N V A a J F E j / -`);
  });
  for (const disturbance of script.disturbances ?? [])
    if ('leads' in disturbance)
      for (const lead of disturbance.leads ?? [])
        if (!options.leads.includes(lead))
          faults.push(`disturbance on lead ${lead}, which is not synthesized`);
  if (faults.length > 0) throw new EcgError('bad-option', `synthesize ${script.id}: ${faults.join('; ')}`);
}
