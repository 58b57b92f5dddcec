import type { StreamLimits } from '../contract/stream-messages.js';

/** Bytes of a message. */
export const MESSAGE_BYTES = 256 * 1024;
/** s of samples that may be under way without an acknowledgement. */
const WINDOW_S = 30;
/** Events sent without an acknowledgement. */
const EVENT_WINDOW = 512;
/** Times real time that a backlog is taken in at. */
export const SPEED = 20;
/** s of samples that may come at once, beyond that speed. */
export const BURST_S = 60;
/** s without any sign of life after which a socket is closed. */
export const SILENCE_S = 45;
/** s between two pings. */
export const PING_S = 15;
/** s that stored samples may wait for the analysis before the socket is not read any more. */
export const LAG_S = 20;
/** s of samples that a device may leave out at once. */
export const LONGEST_GAP_S = 24 * 3600;
/** s in which a device says hello. */
export const HELLO_S = 10;
/** s for which a device may leave events unread or unacknowledged while others wait. */
export const UNREAD_S = 60;

/** What a device of this rate is told to keep to. */
export function limitsOf(fs: number): StreamLimits {
  return {
    messageBytes: MESSAGE_BYTES,
    messageSamples: Math.ceil(10 * fs),
    window: Math.ceil(WINDOW_S * fs),
    eventWindow: EVENT_WINDOW,
    speed: SPEED,
    silenceS: SILENCE_S,
  };
}
