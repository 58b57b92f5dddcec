import { join } from 'node:path';
import type { ResumePoint } from '../../../analysis/index.js';
import { firstWhere, type StreamEvent } from '../../../core/index.js';
import type { NumberedEvent } from '../../contract/stream-messages.js';
import { FRAME, type Frame } from './frame.js';
import { type FrameFile, openFrameFile, readFrames } from './frame-file.js';

/** The events of a stream on disk, numbered 1, 2, … in the order in which they were written. */
export interface EventLog {
  /** Number of the last event that is written. */
  readonly last: number;
  /** Where the analysis goes on after these events; null before the first. */
  readonly resume: ResumePoint | null;
  /**
   * Numbers and writes events that were told together, in the order of the calls; they may be shown once this is done.
   * They are written whole or not at all, together with the place from which the analysis goes on after them. Without
   * events that place alone is written.
   */
  append(events: readonly StreamEvent[], resume: ResumePoint): Promise<NumberedEvent[]>;
  /** Events after `seq`, at most `count`; the newest come from memory. */
  read(seq: number, count: number): Promise<NumberedEvent[]>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface Batch {
  readonly events: readonly NumberedEvent[];
  readonly resume: ResumePoint;
}

/** Events between two entries of the index, at least. */
const STRIDE = 64;
/** Newest events in memory. */
const RECENT = 64;

/** Opens the events of a stream, repairs the end of the file, and makes it when there is none. */
export async function openEventLog(folder: string): Promise<EventLog> {
  const path = join(folder, 'events');
  /** Which event stands where in the file, ascending. */
  const places: { readonly seq: number; readonly at: number }[] = [];
  let recent: NumberedEvent[] = [];
  let last = 0;
  let resume: ResumePoint | null = null;
  const remember = (batch: Batch, at: number): void => {
    const seq = last + 1;
    if (seq - (places.at(-1)?.seq ?? Number.NEGATIVE_INFINITY) >= STRIDE) places.push({ seq, at });
    recent.push(...batch.events);
    if (recent.length > 2 * RECENT) recent = recent.slice(-RECENT);
    last += batch.events.length;
    resume = batch.resume;
  };
  const file: FrameFile = await openFrameFile(path, (frame, at) => remember(batchOf(frame), at));
  let turn: Promise<unknown> = Promise.resolve();
  const write = async (events: readonly StreamEvent[], from: ResumePoint): Promise<NumberedEvent[]> => {
    const numbered = events.map((event, i) => ({ seq: last + 1 + i, event }));
    const batch: Batch = { events: numbered, resume: from };
    const at = file.size;
    await file.append([frameOf(batch, last + 1)]);
    remember(batch, at);
    return numbered;
  };
  return {
    get last() {
      return last;
    },
    get resume() {
      return resume;
    },
    append(events, from) {
      const written = turn.then(() => write(events, from));
      turn = written.catch(() => undefined);
      return written;
    },
    async read(seq, count) {
      if (seq >= last || count <= 0) return [];
      const oldest = recent[0].seq;
      if (seq + 1 >= oldest) return recent.slice(seq + 1 - oldest, seq + 1 - oldest + count);
      // What is being written meanwhile is not yet to be shown.
      const known = last;
      const place = firstWhere(places.length, (i) => places[i].seq > seq + 1) - 1;
      const found: NumberedEvent[] = [];
      for await (const frame of readFrames(path, places[place].at)) {
        for (const event of batchOf(frame).events)
          if (event.seq > seq && event.seq <= known && found.length < count) found.push(event);
        if (found.length >= count || frame.first + frame.count > known) break;
      }
      return found;
    },
    sync: () => file.sync(),
    async close() {
      await turn;
      await file.close();
    },
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function frameOf(batch: Batch, first: number): Frame {
  const payload = encoder.encode(JSON.stringify(batch));
  return { kind: FRAME.event, first, count: batch.events.length, payload };
}

function batchOf({ payload }: Frame): Batch {
  return JSON.parse(decoder.decode(payload)) as Batch;
}
