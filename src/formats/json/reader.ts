import {
  type Annotation,
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
import {
  type AnnotationJson,
  checkRecordingJson,
  type RecordingJson,
  type SignalJson,
  unknownKeys,
} from './schema.js';

/** A JSON text is parsed as a whole; longer recordings belong in WFDB, EDF or CSV. */
const LARGEST_FILE = 256 * 2 ** 20;

/**
 * An open recording from JSON: `{ fs, signals: [{ lead, unit, samples }], annotations }` as `writeJson` writes it, or
 * short `{ fs, unit, leads: { I: [...] } }`.
 *
 * `null` samples are NaN. Keys that are not known are named in a warning.
 *
 * @throws EcgError `bad-format` for text that is no JSON or no recording, all faults at once; `bad-option` without
 *   `fs` or a unit that can be told; `unsupported` over 256 MiB; `cancelled`
 */
export async function openJson(source: ByteSource, options?: OpenOptions): Promise<RecordingReader> {
  const where = `json: ${source.name}`;
  if (source.size > LARGEST_FILE) {
    throw new EcgError(
      'unsupported',
      `${where} has ${source.size} bytes, more than 256 MiB: write it as WFDB or CSV`,
    );
  }
  const json = checkRecordingJson(parseJson(await source.read(0, source.size), where), source.name);
  throwIfCancelled(options, where);
  const fs = options?.fs ?? json.fs;
  if (fs === undefined) throw new EcgError('bad-option', `${where} does not say its fs, pass fs (--fs 250)`);
  if (!(fs > 0 && fs <= 1e6))
    throw new EcgError('bad-option', `${where}: fs ${fs} Hz is impossible, give 0…1000000 Hz`);
  const warnings: string[] = [];
  const unknown = unknownKeys(json);
  if (unknown.length > 0)
    warnings.push(`Keys that nobody knows are left out: ${unknown.slice(0, 10).join(', ')}.`);
  const signals = signalsOf(json, fs, options, where, warnings);
  const length = lengthOfSignals(signals, fs, { least: json.length ?? 0, where, warnings });
  const gaps = (json.gaps ?? []).filter(
    ({ from, to }, i, all) => from >= (all[i - 1]?.to ?? 0) && to <= length,
  );
  if (gaps.length !== (json.gaps ?? []).length)
    warnings.push('Gaps that overlap or lie outside are left out.');
  const info: RecordingInfo = {
    id: json.id ?? source.name.replace(/\.[^.]*$/, ''),
    format: 'json',
    fs,
    length,
    signals: signals.map(({ samples: _, ...described }) => described),
    annotations: (json.annotations ?? []).map(annotationOf).sort((a, b) => a.sample - b.sample),
    gaps: gaps.map(({ from, to }) => ({ from, to })),
    ...(json.startTime === undefined ? {} : { startTime: json.startTime }),
    notes: json.notes ?? [],
    warnings,
  };
  return memoryReader(info, signals, source, where);
}

function signalsOf(
  json: RecordingJson,
  fs: number,
  options: OpenOptions | undefined,
  where: string,
  warnings: string[],
): Signal[] {
  const short = Object.entries(json.leads ?? {}).map(([lead, samples]): SignalJson => ({ lead, samples }));
  const all = [...(json.signals ?? []), ...short];
  if (all.length === 0) {
    throw new EcgError('bad-format', `${where} has no signals, give signals: [{ lead, unit, samples }]`);
  }
  const someLead = all.some(({ lead }) => isEcgLead(lead));
  let missing = 0;
  const scales: ValueScale[] = [];
  const signals = all.map(({ lead, samples, unit, fs: own, adc }): Signal => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const sample of samples) {
      if (sample === null) missing++;
      else {
        if (sample < least) least = sample;
        if (sample > most) most = sample;
      }
    }
    const span = [least, most] as const;
    const scale = scaleOf({ lead, unit: unit ?? json.unit ?? '', span, someLead, where }, options);
    scales.push(scale);
    const values = new Float32Array(samples.length);
    for (let i = 0; i < values.length; i++) {
      const sample = samples[i];
      values[i] = typeof sample === 'number' ? sample * scale.factor : Number.NaN;
    }
    // The scale of the converter that made the values stays true only while they keep their unit.
    const converter = scale.factor === 1 && scale.adc === undefined ? adc : scale.adc;
    return {
      lead,
      unit: scale.unit,
      fs: own ?? fs,
      ...(converter === undefined ? {} : { adc: converter }),
      samples: values,
    };
  });
  warnings.push(
    ...scaleWarnings(
      scales,
      all.map(({ lead }) => lead),
    ),
  );
  if (missing > 0) warnings.push(`${missing} null samples are NaN.`);
  return signals;
}

function annotationOf({ sample, symbol, subtype, channel, num, aux }: AnnotationJson): Annotation {
  return {
    sample,
    symbol,
    ...(subtype === undefined ? {} : { subtype }),
    ...(channel === undefined ? {} : { channel }),
    ...(num === undefined ? {} : { num }),
    ...(aux === undefined ? {} : { aux }),
  };
}
