import * as v from 'valibot';
import { RR_STATISTICS, type RrStatistic } from './rr-statistics.js';
import { parseStrictly } from './strict.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const odd = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(1),
  v.check((n) => n % 2 === 1, 'Expected an odd number'),
);

/**
 * What a beat network expects of a recording, as data: the only place where these constants stand.
 * `prepareInput` is the only code that reads it, in training and in inference.
 */
export const InputContractSchema = v.strictObject({
  /** Hz of the grid on which everything below happens; recordings of any rate are brought to it. */
  fs: v.pipe(v.number(), v.minValue(50), v.maxValue(1000)),
  leads: v.strictObject({
    /** ECG leads taken, the first ones of the recording; a missing one is zeros and its `present` 0. */
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
    /** Names that move a lead to the first place when the recording's first lead has none of them. */
    first: v.array(v.string()),
    /** Share of invalid samples in a window above which its lead counts as missing, 0…1. */
    mostInvalid: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  /** Low-pass on the way to `fs`: windowed sinc, `cutoff` Hz, `halfWidth` s. */
  resample: v.strictObject({ cutoff: positive, halfWidth: positive }),
  /** Baseline removed by running medians over means of `decimation` grid samples; windows in those means. */
  baseline: v.nullable(
    v.strictObject({
      decimation: v.pipe(v.number(), v.integer(), v.minValue(1)),
      windows: v.pipe(v.array(odd), v.minLength(1)),
    }),
  ),
  /** Each beat moves by at most `search` s to the largest weighted sum of the leads' scaled magnitudes. */
  alignment: v.nullable(v.strictObject({ search: positive, weights: v.array(positive) })),
  /** s before and after the R peak. */
  window: v.strictObject({ before: positive, after: positive }),
  /** Longest stretch of a recording, s, that shares one scale and one template. */
  span: v.pipe(v.number(), v.minValue(60)),
  /** A lead's unit is the median, over the span's beats, of its range within `reach` s of the R peak. */
  scale: v.strictObject({
    reach: positive,
    /** mV; a lead whose unit would lie below is missing in that span. */
    smallest: positive,
  }),
  /** Prepared samples are clipped to ± this many units. */
  clip: positive,
  /** The median of the span's sinus beats: those with a pre-RR of `minRr`…`maxRr` times the mean RR. */
  template: v.strictObject({
    minRr: positive,
    maxRr: positive,
    /** Beats used at most, evenly taken over the span. */
    mostBeats: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Below this many sinus beats all beats serve. */
    fewest: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Whether `wave − template` follows the leads as further channels. */
    difference: v.boolean(),
  }),
  rr: v.strictObject({
    /** s; intervals outside `shortest`…`longest` do not count towards the mean. */
    shortest: positive,
    longest: positive,
    /** s; the mean RR is taken over beats at most this far away. */
    meanReach: positive,
    /** Ratios pre-RR / mean RR of this many beats on either side, as logarithms; 1 where unknown. */
    reach: v.pipe(count, v.minValue(1)),
    /** Ratios are clipped to this range. */
    clip: v.tuple([positive, positive]),
    /** Figures drawn from the ratios, in this order. */
    statistics: v.array(v.picklist(Object.keys(RR_STATISTICS) as RrStatistic[])),
  }),
  /** How like its template each lead is in some zones, for this many beats on either side. */
  likeness: v.nullable(
    v.strictObject({
      reach: count,
      zones: v.pipe(
        v.array(
          v.strictObject({
            name: v.string(),
            /** s from the R peak. */
            from: v.number(),
            to: v.number(),
            /** Energy added to both sides of the correlation, so that a flat zone is like nothing. */
            floor: positive,
          }),
        ),
        v.minLength(1),
      ),
      /** Added to the mean absolute difference before its logarithm. */
      smallest: positive,
      /** Zones whose ln difference is relative to its median over the span's sinus beats. */
      relative: v.array(v.string()),
      /** Zones whose likeness, averaged over the neighbours, and its excess in the beat join the statistics. */
      neighbourhood: v.array(v.string()),
    }),
  ),
  /** Beats of one shape share evidence after the network; none do when omitted. */
  likeBeats: v.optional(
    v.strictObject({
      /** s from the R peak: where shapes are compared. */
      zone: v.strictObject({ from: v.number(), to: v.number() }),
      /** Squared distance over the sum of both energies below which two shapes are alike, 0…1. */
      distance: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
      mostGroups: v.pipe(v.number(), v.integer(), v.minValue(1)),
      /** Beats that are grouped together, at least. */
      block: count,
      /** Share of a beat's ventricular evidence that is its group's mean, 0…1. */
      share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
      /** Beats of the smallest group that shares. */
      fewest: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  ),
});

/** What a beat network expects of a recording; see `InputContractSchema`. */
export type InputContract = v.InferOutput<typeof InputContractSchema>;

/**
 * A contract out of unknown data.
 * @throws EcgError `bad-option` with all faults at once
 */
export function parseInputContract(data: unknown, where: string): InputContract {
  return parseStrictly(InputContractSchema, data, where);
}

/** A run of columns of the feature vector. */
export interface FeatureGroup {
  readonly from: number;
  readonly to: number;
}

/** The sizes that follow from a contract. */
export interface InputShape {
  /** Rows of a prepared beat: the leads, then their differences from the template. */
  readonly channels: number;
  /** Grid samples of a window. */
  readonly length: number;
  /** Index of the R peak within the window. */
  readonly peak: number;
  /** The stretch cut around each beat: the window and every likeness zone. */
  readonly cut: { readonly length: number; readonly peak: number };
  /** Columns of the feature vector. */
  readonly features: number;
  readonly groups: {
    /** ln(pre-RR / mean) of the beats −reach … +reach. */
    readonly ratios: FeatureGroup;
    /** Of the ratios, then per neighbourhood zone and lead (mean of the neighbours' likeness, own excess). */
    readonly statistics: FeatureGroup;
    /** [lead, zone, (likeness, ln difference)] × beats −reach … +reach. */
    readonly likeness: FeatureGroup;
    /** 1 for a lead that is there, else 0. */
    readonly present: FeatureGroup;
  };
  /** Likeness figures of one beat. */
  readonly likenessPerBeat: number;
}

/** The sizes that follow from a contract. */
export function inputShape(contract: InputContract): InputShape {
  const { fs, leads, window, likeness, rr } = contract;
  const peak = Math.round(window.before * fs);
  const likenessPerBeat = likeness === null ? 0 : leads.count * likeness.zones.length * 2;
  let column = 0;
  const group = (columns: number): FeatureGroup => {
    column += columns;
    return { from: column - columns, to: column };
  };
  const groups = {
    ratios: group(2 * rr.reach + 1),
    statistics: group(rr.statistics.length + leads.count * 2 * (likeness?.neighbourhood.length ?? 0)),
    likeness: group(likeness === null ? 0 : likenessPerBeat * (2 * likeness.reach + 1)),
    present: group(leads.count),
  };
  const after = Math.round(window.after * fs);
  const zones = likeness?.zones ?? [];
  const cutPeak = Math.max(peak, ...zones.map((zone) => -Math.round(zone.from * fs)));
  const cutAfter = Math.max(after, ...zones.map((zone) => Math.round(zone.to * fs)));
  return {
    channels: leads.count * (contract.template.difference ? 2 : 1),
    length: peak + after,
    peak,
    cut: { length: cutPeak + cutAfter, peak: cutPeak },
    features: column,
    groups,
    likenessPerBeat,
  };
}
