import { type Analysis, EcgError, escapeText } from '../../core/index.js';
import { burdenText, groupText, intervalText } from '../terminal-text.js';
import { CARDIAC_ECG, CODES, RESEARCH_TAG } from './codes.js';
import { digest } from './digest.js';
import {
  type FhirReportOptions,
  type FhirResource,
  type Frame,
  observationOf,
  periodOf,
  uuidOf,
} from './frame.js';
import { resultsOf, rhythmConcept } from './results.js';

/**
 * The analysis as a FHIR `Bundle`: a `DiagnosticReport` with its conclusion in words and codes, an `Observation` for every
 * measure, count and stretch of rhythm, and the `Device` that found them, software and networks by their hashes.
 *
 * Everything is preliminary and tagged as research. What is uncertain says so (`interpretation` indeterminate, with the
 * reason), what could not be measured has a `dataAbsentReason`. The same analysis gives the same text, ids included.
 *
 * @throws EcgError `bad-option` for a zone that is none
 *
 * Source: HL7 FHIR R4 4.0.1, checked against its JSON schema and required bindings. R6 is not final: elements as the
 * pages of 6.0.0-ballot4, ballot5 and the continuous build list them (`Device.deviceVersion`, `Device.name.value`,
 * `DiagnosticReport.note`, `conclusionCode` as `CodeableReference`, status `partial`); no schema of it could be run here.
 */
export function writeFhirReport(analysis: Analysis, options: FhirReportOptions = {}): string {
  const { version = 'R4', bundle = 'collection', subject, zone = 'Z' } = options;
  if (!/^(Z|[+-]\d\d:\d\d)$/.test(zone))
    throw new EcgError('bad-option', `fhir: zone ${zone} is none, give Z or +01:00`);
  const name = digest(
    JSON.stringify([
      analysis.recording,
      analysis.models,
      analysis.software,
      analysis.options,
      analysis.corrections,
      version,
      subject,
      zone,
    ]),
  );
  const frame: Frame = {
    analysis,
    version,
    zone,
    zoneIsKnown: options.zone !== undefined,
    subject,
    idOf: (part) => digest(`${name} ${part}`),
  };
  const conclusion = conclusionOf(analysis);
  const impression = { name: 'impression', code: CODES.impression, value: { text: conclusion } };
  const observations = [impression, ...resultsOf(analysis)].map((result) => observationOf(frame, result));
  const resources = [reportOf(frame, observations, conclusion), ...observations, deviceOf(frame)];
  const entry = resources.map((resource) => ({
    fullUrl: `urn:uuid:${uuidOf(resource.id)}`,
    resource,
    ...(bundle === 'transaction'
      ? { request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }
      : {}),
  }));
  const whole = {
    resourceType: 'Bundle',
    id: frame.idOf('bundle'),
    meta: { tag: [RESEARCH_TAG] },
    type: bundle,
    entry,
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

function reportOf(frame: Frame, observations: readonly FhirResource[], conclusion: string): FhirResource {
  const { analysis, version, subject, idOf, zoneIsKnown } = frame;
  const period = periodOf(frame, 0, analysis.recording.length);
  const concepts = (analysis.rhythmBurden ?? [])
    .map(({ rhythm }) => rhythmConcept(rhythm))
    .filter(({ coding }) => coding !== undefined);
  const zoneNote =
    period === undefined || zoneIsKnown ? [] : ['The time zone is not known; local time is written as UTC.'];
  const corrected =
    (analysis.corrections?.length ?? 0) === 0
      ? []
      : ['Beats were corrected by hand; everything follows from the corrected beats.'];
  const notes = [analysis.statement, ...corrected, ...zoneNote, ...analysis.warnings];
  const div = [conclusion, ...notes].map((text) => `<p>${escapeText(text)}</p>`).join('');
  return {
    resourceType: 'DiagnosticReport',
    id: idOf('report'),
    meta: { tag: [RESEARCH_TAG] },
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${div}</div>` },
    // In R6, "incomplete or unverified"; R4 calls early results preliminary.
    status: version === 'R4' ? 'preliminary' : 'partial',
    ...(version === 'R4' ? { category: [CARDIAC_ECG] } : {}),
    code: CODES.study,
    ...(subject === undefined ? {} : { subject: { reference: subject } }),
    ...(period === undefined ? {} : { effectivePeriod: period }),
    result: observations.map(({ id }) => ({ reference: `urn:uuid:${uuidOf(id)}` })),
    ...(version === 'R4' ? {} : { note: notes.map((text) => ({ text })) }),
    conclusion: version === 'R4' ? `${conclusion} ${analysis.statement}` : conclusion,
    ...(concepts.length === 0
      ? {}
      : { conclusionCode: version === 'R4' ? concepts : concepts.map((concept) => ({ concept })) }),
  };
}

/** The findings in a few sentences. */
function conclusionOf(analysis: Analysis): string {
  const { rhythmBurden, heartRate, ectopy, pauses, intervals, quality } = analysis;
  const sentences = [
    ...(rhythmBurden ?? []).map((burden) => {
      const unsure = burden.certainSeconds === 0 && burden.rhythm !== 'unreadable' ? ' (uncertain)' : '';
      return `${burdenText(burden)}${unsure}`;
    }),
    ...(heartRate.meanBpm === null ? [] : [`Mean heart rate ${Math.round(heartRate.meanBpm)} /min`]),
    ...(ectopy === null
      ? ['Beats were not classified']
      : [
          `Ventricular: ${groupText(ectopy.ventricular)}`,
          `Supraventricular: ${groupText(ectopy.supraventricular)}`,
        ]),
    ...(pauses.count === 0 ? [] : [`Pauses: ${pauses.count}, the longest ${pauses.longestS?.toFixed(2)} s`]),
    ...(intervals === null || intervalText(intervals) === '' ? [] : [intervalText(intervals)]),
    `${(100 * quality.analysableShare).toFixed(1)} % of the recording can be read`,
  ];
  return sentences.map((sentence) => `${sentence}.`).join(' ');
}

/** The software and its networks: what they are, and by which bytes they can be known again. */
function deviceOf({ analysis, version, idOf }: Frame): FhirResource {
  const { software, models } = analysis;
  const versions = [
    { type: { text: software.name }, value: software.version },
    ...models.map(({ role, id, version: of, sha256 }) => ({
      type: { text: `Network of ${role}: ${id}` },
      value: `${of}, SHA-256 ${sha256}`,
    })),
  ];
  const named = { system: 'http://hl7.org/fhir/device-nametype', code: 'user-friendly-name' };
  return {
    resourceType: 'Device',
    id: idOf('device'),
    meta: { tag: [RESEARCH_TAG] },
    ...(version === 'R4'
      ? { deviceName: [{ name: software.name, type: 'user-friendly-name' }], version: versions }
      : { name: [{ value: software.name, type: { coding: [named] } }], deviceVersion: versions }),
    type: version === 'R4' ? softwareType : [softwareType],
    note: [{ text: analysis.statement }],
  };
}

const softwareType = { text: 'ECG analysis software, research use only' };
