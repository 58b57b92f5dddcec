/** When a recording began, as far as its header says. */
export interface EdfStart {
  /** ms since 1970 as if local time were UTC; undefined when the date is not known. */
  readonly ms: number | undefined;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * The start of a recording from its three header fields.
 *
 * The two-digit year means 1985…2084; the EDF+ `Startdate 02-MAR-2002` of the recording field decides where it
 * stands, and its `X` means that nobody may know: the time of day is then a note.
 *
 * @param date      `dd.mm.yy`
 * @param time      `hh.mm.ss`
 * @param recording the recording identification, 80 characters
 *
 * Source: EDF+ specification, Kemp & Olivan 2003, sections 2.1.3.1 and 2.1.3.3.4, doi:10.1016/S1388-2457(03)00123-8.
 */
export function edfStart(date: string, time: string, recording: string): EdfStart {
  const clock = /^(\d\d)[.:](\d\d)[.:](\d\d)/.exec(time.trim());
  const stated = /^Startdate\s+(X|(\d\d)-([A-Z]{3})-(\d{4}))(\s|$)/i.exec(recording.trim());
  if (stated?.[1]?.toUpperCase() === 'X') {
    return {
      ms: undefined,
      notes: clock ? [`start time of day: ${clock.slice(1, 4).join(':')}`] : [],
      warnings: [],
    };
  }
  const short = /^(\d\d)[.\-/](\d\d)[.\-/](\d\d)/.exec(date.trim());
  const month = MONTHS.indexOf((stated?.[3] ?? '').toUpperCase());
  let year = Number(stated?.[4]);
  let day = Number(stated?.[2]);
  let monthIndex = month;
  if (stated === null || month < 0) {
    const yy = Number(short?.[3]);
    year = yy >= 85 ? 1900 + yy : 2000 + yy;
    monthIndex = Number(short?.[2]) - 1;
    day = Number(short?.[1]);
  }
  const [hour, minute, second] = (clock?.slice(1, 4) ?? []).map(Number);
  const ms = Date.UTC(year, monthIndex, day, hour, minute, second);
  const back = new Date(ms);
  // Date.UTC rolls 31 February over into March.
  const real = Number.isFinite(ms) && back.getUTCDate() === day && back.getUTCMonth() === monthIndex;
  if (real && hour !== undefined && hour < 24) return { ms, notes: [], warnings: [] };
  return {
    ms: undefined,
    notes: [],
    warnings: [
      `The start ${JSON.stringify(date.trim())} ${JSON.stringify(time.trim())} is no date and time.`,
    ],
  };
}

/** ISO 8601 local date-time, with a fraction only where there is one. */
export function isoLocal(ms: number): string {
  const iso = new Date(Math.round(ms)).toISOString().slice(0, -1);
  return iso.endsWith('.000') ? iso.slice(0, -4) : iso;
}
