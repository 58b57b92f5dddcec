import { randomBytes } from 'node:crypto';
import type { StreamFormat } from '../contract/stream-chunk.js';
import type { Hello } from '../contract/stream-messages.js';

/** What is known of a stream from its first message on. */
export interface StreamIdentity {
  readonly id: string;
  readonly device: string;
  /** Actor who began it. */
  readonly owner: string;
  /** ISO 8601: when the server first heard of it. */
  readonly startedAt: string;
  /** Local date-time of sample 0, as the device gave it. */
  readonly startTime: string | null;
  readonly format: StreamFormat;
}

/** Ids that sort by the time they were made at. */
export function newStreamId(now: number): string {
  return `s${now.toString(36).padStart(9, '0')}${randomBytes(6).toString('hex')}`;
}

/** Its row in the table of streams. */
export function rowOf({ id, device, owner, startedAt, format }: StreamIdentity) {
  return {
    id,
    device,
    owner,
    started_at: startedAt,
    fs: format.fs,
    leads: JSON.stringify(format.leads),
  };
}

/** In what a device that goes on differs from the one that began, or null. */
export function differenceOf({ format }: StreamIdentity, hello: Hello): string | null {
  for (const key of ['fs', 'format', 'gain', 'baseline'] as const) {
    if (format[key] !== hello[key]) return `${key} was ${format[key]} and is now ${hello[key]}`;
  }
  const names = (leads: readonly string[]) => leads.join(', ');
  return names(format.leads) === names(hello.leads)
    ? null
    : `the leads were ${names(format.leads)} and are now ${names(hello.leads)}`;
}
