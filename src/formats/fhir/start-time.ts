const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/;

/** When a recording began. */
export interface Start {
  /** ISO 8601 local date-time. */
  readonly local: string;
  /** `Z` or `+01:00`; empty where it is not said. */
  readonly zone: string;
}

/** A FHIR date-time as local time and zone, or undefined when it says no time of day. */
export function startOf(text: string | undefined): Start | undefined {
  const match = DATE_TIME.exec(text ?? '');
  if (match === null || Number.isNaN(Date.parse(`${match[1]}Z`))) return undefined;
  return { local: match[1] as string, zone: match[2] ?? '' };
}

/**
 * A local date-time some seconds later, to the millisecond and without empty decimals, as FHIR writes it with its zone.
 *
 * @param zone  `Z` or `+01:00`
 */
export function laterBy(local: string, seconds: number, zone: string): string {
  if (seconds === 0) return `${local}${zone}`;
  const time = Date.parse(`${local}Z`) + Math.round(seconds * 1000);
  return `${new Date(time).toISOString().replace(/(\.000)?Z$/, '')}${zone}`;
}
