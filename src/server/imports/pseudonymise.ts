import type { Annotation, RecordingInfo } from '../../core/index.js';

/** The date that recordings without a date have in EDF. */
const NO_DATE = '1985-01-01';

/**
 * A description without what could name the patient: the record's name becomes `id`, notes are gone, so is the free
 * text of comments (their places and the names of rhythms stay), file names in warnings, and the date. The time of day
 * stays, because rhythms by day and by night are told apart by it; the date is 1985-01-01, which EDF takes for
 * "removed".
 *
 * Names of leads stay: they are names of leads or the recording is of no use.
 *
 * @param fileNames  of the upload
 */
export function pseudonymise(info: RecordingInfo, id: string, fileNames: readonly string[]): RecordingInfo {
  const { startTime, ...rest } = info;
  const time = startTime?.match(/T(.*)$/)?.[1];
  return {
    ...rest,
    id,
    notes: [],
    annotations: info.annotations.map(withoutText),
    ...(time === undefined ? {} : { startTime: `${NO_DATE}T${time}` }),
    warnings: info.warnings.map((warning) => withoutNames(warning, [info.id, ...fileNames])),
  };
}

/** A message with every name, with and without its ending, replaced; longest names first. */
export function withoutNames(message: string, names: readonly string[]): string {
  return names
    .flatMap((name) => [name, name.replace(/\.[^.]*$/, '')])
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(name, '…'), message);
}

/** The name of a rhythm, as WFDB writes it: `(AFIB`. */
const RHYTHM = /^\([A-Z0-9]{1,8}$/;

function withoutText(annotation: Annotation): Annotation {
  const { aux, ...rest } = annotation;
  return aux !== undefined && RHYTHM.test(aux.trim()) ? { ...rest, aux } : rest;
}
