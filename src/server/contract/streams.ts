import * as v from 'valibot';
import type { Routes } from './route.js';
import { DeviceSchema, NumberedEventSchema } from './stream-messages.js';
import { pathId, queryNumber } from './values.js';

const time = v.pipe(v.string(), v.description('ISO 8601, UTC.'));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Schema of a stream. */
const StreamSchema = v.object({
  id: v.string(),
  device: v.string(),
  startedAt: time,
  endedAt: v.nullable(time),
  fs: v.pipe(v.number(), v.description('Hz.')),
  leads: v.array(v.string()),
  recordingId: v.pipe(v.nullable(v.string()), v.description('The recording it became.')),
  connected: v.pipe(v.boolean(), v.description('Whether its device is connected now.')),
  samples: v.pipe(v.nullable(whole), v.description('Samples a lead that are stored; null after its end.')),
  lastEvent: v.pipe(v.nullable(whole), v.description('Number of its newest event; null after its end.')),
});

const stream = v.object({ id: pathId('Of the stream') });

/** Live streams of devices. */
export const STREAMS_ROUTES = {
  stream: {
    method: 'GET',
    path: '/v1/streams/{device}',
    tag: 'streams',
    summary: 'Sends the samples of a device as they come',
    description:
      'A WebSocket. Its messages are described in docs/streaming.md; a stream goes on after a lost connection where it was, and becomes a recording in the end.',
    access: 'editor',
    socket: true,
    params: v.object({ device: DeviceSchema }),
    answers: { 101: { description: 'The socket is open; the device says hello' } },
  },
  listStreams: {
    method: 'GET',
    path: '/v1/streams',
    tag: 'streams',
    summary: 'Streams, the newest first',
    access: 'viewer',
    query: v.object({
      device: v.exactOptional(DeviceSchema),
      open: v.pipe(
        v.exactOptional(v.picklist(['true', 'false'])),
        v.description('Only those that have not ended, or only those that have.'),
      ),
      before: v.pipe(v.exactOptional(pathId('A stream')), v.description('`next` of the page before.')),
      limit: v.exactOptional(queryNumber({ min: 1, max: 1000, integer: true })),
    }),
    answers: {
      200: {
        description: 'A page',
        schema: v.object({
          streams: v.array(StreamSchema),
          next: v.pipe(v.nullable(v.string()), v.description('`before` of the next page; null on the last.')),
        }),
      },
    },
  },
  listStreamEvents: {
    method: 'GET',
    path: '/v1/streams/{id}/events',
    tag: 'streams',
    summary: 'What was seen in a stream, the oldest first',
    description: 'Also for a day after its end; the analysis of its recording tells more.',
    access: 'viewer',
    params: stream,
    query: v.object({
      after: v.exactOptional(queryNumber({ min: 0, integer: true })),
      limit: v.exactOptional(queryNumber({ min: 1, max: 1000, integer: true })),
    }),
    answers: {
      200: {
        description: 'Events with their numbers',
        schema: v.object({ lastEvent: whole, events: v.array(NumberedEventSchema) }),
      },
    },
  },
  watchStream: {
    method: 'GET',
    path: '/v1/streams/{id}/live',
    tag: 'streams',
    summary: 'Follows a stream, as server-sent events',
    description:
      'Events named `event`, each with its number as id: who comes back with `Last-Event-ID` misses none. With `samplesPerSecond` also `samples` (without an id: first sample, fs, and one list of mV a lead, the lowest and the highest value of each stretch in turn), and `ended` when the stream has become a recording.',
    access: 'viewer',
    deadlineS: null,
    params: stream,
    query: v.object({
      after: v.pipe(
        v.exactOptional(queryNumber({ min: 0, integer: true })),
        v.description('Begins after this event; from now on when omitted.'),
      ),
      samplesPerSecond: v.pipe(
        v.exactOptional(queryNumber({ min: 10, max: 2000 })),
        v.description('Values a second and lead; no samples are sent without it.'),
      ),
    }),
    answers: { 200: { description: 'Events until the stream ends', type: 'text/event-stream' } },
  },
  endStream: {
    method: 'POST',
    path: '/v1/streams/{id}/end',
    tag: 'streams',
    summary: 'Makes a recording of a stream that its device does not end',
    access: 'editor',
    params: stream,
    answers: {
      200: {
        description: 'The recording; null when the stream had no samples',
        schema: v.object({ recordingId: v.nullable(v.string()), samples: whole }),
      },
    },
  },
} as const satisfies Routes;
