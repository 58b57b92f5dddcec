import {
  type AdcScale,
  EcgError,
  type RecordingInfo,
  type RecordingReader,
  type Signal,
  throwIfCancelled,
} from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import { lengthOfSignals, memoryReader, parseJson } from '../memory-reader.js';
import { scaleOf, scaleWarnings, type ValueScale } from '../scale.js';
import type { ByteSource, OpenOptions } from '../source.js';
import { annotationsOf, isCoded } from './coded-data.js';
import { leadOfCoding } from './mdc-leads.js';
import { type Concept, type Observation, type SampledData, sampledObservations } from './resources.js';
import { rateOf, readSampledValues, type SampledValues } from './sampled-data.js';
import { startOf } from './start-time.js';

/** A JSON text is parsed as a whole. */
const LARGEST_FILE = 256 * 2 ** 20;
const MOST_SIGNALS = 256;

/** One sampled part with its name. */
interface Part {
  readonly lead: string;
  readonly sampled: SampledData;
}

/**
 * An open recording from FHIR: an `Observation` whose `component`s, or whose value, are `SampledData`, by itself or in a
 * `Bundle`; R4 (`period`) as well as R5 and R6 (`interval`, coded data as annotations).
 *
 * Leads are named by their MDC code, else by what the component is called. Observations of a bundle that begin at the
 * same time of the same subject are one recording; others are named in a warning. Who it is of stands in `notes` only.
 *
 * @throws EcgError `bad-format` for text that is no JSON or holds no such observation; `bad-option` without a rate or
 *   unit that can be told; `unsupported` over 256 MiB, for another resource or data at offsets; `cancelled`
 *
 * Source: HL7 FHIR R4 4.0.1 (Observation, SampledData) and its example `Observation/ekg`; SampledData of R6 as of the
 * ballot of July 2026 (6.0.0-ballot5) and the continuous build's example `ekg-coded-annotations`.
 */
export async function openFhir(source: ByteSource, options?: OpenOptions): Promise<RecordingReader> {
  const where = `fhir: ${source.name}`;
  if (source.size > LARGEST_FILE)
    throw new EcgError(
      'unsupported',
      `${where} has ${source.size} bytes, more than 256 MiB: send it in parts`,
    );
  const all = sampledObservations(parseJson(await source.read(0, source.size), where), where);
  throwIfCancelled(options, where);
  const warnings: string[] = [];
  const main =
    all.find((one) => partsOf(one).some(({ sampled }) => !isCoded(sampled))) ?? (all[0] as Observation);
  const [together, others] = split(all, main);
  if (others > 0)
    warnings.push(
      `It holds ${others} more observations with samples, of another time or subject, which are left out.`,
    );
  const parts = together.flatMap(partsOf);
  const { signals, fs } = await signalsOf(
    parts.filter(({ sampled }) => !isCoded(sampled)),
    { options, where, warnings },
  );
  const length = lengthOfSignals(signals, fs, { where, warnings });
  const annotations = await annotationsOf(
    parts.filter(({ sampled }) => isCoded(sampled)).map(({ sampled }) => sampled),
    { fs, where, warnings },
  );
  const start = startOf(main.effectiveDateTime ?? main.effectiveInstant ?? main.effectivePeriod?.start);
  const info: RecordingInfo = {
    id: main.id ?? source.name.replace(/\.[^.]*$/, ''),
    format: 'fhir',
    fs,
    length,
    signals: signals.map(({ samples: _, ...described }) => described),
    annotations,
    gaps: [],
    ...(start === undefined ? {} : { startTime: start.local }),
    notes: notesOf(main, start?.zone),
    warnings,
  };
  return memoryReader(info, signals, source, where);
}

/** The observations that belong with the first one, and how many do not. */
function split(all: readonly Observation[], main: Observation): [Observation[], number] {
  const key = (one: Observation) =>
    `${one.effectiveDateTime ?? one.effectiveInstant ?? one.effectivePeriod?.start ?? ''} ${one.subject?.reference ?? ''}`;
  const mine = key(main);
  const together = all.filter((one) => key(one) === mine);
  return [together, all.length - together.length];
}

function partsOf({ code, valueSampledData, component }: Observation): Part[] {
  const own = valueSampledData === undefined ? [] : [{ code, valueSampledData }];
  return [...own, ...(component ?? [])].flatMap((part, i) =>
    part.valueSampledData === undefined
      ? []
      : [{ lead: nameOf(part.code, i), sampled: part.valueSampledData }],
  );
}

function nameOf(concept: Concept | undefined, index: number): string {
  const codings = concept?.coding ?? [];
  for (const coding of codings) {
    const lead = leadOfCoding(coding);
    if (lead !== undefined) return lead;
  }
  const text = concept?.text ?? codings.find(({ display }) => display !== undefined)?.display ?? '';
  return text.trim().slice(0, 60) || `signal ${index + 1}`;
}

/** What reading needs to know and adds to. */
interface Work {
  readonly options: OpenOptions | undefined;
  readonly where: string;
  readonly warnings: string[];
}

async function signalsOf(parts: readonly Part[], work: Work): Promise<{ signals: Signal[]; fs: number }> {
  const { options, where, warnings } = work;
  if (parts.length === 0) throw new EcgError('bad-format', `${where} holds annotations but no samples`);
  if (parts.length > MOST_SIGNALS)
    throw new EcgError('unsupported', `${where} has ${parts.length} components, more than ${MOST_SIGNALS}`);
  const someLead = parts.some(({ lead }) => isEcgLead(lead));
  const signals: Signal[] = [];
  const scales: ValueScale[] = [];
  const seen = new Map<string, number>();
  let [errors, clipped, unlimited] = [0, 0, 0];
  for (const { lead, sampled } of parts) {
    throwIfCancelled(options, where);
    const place = `${where}, ${lead}`;
    const fs = rateOf(sampled, place) ?? options?.fs;
    if (fs === undefined)
      throw new EcgError(
        'bad-option',
        `${place}: neither period nor interval says its rate, pass fs (--fs 250)`,
      );
    const values = await readSampledValues(sampled, place);
    errors += values.errors;
    clipped += values.clipped;
    unlimited += values.unlimited;
    const unit = sampled.origin?.code ?? sampled.origin?.unit ?? '';
    const scale = scaleOf({ lead, unit, span: values.span, someLead, where }, options);
    const adc = scale.adc ?? adcOf(sampled, values, scale);
    values.series.forEach((samples, dimension) => {
      if (scale.factor !== 1) for (let i = 0; i < samples.length; i++) samples[i] *= scale.factor;
      const base = values.series.length === 1 ? lead : `${lead} ${dimension + 1}`;
      const times = (seen.get(base) ?? 0) + 1;
      seen.set(base, times);
      scales.push(scale);
      signals.push({
        lead: times === 1 ? base : `${base} (${times})`,
        unit: scale.unit,
        fs,
        ...(adc === undefined ? {} : { adc }),
        samples,
      });
    });
  }
  if (signals.length > MOST_SIGNALS)
    throw new EcgError('unsupported', `${where} has ${signals.length} signals, more than ${MOST_SIGNALS}`);
  warnings.push(
    ...scaleWarnings(
      scales,
      signals.map(({ lead }) => lead),
    ),
  );
  if (errors > 0) warnings.push(`${errors} values are marked as errors (E); they are NaN.`);
  if (clipped > 0) warnings.push(`${clipped} values lie beyond a limit (L, U); they are at the limit.`);
  if (unlimited > 0)
    warnings.push(`${unlimited} values lie beyond a limit that nobody states (L, U); they are NaN.`);
  const ecg = signals.filter(({ unit }) => unit === 'mV');
  return { signals, fs: Math.max(...(ecg.length > 0 ? ecg : signals).map((signal) => signal.fs)) };
}

/** The converter behind whole numbers with a factor, in mV. */
function adcOf(sampled: SampledData, { whole }: SampledValues, scale: ValueScale): AdcScale | undefined {
  const { origin, factor } = sampled;
  if (!whole || factor === undefined || factor <= 0 || scale.unit !== 'mV') return undefined;
  const gain = 1 / (factor * scale.factor);
  const baseline = -(origin?.value ?? 0) / factor + 0;
  return Number.isFinite(gain) && Number.isFinite(baseline)
    ? { gain, baseline, zero: 0, bits: 0 }
    : undefined;
}

function notesOf({ subject, device, note, code }: Observation, zone: string | undefined): string[] {
  const named = (what: string, one: Observation['subject']) => {
    const text = [one?.reference, one?.display].filter((part) => part !== undefined).join(', ');
    return text === '' ? [] : [`${what}: ${text}`];
  };
  const title = code?.text ?? code?.coding?.find(({ display }) => display !== undefined)?.display;
  return [
    ...(title === undefined ? [] : [`Observation: ${title}`]),
    ...named('Subject', subject),
    ...named('Device', device),
    ...(zone === undefined || zone === '' ? [] : [`Time zone: ${zone}`]),
    ...(note ?? []).flatMap(({ text }) => (text === undefined ? [] : [text])),
  ]
    .slice(0, 100)
    .map((text) => text.slice(0, 1000));
}
