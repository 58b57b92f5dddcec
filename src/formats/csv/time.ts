import { parseNumber } from './number.js';

/** How a column tells the time of its row. */
export type TimeKind =
  /** A number of units of `scale` seconds. */
  | { readonly kind: 'number'; readonly scale: number }
  /** `h:mm:ss.mmm` or `m:ss.mmm`, with or without a date before it that is not read. */
  | { readonly kind: 'clock' }
  /** `2020-05-18T15:48:11.250` with or without a zone. */
  | { readonly kind: 'iso' };

const CLOCK = /^\[?(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}[ T])?(?:(\d+):)?(\d+):(\d{1,2}(?:[.,]\d+)?)/;
const ISO = /^\[?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d(?:[.,]\d+)?)/;

/** The kind of time that a cell of text tells, or undefined when it is no time of day. */
export function timeKindOf(cell: string): TimeKind | undefined {
  if (ISO.test(cell)) return { kind: 'iso' };
  return CLOCK.test(cell) ? { kind: 'clock' } : undefined;
}

/** Digits after the point of the seconds, or of the number. */
export function timeDecimals(cell: string): number {
  return /[.,](\d+)[^\d]*(?:[+-]\d\d:?\d\d)?\]?$/.exec(cell.trim())?.[1]?.length ?? 0;
}

/** ISO local date-time of a cell, to the millisecond, or undefined when it tells no date. */
export function isoOf(cell: string): string | undefined {
  const match = ISO.exec(cell.trim());
  if (match === null) return undefined;
  const [whole = '0', fraction = ''] = (match[6] ?? '').split(/[.,]/);
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  const date = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${whole}`;
  return ms === '000' ? date : `${date}.${ms}`;
}

/**
 * A reader of time cells, in seconds; NaN for what it cannot read.
 *
 * The part before the seconds is understood once and kept while it stays the same.
 */
export function timeReader(
  time: TimeKind,
  decimal: '.' | ',',
): (bytes: Uint8Array, from: number, to: number) => number {
  if (time.kind === 'number') {
    return (bytes, from, to) => parseNumber(bytes, from, to, decimal) * time.scale;
  }
  const colons = time.kind === 'iso' ? 2 : Number.POSITIVE_INFINITY;
  let prefix = new Uint8Array(0);
  let base = Number.NaN;
  const decoder = new TextDecoder();
  return (bytes, from, to) => {
    let seconds = from;
    for (let at = from, seen = 0; at < to && seen < colons; at++) {
      if (bytes[at] === 58) {
        seen++;
        seconds = at + 1;
      }
    }
    if (seconds === from) return Number.NaN;
    if (!same(bytes, from, seconds, prefix)) {
      prefix = bytes.slice(from, seconds);
      base = secondsOf(`${decoder.decode(prefix)}00`, time.kind);
    }
    let end = seconds;
    let point: '.' | ',' = '.';
    for (; end < to; end++) {
      const byte = bytes[end] as number;
      if (byte === 44) point = ',';
      if (byte !== 46 && byte !== 44 && (byte < 48 || byte > 57)) break;
    }
    return base + parseNumber(bytes, seconds, end, point);
  };
}

function secondsOf(text: string, kind: 'clock' | 'iso'): number {
  if (kind === 'iso') {
    const match = ISO.exec(text.trim());
    if (match === null) return Number.NaN;
    const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute) / 1000;
  }
  const match = CLOCK.exec(text.trim());
  return match === null ? Number.NaN : Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60;
}

function same(bytes: Uint8Array, from: number, to: number, other: Uint8Array): boolean {
  if (to - from !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[from + i] !== other[i]) return false;
  return true;
}
