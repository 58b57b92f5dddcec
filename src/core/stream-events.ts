import * as v from 'valibot';
import { UNCERTAIN_REASONS } from './analysis/beats.js';
import { UNREADABLE_REASONS } from './analysis/quality.js';
import { BEAT_CLASSES } from './annotation.js';
import { RHYTHM_CLASSES } from './rhythm.js';

const sample = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const from = v.pipe(sample, v.description('Sample of the stream where what is told began.'));
const at = v.pipe(
  sample,
  v.description(
    'Samples of the stream that had been heard when this was told: `at − from` is how late it is.',
  ),
);

/** What a live stream may need somebody to look at, the gravest first. */
export const STREAM_ALERTS = [
  'asystole',
  'ventricular-fibrillation-or-tachycardia',
  'ventricular-run',
  'pause',
  'tachycardia',
  'bradycardia',
  'atrial-fibrillation',
  'leads-off',
] as const;

/** What a live stream may need somebody to look at. */
export type StreamAlertKind = (typeof STREAM_ALERTS)[number];

/** What can be said of a stream's signal, or of one lead of it, at a time. */
export const SIGNAL_STATES = ['good', ...UNREADABLE_REASONS] as const;

/** What can be said of a stream's signal at a time. */
export type SignalState = (typeof SIGNAL_STATES)[number];

export const StreamBeatSchema = v.pipe(
  v.object({
    kind: v.literal('beat'),
    sample: v.pipe(sample, v.description('The R peak.')),
    final: v.pipe(
      v.boolean(),
      v.description('False at once after detection; true once, when the beats that follow are known.'),
    ),
    changed: v.pipe(
      v.boolean(),
      v.description('Whether a final beat has another class, or became certain or uncertain; false before.'),
    ),
    class: v.pipe(v.nullable(v.picklist(BEAT_CLASSES)), v.description('AAMI; null without a model.')),
    probability: v.pipe(v.nullable(share), v.description('That the class is right; null without a model.')),
    uncertain: v.pipe(
      v.nullable(v.picklist(UNCERTAIN_REASONS)),
      v.description('Why the class is not to be relied on; null where it is.'),
    ),
    rr: v.pipe(
      v.nullable(v.pipe(v.number(), v.gtValue(0))),
      v.description('s since the beat before; null where that is not known.'),
    ),
    at,
  }),
  v.description('A heartbeat; told twice, first at once, then with what follows it.'),
);

export const StreamRhythmSchema = v.pipe(
  v.object({
    kind: v.literal('rhythm'),
    rhythm: v.picklist(RHYTHM_CLASSES),
    probability: v.pipe(v.nullable(share), v.description('Null where the rhythm follows from beats.')),
    uncertain: v.boolean(),
    reason: v.nullable(v.string()),
    from,
    at,
  }),
  v.description('The rhythm has changed.'),
);

const state = v.picklist(SIGNAL_STATES);
export const StreamSignalSchema = v.pipe(
  v.object({
    kind: v.literal('signal'),
    state: v.pipe(state, v.description('Of all leads together: one good lead is enough.')),
    leads: v.pipe(v.array(state), v.description('Of each lead.')),
    from,
    at,
  }),
  v.description('The signal, or one lead of it, has become unreadable or good again.'),
);

export const StreamRateSchema = v.pipe(
  v.object({
    kind: v.literal('rate'),
    bpm: v.pipe(
      v.nullable(v.pipe(v.number(), v.gtValue(0))),
      v.description('Over the last 8 intervals; null where none is known.'),
    ),
    at,
  }),
  v.description('The heart rate has changed, told at most every 2 s.'),
);

export const StreamAlertSchema = v.pipe(
  v.object({
    kind: v.literal('alert'),
    alert: v.picklist(STREAM_ALERTS),
    state: v.pipe(
      v.picklist(['begin', 'end', 'once']),
      v.description('`once` for what is over when it is told, a pause.'),
    ),
    uncertain: v.pipe(v.boolean(), v.description('True where noise or an unsure network may deceive.')),
    detail: v.pipe(
      v.record(v.string(), v.union([v.number(), v.string()])),
      v.description('Figures behind it: `bpm`, `seconds`, `beats`, `probability`, `rhythm`.'),
    ),
    from,
    at,
  }),
  v.description('Something that somebody should look at begins, or is over.'),
);

/** What a live stream tells; sample indices count from the stream's begin. */
export const StreamEventSchema = v.variant('kind', [
  StreamBeatSchema,
  StreamRhythmSchema,
  StreamSignalSchema,
  StreamRateSchema,
  StreamAlertSchema,
]);

export type StreamBeat = v.InferOutput<typeof StreamBeatSchema>;
export type StreamRhythm = v.InferOutput<typeof StreamRhythmSchema>;
export type StreamSignal = v.InferOutput<typeof StreamSignalSchema>;
export type StreamRate = v.InferOutput<typeof StreamRateSchema>;
export type StreamAlert = v.InferOutput<typeof StreamAlertSchema>;
/** What a live stream tells; see `StreamEventSchema`. */
export type StreamEvent = v.InferOutput<typeof StreamEventSchema>;
