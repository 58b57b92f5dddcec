import * as v from 'valibot';
import { BeatColumnsSchema, UNCERTAIN_REASONS } from './analysis/beats.js';
import { CorrectionSchema } from './analysis/corrections.js';
import { bpm, count, sample, seconds, share } from './analysis/fields.js';
import { HrvSchema, IntervalsSchema } from './analysis/intervals.js';
import { QualitySchema, type UNREADABLE_REASONS } from './analysis/quality.js';
import { RhythmBurdenSchema, RhythmsSchema } from './analysis/rhythms.js';

export { UNCERTAIN_REASONS } from './analysis/beats.js';
export {
  type BeatChange,
  BeatChangeSchema,
  type BeatCorrection,
  BeatCorrectionSchema,
  type Correction,
  CorrectionSchema,
} from './analysis/corrections.js';
export { LEAD_QUALITIES, UNREADABLE_REASONS } from './analysis/quality.js';

/** The parts that networks play in an analysis. */
export const MODEL_ROLES = ['beats', 'rhythm', 'ventricular', 'waves', 'quality'] as const;

/** What several beats make together, or an interval by itself. */
export const EPISODE_TYPES = [
  'ventricular-run',
  'ventricular-couplet',
  'ventricular-bigeminy',
  'ventricular-trigeminy',
  'supraventricular-run',
  'supraventricular-couplet',
  'supraventricular-bigeminy',
  'supraventricular-trigeminy',
  'pause',
] as const;

/** Why an event is worth a look: an episode of that type, or one moment of a kind. */
export const EVENT_KINDS = [
  ...EPISODE_TYPES,
  'fastest-rate',
  'slowest-rate',
  'longest-rr',
  'ventricular-beat',
  'supraventricular-beat',
  'fusion-beat',
  'uncertain-beat',
  'rhythm-strip',
  'rhythm',
] as const;

const rateAt = v.nullable(
  v.object({
    bpm,
    from: v.pipe(sample, v.description('First beat of the window.')),
    to: v.pipe(sample, v.description('Last beat of the window.')),
  }),
);

const groups = {
  beats: count,
  share: v.pipe(
    v.nullable(share),
    v.description('Burden: of all beats (of all certain beats); null without beats.'),
  ),
  singles: count,
  couplets: count,
  runs: v.pipe(count, v.description('Three or more in a row.')),
  runBeats: v.pipe(count, v.description('Beats within runs.')),
};

const ectopy = v.object({
  ...groups,
  longestRun: v.nullable(v.object({ beats: count, from: sample, to: sample })),
  fastestRun: v.nullable(v.object({ bpm, beats: count, from: sample, to: sample })),
  bigeminy: v.pipe(count, v.description('Episodes of at least three cycles.')),
  trigeminy: v.pipe(count, v.description('Episodes of at least three cycles.')),
  certain: v.pipe(
    v.object(groups),
    v.description(
      'The same without uncertain beats: a couplet or run counts when each of its beats is certain.',
    ),
  ),
});

/** Schema of `Analysis`; the published JSON Schema is generated from it. */
export const AnalysisSchema = v.object({
  format: v.literal('ectopy-analysis/2'),
  statement: v.pipe(v.string(), v.description('Research use only.')),
  software: v.object({ name: v.literal('ectopy'), version: v.string() }),
  models: v.pipe(
    v.array(
      v.object({
        role: v.picklist(MODEL_ROLES),
        id: v.string(),
        version: v.string(),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.description('Of the model file.')),
      }),
    ),
    v.description(
      'The networks that were used, one a role; without `beats`, beats were found but not classified.',
    ),
  ),
  recording: v.object({
    id: v.string(),
    format: v.string(),
    fs: v.pipe(v.number(), v.gtValue(0), v.description('Hz; the time base of every sample index here.')),
    length: v.pipe(count, v.description('Samples.')),
    durationS: seconds,
    startTime: v.pipe(v.nullable(v.string()), v.description('ISO 8601 local time of sample 0.')),
    leads: v.array(v.object({ lead: v.string(), unit: v.string(), fs: v.number() })),
    analysed: v.pipe(v.array(v.string()), v.description('The ECG leads that were used.')),
    notes: v.array(v.string()),
  }),
  options: v.object({
    pauseS: v.pipe(seconds, v.description('An RR interval of at least this is a pause.')),
    certainFrom: v.pipe(share, v.description('A class less probable than this is uncertain.')),
    rateBeats: v.pipe(
      count,
      v.description('RR intervals in the window of the lowest and highest heart rate.'),
    ),
  }),
  warnings: v.pipe(
    v.array(v.string()),
    v.description('What is odd about the file or limits the result, a sentence each.'),
  ),
  quality: QualitySchema,
  beats: BeatColumnsSchema,
  rhythms: RhythmsSchema,
  rhythmBurden: RhythmBurdenSchema,
  intervals: IntervalsSchema,
  hrv: HrvSchema,
  irregular: v.pipe(
    v.nullable(
      v.object({
        share: v.pipe(share, v.description('Of the readable time.')),
        seconds,
        stretches: v.array(v.object({ from: sample, to: sample })),
      }),
    ),
    v.description(
      'Where RR intervals follow no pattern, as in atrial fibrillation; no rhythm is named. Supraventricular beats there are uncertain. Null without a model.',
    ),
  ),
  heartRate: v.object({
    meanBpm: v.pipe(
      v.nullable(bpm),
      v.description('60 × intervals / their sum, over all readable RR intervals.'),
    ),
    slowest: v.pipe(rateAt, v.description('Lowest mean over options.rateBeats successive RR intervals.')),
    fastest: rateAt,
    longestRr: v.nullable(v.object({ seconds, from: sample, to: sample })),
  }),
  classes: v.pipe(
    v.nullable(v.object({ N: count, S: count, V: count, F: count, Q: count })),
    v.description('Beats of each class; null without a model.'),
  ),
  uncertain: v.nullable(
    v.object({
      beats: count,
      share: v.nullable(share),
      reasons: v.pipe(
        v.array(v.object({ reason: v.picklist(UNCERTAIN_REASONS), beats: count })),
        v.description('How many for each reason that occurs, the most frequent first.'),
      ),
    }),
  ),
  ectopy: v.nullable(v.object({ supraventricular: ectopy, ventricular: ectopy })),
  pauses: v.object({
    count,
    longestS: v.nullable(seconds),
    certain: v.pipe(
      v.object({ count, longestS: v.nullable(seconds) }),
      v.description(
        'Those between beats in readable signal in which every lead rests, so that no beat can hide there.',
      ),
    ),
  }),
  episodes: v.pipe(
    v.array(
      v.object({
        type: v.picklist(EPISODE_TYPES),
        from: v.pipe(sample, v.description('R peak of its first beat.')),
        to: v.pipe(sample, v.description('R peak of its last beat.')),
        beats: v.pipe(count, v.description('Ectopic beats in it; 0 in a pause.')),
        bpm: v.pipe(v.nullable(bpm), v.description('Mean rate from its first to its last beat.')),
        probability: v.pipe(
          v.nullable(share),
          v.description('The least probable of its beats; null where no class is involved.'),
        ),
        uncertain: v.pipe(v.boolean(), v.description('True when one of its beats is uncertain.')),
      }),
    ),
    v.description('Ascending in `from`.'),
  ),
  events: v.pipe(
    v.array(
      v.object({
        id: v.pipe(v.string(), v.description('`event-1`, …; the anchor of its strip in a report.')),
        kind: v.picklist(EVENT_KINDS),
        from: sample,
        to: sample,
        episode: v.pipe(v.nullable(count), v.description('Index into `episodes`.')),
        rhythm: v.pipe(v.nullable(count), v.description('Index into `rhythms`.')),
      }),
    ),
    v.description('The most important events, first things first.'),
  ),
  hours: v.pipe(
    v.array(
      v.object({
        from: sample,
        to: sample,
        beats: count,
        analysableShare: share,
        meanBpm: v.nullable(bpm),
        slowestBpm: v.nullable(bpm),
        fastestBpm: v.nullable(bpm),
        supraventricular: v.nullable(count),
        ventricular: v.nullable(count),
        pauses: count,
        uncertain: v.nullable(count),
      }),
    ),
    v.description('One row an hour of the recording, from its first sample on; the last may be shorter.'),
  ),
  corrections: v.pipe(
    v.exactOptional(v.array(CorrectionSchema)),
    v.description(
      'The changes that people made to the beats, ascending in `revision`; everything else here follows from them. Absent where nobody changed any.',
    ),
  ),
});

/** What was found in a recording: plain data, the only thing reports, servers and pages present. */
export type Analysis = v.InferOutput<typeof AnalysisSchema>;

/** Why a stretch cannot be read. */
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];
/** A stretch that cannot be read, in samples; `to` is exclusive. */
export type UnreadableStretch = Analysis['quality']['unreadable'][number];
/** The kind of an episode. */
export type EpisodeType = (typeof EPISODE_TYPES)[number];
/** The rhythm of a stretch, with its beats and rate. */
export type AnalysisRhythm = NonNullable<Analysis['rhythms']>[number];
/** The part a network plays. */
export type ModelRole = (typeof MODEL_ROLES)[number];
/** Which network played which part. */
export type ModelIdentity = Analysis['models'][number];
/** Several beats, or an interval, that mean something together. */
export type Episode = Analysis['episodes'][number];
/** Something worth a look, with its place. */
export type AnalysisEvent = Analysis['events'][number];
/** Counts of one ectopic class. */
export type EctopyCounts = NonNullable<Analysis['ectopy']>['ventricular'];

/** The signal around one event, for a report to draw; not part of the analysis. */
export interface EventStrip {
  readonly eventId: string;
  /** First sample, of the whole recording. */
  readonly from: number;
  readonly fs: number;
  /** mV, NaN where invalid; all of one length. */
  readonly leads: readonly { readonly lead: string; readonly samples: Float32Array }[];
}
