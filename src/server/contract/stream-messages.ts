import * as v from 'valibot';
import { StreamEventSchema } from '../../core/index.js';

/** The version of the protocol of `docs/streaming.md` that this server speaks. */
export const STREAM_PROTOCOL = 1;

const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** A name of a device: what it calls itself, no personal data. */
export const DeviceSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,63}$/),
  v.description('Letters, digits, `.`, `_`, `~` and `-`; at most 64.'),
);

/** The first message of a device: what it is going to send, or which stream it goes on with. */
const HelloSchema = v.strictObject({
  type: v.literal('hello'),
  protocol: v.literal(STREAM_PROTOCOL),
  /** The stream to go on with; a new one is begun without it. */
  stream: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))),
  /** The last event that the device holds; later ones are sent (again). */
  lastEvent: v.optional(index, 0),
  fs: v.pipe(v.number(), v.minValue(100), v.maxValue(2000), v.description('Hz of every lead.')),
  leads: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?$/))),
    v.minLength(1),
    v.maxLength(16),
  ),
  format: v.picklist(['int16', 'float32']),
  /** Of `int16`: ADC units per mV. Values of `float32` are mV. */
  gain: v.optional(v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e9)), 200),
  /** Of `int16`: ADC units at 0 mV. */
  baseline: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-32768), v.maxValue(32767)), 0),
  /** Local date-time of sample 0: `2026-05-18T15:48:11`. */
  startTime: v.optional(
    v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)?$/)),
  ),
});

/** Samples as JSON: the way to try things; binary messages take a sixth. */
const SamplesSchema = v.strictObject({
  type: v.literal('samples'),
  /** Index of the first sample since the begin of the stream. */
  first: index,
  /** One list a lead, of one length; whole ADC units of `int16`, mV of `float32`, null where invalid. */
  data: v.pipe(v.array(v.pipe(v.array(v.nullable(v.number())), v.minLength(1))), v.minLength(1)),
});

/** A stretch that the device did not record: from the next sample expected to one before `to`. */
const GapSchema = v.strictObject({ type: v.literal('gap'), from: index, to: index });

/** The device holds all events up to this one. */
const EventAckSchema = v.strictObject({ type: v.literal('ack'), event: index });

/** The recording is complete: the stream becomes a recording. */
const EndSchema = v.strictObject({
  type: v.literal('end'),
  /** How many samples were sent; the server refuses to end a stream that holds fewer. */
  samples: v.optional(index),
});

/** What a device says as text. */
export const DeviceMessageSchema = v.variant('type', [
  HelloSchema,
  SamplesSchema,
  GapSchema,
  EventAckSchema,
  EndSchema,
]);

/** What the server bounds; a device keeps to it or is slowed down or sent away. */
const StreamLimitsSchema = v.object({
  messageBytes: index,
  /** Samples a lead in one message. */
  messageSamples: index,
  /** Samples a lead that may be under way without an `ack`; beyond it the server stops reading. */
  window: index,
  /** Events that are sent without an `ack` of the device. */
  eventWindow: index,
  /** Times real time that a backlog is taken in at. */
  speed: v.number(),
  /** s without any sign of life after which the server closes the socket. */
  silenceS: v.number(),
});

const WelcomeSchema = v.object({
  type: v.literal('welcome'),
  protocol: v.literal(STREAM_PROTOCOL),
  stream: v.string(),
  /** The sample that the server wants next: so many it holds. */
  next: index,
  /** The last event that was numbered. */
  lastEvent: index,
  limits: StreamLimitsSchema,
});

/** The server holds all samples before `samples`: they outlive the end of its process. */
const SampleAckSchema = v.object({ type: v.literal('ack'), samples: index });

/** One thing that was seen in a stream, with its number: 1, 2, … without a gap. */
export const NumberedEventSchema = v.object({ seq: index, event: StreamEventSchema });

const EventsSchema = v.object({ type: v.literal('events'), events: v.array(NumberedEventSchema) });

/** Why a message was refused. `hole` and `incomplete` leave the connection open, all others end it. */
const STREAM_ERRORS = [
  'bad-message',
  'too-large',
  'hello-expected',
  'not-found',
  'ended',
  'mismatch',
  'hole',
  'incomplete',
  'too-many-streams',
  'storage-full',
  'internal',
] as const;

const StreamErrorSchema = v.object({
  type: v.literal('error'),
  code: v.picklist(STREAM_ERRORS),
  message: v.string(),
  /** Of `hole` and `incomplete`: the sample to go on with. */
  expected: v.optional(index),
});

/** The stream is a recording now. */
const EndedSchema = v.object({
  type: v.literal('ended'),
  stream: v.string(),
  samples: index,
  lastEvent: index,
  /** Null for a stream without samples. */
  recording: v.nullable(v.string()),
});

/** What the server says. */
export const ServerMessageSchema = v.variant('type', [
  WelcomeSchema,
  SampleAckSchema,
  EventsSchema,
  StreamErrorSchema,
  EndedSchema,
]);

/** Codes with which the server closes a socket, beside 1001 (it stops), 1003, 1007, 1008, 1009 and 1011. */
export const CLOSE_CODES = {
  /** Another connection goes on with this stream. */
  takenOver: 4001,
  /** No sign of life. */
  silent: 4002,
  /** Events were neither read nor acknowledged. */
  eventsUnread: 4003,
  /** The stream has ended; this is the good end. */
  ended: 4000,
} as const;

export type Hello = v.InferOutput<typeof HelloSchema>;
export type HelloInput = v.InferInput<typeof HelloSchema>;
export type DeviceMessage = v.InferOutput<typeof DeviceMessageSchema>;
export type DeviceMessageInput = v.InferInput<typeof DeviceMessageSchema>;
export type ServerMessage = v.InferOutput<typeof ServerMessageSchema>;
export type StreamLimits = v.InferOutput<typeof StreamLimitsSchema>;
export type StreamErrorCode = (typeof STREAM_ERRORS)[number];
export type NumberedEvent = v.InferOutput<typeof NumberedEventSchema>;
