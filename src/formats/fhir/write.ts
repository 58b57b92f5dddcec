import {
  type Annotation,
  breatheWhenDue,
  EcgError,
  type ReadRange,
  type Recording,
  type RecordingReader,
  type RunOptions,
  type SignalInfo,
  throwIfCancelled,
} from '../../core/index.js';
import { resolveRange } from '../range.js';
import { ANNOTATION_SYSTEM, conceptOfWord, wordOf } from './annotation-codes.js';
import { codingOfLead, ECG_POTENTIAL, MDC_SYSTEM } from './mdc-leads.js';
import { laterBy } from './start-time.js';

/** Releases of FHIR that can be written. */
export const FHIR_VERSIONS = ['R4', 'R6'] as const;
export type FhirVersion = (typeof FHIR_VERSIONS)[number];

/** How a recording is written as an `Observation`. */
export interface WriteFhirOptions {
  /** R4 when omitted. */
  readonly version?: FhirVersion;
  /** mV between two written values of a signal that does not know its converter; 0.001 when omitted. */
  readonly stepMv?: number;
  /** `Z` or `+01:00`, which FHIR asks for and recordings do not know; `Z` when omitted, which a note then says. */
  readonly zone?: string;
  /** Reference to the patient: `Patient/123`; none when omitted. */
  readonly subject?: string;
}

/** Samples of one signal that are read and written at a time. */
const BLOCK = 2 ** 15;
const UCUM = 'http://unitsofmeasure.org';

/**
 * A recording as FHIR's `Observation` in pieces of JSON text: a `component` a signal, named by MDC, with whole numbers at
 * the steps of its converter (or of `stepMv`) and `E` for NaN. `open` reads every sample back within half such a step.
 *
 * R4 has no place for annotations. In R6 they are a component of coded `SampledData`: the WFDB library's names of codes at
 * `offsets` in ms, with a contained `ConceptMap` as `codeMap`; of a rhythm its name, of other texts, sub-types and channels nothing is kept.
 *
 * @param range  of the recording; all of it when omitted
 * @throws EcgError `bad-option` for an impossible step, zone or range; `cancelled`; what `reader.read` throws
 *
 * Source: HL7 FHIR R4 4.0.1, Observation and SampledData, checked against its JSON schema. R6 is not final: elements as
 * its ballots define SampledData (`interval`, `intervalUnit`, `codeMap`, `offsets`), the annotations as the continuous build's example
 * `ekg-coded-annotations` has them, though beside the signal in one observation; no schema of it could be run here.
 */
export async function* streamFhirObservation(
  reader: RecordingReader,
  options: WriteFhirOptions = {},
  range?: Pick<ReadRange, 'from' | 'to'>,
  run?: RunOptions,
): AsyncGenerator<string, void, void> {
  const { version = 'R4', stepMv = 0.001, zone = 'Z', subject } = options;
  if (!(stepMv > 0 && stepMv <= 10))
    throw new EcgError('bad-option', `fhir: a step of ${stepMv} mV is impossible, give 0.001`);
  if (!/^(Z|[+-]\d\d:\d\d)$/.test(zone))
    throw new EcgError('bad-option', `fhir: zone ${zone} is none, give Z or +01:00`);
  const { info } = reader;
  const { from, to } = resolveRange({ ...info, signals: [] }, { ...range, signals: [] });
  const annotations =
    version === 'R6' ? info.annotations.filter(({ sample }) => sample >= from && sample < to) : [];
  const coded = codedAnnotations(annotations, from, info.fs);
  yield head(info, { zone, subject, from, words: coded.words, zoneIsKnown: options.zone !== undefined });
  for (const [index, signal] of info.signals.entries()) {
    const scale = scaleOf(signal, stepMv);
    yield `${index === 0 ? '' : ',\n'}${componentHead(signal, scale, version)}`;
    for (let at = from; at < to; at += BLOCK) {
      throwIfCancelled(run, `fhir: ${info.id}`);
      await breatheWhenDue();
      const slice = await reader.read({ from: at, to: Math.min(to, at + BLOCK), signals: [index] }, run);
      const text = dataText(slice.signals[0]?.samples ?? new Float32Array(0), scale);
      yield at === from || text === '' ? text : ` ${text}`;
    }
    yield '"}}';
  }
  if (coded.words.length > 0) yield `${info.signals.length === 0 ? '' : ',\n'}${coded.component}`;
  yield ']}\n';
}

/**
 * `streamFhirObservation` of a recording in memory, as one text.
 *
 * @throws EcgError as that
 */
export async function writeFhirObservation(
  recording: Recording,
  options?: WriteFhirOptions,
): Promise<string> {
  const { offset, signals, fs } = recording;
  const zeroed =
    recording.startTime === undefined ? undefined : laterBy(recording.startTime, offset / fs, '');
  const info = { ...recording, ...(zeroed === undefined ? {} : { startTime: zeroed }) };
  const reader: RecordingReader = {
    info,
    read: async (range) => ({
      ...info,
      offset: range?.from ?? 0,
      signals: (range?.signals ?? signals.map((_, index) => index)).map((index) => {
        const signal = signals[index] as Recording['signals'][number];
        const at = (sample: number) => Math.round((sample * signal.fs) / fs);
        return {
          ...signal,
          samples: signal.samples.subarray(at(range?.from ?? 0), at(range?.to ?? recording.length)),
        };
      }),
    }),
    close: async () => {},
  };
  let text = '';
  for await (const piece of streamFhirObservation(reader, options)) text += piece;
  return text;
}

/** How values become whole numbers: `value = origin + factor × number`. */
interface Scale {
  readonly origin: number;
  readonly factor: number;
}

/** A converter's scale where it is plausible, in decimals that read back as it; the step otherwise. */
function scaleOf({ adc }: SignalInfo, step: number): Scale {
  if (adc === undefined || !(adc.gain > 0 && Number.isFinite(adc.gain) && Number.isFinite(adc.baseline)))
    return { origin: 0, factor: step };
  return { origin: -adc.baseline / adc.gain + 0, factor: 1 / adc.gain };
}

function dataText(samples: Float32Array, { origin, factor }: Scale): string {
  let text = '';
  for (let i = 0; i < samples.length; i++) {
    const number = Math.round(((samples[i] as number) - origin) / factor);
    text += `${i === 0 ? '' : ' '}${Number.isFinite(number) ? number + 0 : 'E'}`;
  }
  return text;
}

interface HeadParts {
  readonly zone: string;
  readonly zoneIsKnown: boolean;
  readonly subject: string | undefined;
  readonly from: number;
  readonly words: readonly string[];
}

/** Everything before the first component. */
function head(info: RecordingReader['info'], parts: HeadParts): string {
  const { zone, zoneIsKnown, subject, from, words } = parts;
  const start = info.startTime === undefined ? undefined : laterBy(info.startTime, from / info.fs, zone);
  const potential = { system: MDC_SYSTEM, code: String(ECG_POTENTIAL), display: 'MDC_ECG_ELEC_POTL' };
  const category = {
    system: 'http://terminology.hl7.org/CodeSystem/observation-category',
    code: 'procedure',
    display: 'Procedure',
  };
  const observation = {
    resourceType: 'Observation',
    id: info.id.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 64) || 'ecg',
    ...(words.length === 0 ? {} : { contained: [conceptMap(words)] }),
    status: 'final',
    category: [{ coding: [category] }],
    code: { coding: [potential], text: 'Electrocardiogram' },
    ...(subject === undefined ? {} : { subject: { reference: subject } }),
    ...(start === undefined ? {} : { effectiveDateTime: start }),
    ...(start === undefined || zoneIsKnown
      ? {}
      : { note: [{ text: 'The time zone is not known; local time is written as UTC.' }] }),
  };
  const text = JSON.stringify(observation);
  return `${text.slice(0, -1)},\n"component":[\n`;
}

function componentHead(signal: SignalInfo, { origin, factor }: Scale, version: FhirVersion): string {
  const period = 1000 / signal.fs;
  const coding = codingOfLead(signal.lead);
  const value = {
    // Of units other than mV the UCUM code is not known.
    origin: {
      value: origin,
      unit: signal.unit,
      ...(signal.unit === 'mV' ? { system: UCUM, code: 'mV' } : {}),
    },
    ...(version === 'R4' ? { period } : { interval: period, intervalUnit: 'ms' }),
    factor,
    dimensions: 1,
    data: '',
  };
  const text = JSON.stringify({ code: { coding: [coding], text: signal.lead }, valueSampledData: value });
  return text.slice(0, -'"}}'.length);
}

const MAP_ID = 'annotation-map';

/** The component of annotations, and the words that occur in it. */
function codedAnnotations(
  annotations: readonly Annotation[],
  from: number,
  fs: number,
): { component: string; words: string[] } {
  const offsets: string[] = [];
  const codes: string[] = [];
  for (const { sample, symbol, aux } of annotations) {
    const word = wordOf(symbol, aux);
    if (word === undefined) continue;
    // Rounded so that it reads back as the same sample at any rate up to 1 MHz.
    offsets.push(String(Math.round(((sample - from) * 1e9) / fs) / 1e6));
    codes.push(word);
  }
  const component = JSON.stringify({
    code: { text: 'Annotations' },
    valueSampledData: {
      origin: { value: 0 },
      intervalUnit: 'ms',
      dimensions: 1,
      codeMap: `#${MAP_ID}`,
      offsets: offsets.join(' '),
      data: codes.join(' '),
    },
  });
  return { component, words: [...new Set(codes)].sort() };
}

/** What the words mean: a concept of SNOMED CT, or that there is none. */
function conceptMap(words: readonly string[]): object {
  return {
    resourceType: 'ConceptMap',
    id: MAP_ID,
    status: 'draft',
    experimental: true,
    group: [
      {
        source: ANNOTATION_SYSTEM,
        target: 'http://snomed.info/sct',
        element: words.map((code) => {
          const concept = conceptOfWord(code);
          return concept === undefined
            ? { code, noMap: true }
            : { code, target: [{ ...concept, relationship: 'equivalent' }] };
        }),
      },
    ],
  };
}
