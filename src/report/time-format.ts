import type { Analysis } from '../core/index.js';

const two = (n: number) => String(n).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * What to call the time of a sample: the time of day where the recording knows it (with `day 2` and so on from
 * the second day), otherwise the time from its begin.
 */
export function createClock(
  recording: Pick<Analysis['recording'], 'fs' | 'startTime'>,
): (sample: number) => string {
  const start = secondsOfDay(recording.startTime);
  return (sample) => {
    const total = Math.floor(sample / recording.fs + (start ?? 0));
    if (start === null)
      return `${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
    const day = Math.floor(total / 86_400);
    const time = `${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
    return day === 0 ? time : `day ${day + 1} ${time}`;
  };
}

function secondsOfDay(startTime: string | null): number | null {
  const match = /T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?/.exec(startTime ?? '');
  return match && Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

/** `12 Jan 2026, 21:40`; null where the recording does not know its day. */
export function formatStart(startTime: string | null): string | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(startTime ?? '');
  const month = match && MONTHS[Number(match[2]) - 1];
  return match && month ? `${Number(match[3])} ${month} ${match[1]}${match[4] ? `, ${match[4]}` : ''}` : null;
}

/** `9.5 s`, `29 min 31 s`, `23 h 58 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
  const s = Math.round(seconds);
  const pair = (big: number, bigName: string, small: number, smallName: string) =>
    small === 0 ? `${big} ${bigName}` : `${big} ${bigName} ${small} ${smallName}`;
  if (s < 3600) return pair(Math.floor(s / 60), 'min', s % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(seconds / 3600);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
