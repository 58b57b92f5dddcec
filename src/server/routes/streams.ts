import { lastEventId, writeEventStream } from '../alerts/event-stream.js';
import type { ServerContext } from '../context.js';
import type { STREAMS_ROUTES } from '../contract/streams.js';
import type { Handlers } from '../http/handler.js';
import { getStream, type StreamRow } from '../storage/streams.js';
import { followStream } from '../streams/follow-stream.js';
import type { StreamService } from '../streams/stream-service.js';

const PAGE = 100;
const EVENTS = 200;

/** Live streams: their socket, who looks on, and what became of them. */
export function streamsHandlers({
  database,
  streams,
  audit,
}: ServerContext): Handlers<typeof STREAMS_ROUTES> {
  return {
    stream({ params: { device }, actor }, socket) {
      streams.connect(device, socket, actor);
    },
    async listStreams({ query: { device, open, before, limit = PAGE }, actor }) {
      // Ids grow with the time at which a stream began.
      let select = database
        .selectFrom('streams')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (device !== undefined) select = select.where('device', '=', device);
      if (open !== undefined) select = select.where('ended_at', open === 'true' ? 'is' : 'is not', null);
      if (before !== undefined) select = select.where('id', '<', before);
      const rows = await select.execute();
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? page[page.length - 1].id : null;
      await audit.append(actor, 'stream.list', 'streams', { shown: page.length });
      return { body: { streams: page.map((row) => streamOf(row, streams)), next } };
    },
    async listStreamEvents({ params: { id }, query: { after = 0, limit = EVENTS }, actor }) {
      await getStream(database, id);
      const stored = await streams.events(id);
      const events = await stored.events(after, limit);
      await audit.append(actor, 'stream.read', id);
      return { body: { lastEvent: stored.lastEvent, events } };
    },
    async watchStream({ params: { id }, query: { after, samplesPerSecond }, request, signal, actor }) {
      const row = await getStream(database, id);
      const format = await streams.format(id);
      const options = {
        format,
        after: lastEventId(request.headers['last-event-id']) ?? after ?? null,
        samplesPerSecond: samplesPerSecond ?? null,
      };
      await audit.append(actor, 'stream.read', row.id);
      return {
        type: 'text/event-stream',
        headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
        body: writeEventStream(followStream(streams, id, options, signal), signal),
      };
    },
    async endStream({ params: { id }, actor }) {
      await getStream(database, id);
      const { recording, samples } = await streams.end(id);
      await audit.append(actor, 'stream.end', id);
      return { body: { recordingId: recording, samples } };
    },
  };
}

function streamOf(row: StreamRow, streams: StreamService) {
  const state = row.ended_at === null ? streams.state(row.id) : null;
  return {
    id: row.id,
    device: row.device,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    fs: row.fs,
    leads: JSON.parse(row.leads) as string[],
    recordingId: row.recording_id,
    connected: state?.connected ?? false,
    samples: state?.samples ?? null,
    lastEvent: state?.lastEvent ?? null,
  };
}
