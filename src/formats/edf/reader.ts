import {
  type Annotation,
  EcgError,
  type ReadRange,
  type Recording,
  type RecordingInfo,
  type RecordingReader,
  type RunOptions,
  type Signal,
} from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import { resolveRange, sampleAtRate, sliceOf } from '../range.js';
import type { ByteSource } from '../source.js';
import { type EdfHeader, edfHeaderBytes, parseEdfHeader } from './header.js';
import { readSamples, type Wanted } from './samples.js';
import { type ScaledSignal, scaleSignal } from './scale.js';
import { type EdfScan, scanAnnotations } from './scan.js';
import { isoLocal } from './start.js';
import { timeline } from './timeline.js';

const FIXED_HEADER = 256;
/** Hz. */
const FASTEST = 1e7;

/**
 * An open EDF, EDF+, BDF or BDF+ recording; data records are read when their samples are asked for.
 *
 * Opening scans the annotation channels of an EDF+ file, a few megabytes at a time. Gaps of EDF+D stay on the time
 * axis as NaN and in `info.gaps`; annotations lie at their own times, with the symbol `"`, the text (and a duration)
 * in `aux`, and the channel that `@@label` names. An EDF+ file of annotations alone has no signals and a time base
 * that holds every onset exactly.
 *
 * @throws EcgError `bad-format` for a header that makes no recording; `cancelled`
 *
 * Source: Kemp & Olivan, Clin. Neurophysiol. 114:1755–1761, 2003, doi:10.1016/S1388-2457(03)00123-8.
 */
export async function openEdf(source: ByteSource, options?: RunOptions): Promise<RecordingReader> {
  const fixed = await source.read(0, FIXED_HEADER);
  const bytes = await source.read(0, edfHeaderBytes(fixed, source.name));
  const header = parseEdfHeader(bytes, source.size, source.name);
  const warnings = [...header.warnings];
  const stored = header.signals.filter((signal) => !signal.isAnnotation);
  const scaled = stored.map((signal) => scaleSignal(signal, signal.samplesPerRecord / header.recordDuration));
  warnings.push(...scaled.flatMap((signal) => signal.warnings));
  const impossible = scaled.find(({ info }) => !(info.fs >= 1e-6 && info.fs <= FASTEST));
  if (impossible !== undefined) {
    const { lead, fs } = impossible.info;
    throw new EcgError(
      'bad-format',
      `${header.format}: signal ${lead} at ${fs} Hz is impossible (${source.name})`,
    );
  }
  if (stored.length > 0 && header.records === 0) {
    throw new EcgError(
      'bad-format',
      `${header.format}: there is no data record after the header (${source.name})`,
    );
  }
  const scan = await scanTimes(source, header, warnings, options);
  const fs = stored.length > 0 ? timeBase(scaled) : 10 ** Math.min(6, scan.decimals);
  const line =
    stored.length > 0
      ? timeline(scan.onsets, header.recordDuration, fs)
      : { stretches: [], length: lastMark(scan, fs), gaps: [], overlaps: 0 };
  if (header.timing !== 'discontinuous' && line.gaps.length > 0) {
    warnings.push('The file says it is continuous, but its data records leave gaps; the gaps are kept.');
  }
  if (line.overlaps > 0) {
    warnings.push(
      `${line.overlaps} data records say they begin before the one before ends; they follow it directly.`,
    );
  }
  const origin = stored.length > 0 ? (scan.onsets.find((onset) => !Number.isNaN(onset)) ?? 0) : 0;
  const startTime = header.startMs === undefined ? undefined : isoLocal(header.startMs + origin * 1000);
  const info: RecordingInfo = {
    id: source.name.replace(/\.[^.]*$/, ''),
    format: header.format,
    fs,
    length: line.length,
    signals: scaled.map((signal) => signal.info),
    annotations: marks(scan, fs, origin, scaled),
    gaps: line.gaps,
    ...(startTime === undefined ? {} : { startTime }),
    notes: header.notes,
    warnings,
  };
  let open = true;
  return {
    info,
    read: async (range?: ReadRange, run?: RunOptions): Promise<Recording> => {
      if (!open)
        throw new EcgError('bad-option', `${header.format}: ${source.name} is closed, open it again`);
      const resolved = resolveRange(info, range);
      const wanted: Wanted[] = resolved.signals.map((index) => {
        const signal = scaled[index] as ScaledSignal;
        const from = sampleAtRate(resolved.from, signal.info.fs, fs);
        const to = sampleAtRate(resolved.to, signal.info.fs, fs);
        return {
          stored: stored[index] as (typeof stored)[number],
          scaled: signal,
          from,
          samples: new Float32Array(to - from).fill(Number.NaN),
        };
      });
      await readSamples(source, header, line, fs, wanted, run);
      const signals: Signal[] = wanted.map((signal) => ({ ...signal.scaled.info, samples: signal.samples }));
      return sliceOf(info, resolved, signals);
    },
    close: async () => {
      open = false;
      await source.close();
    },
  };
}

async function scanTimes(
  source: ByteSource,
  header: EdfHeader,
  warnings: string[],
  options: RunOptions | undefined,
): Promise<EdfScan> {
  if (header.signals.some((signal) => signal.isAnnotation)) {
    const scan = await scanAnnotations(source, header, options);
    warnings.push(...scan.warnings);
    const silent = scan.onsets.filter(Number.isNaN).length;
    if (silent > 0) {
      warnings.push(
        `${silent} of ${header.records} data records do not say when they begin; they follow directly.`,
      );
    }
    return scan;
  }
  if (header.timing === 'discontinuous') {
    warnings.push(
      'The file says it has gaps but holds no annotation channel with their times; records follow directly.',
    );
  }
  return { onsets: new Float64Array(header.records).fill(Number.NaN), texts: [], decimals: 0, warnings: [] };
}

/** The highest rate among the ECG signals by name, else among the voltages, else among all. */
function timeBase(signals: readonly ScaledSignal[]): number {
  const ecg = signals.filter(({ info }) => isEcgLead(info.lead));
  const voltages = signals.filter(({ info }) => info.unit === 'mV');
  const chosen = ecg.length > 0 ? ecg : voltages.length > 0 ? voltages : signals;
  return Math.max(...chosen.map(({ info }) => info.fs));
}

function marks(scan: EdfScan, fs: number, origin: number, signals: readonly ScaledSignal[]): Annotation[] {
  const all = scan.texts.map(({ onset, duration, text }): Annotation => {
    const [plain = '', label] = text.split('@@');
    const channel = signals.findIndex(({ info }) => info.lead === label);
    return {
      sample: Math.round((onset - origin) * fs),
      symbol: '"',
      ...(channel < 0 ? {} : { channel }),
      aux: `${channel < 0 ? text : plain}${duration > 0 ? ` (${duration} s)` : ''}`,
    };
  });
  return all.sort((a, b) => a.sample - b.sample);
}

/** Samples up to the end of the last annotation. */
function lastMark(scan: EdfScan, fs: number): number {
  return scan.texts.reduce(
    (last, { onset, duration }) => Math.max(last, Math.round((onset + duration) * fs)),
    0,
  );
}
