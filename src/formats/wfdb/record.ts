import {
  type Annotation,
  EcgError,
  type RecordingInfo,
  type SignalInfo,
  throwIfCancelled,
} from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import type { ByteSource, OpenOptions } from '../source.js';
import { readAnnotationFile } from './annotation-reader.js';
import { type Header, MAX_HEADER_BYTES, parseHeader } from './header.js';
import { readerOf, type WfdbReader } from './reader.js';
import { openSegmented } from './segmented.js';
import { openPlain } from './timeline.js';

/** Frames a second where a header states none, as the format prescribes. */
const DEFAULT_FS = 250;

/** The longest annotation file read: some eight million annotations, the beats of two months. */
const MAX_ANNOTATION_BYTES = 1 << 24;

/**
 * An open WFDB record from its header file.
 *
 * @param source the `.hea`; signal files, segments and annotations are found beside it.
 *   The reader closes it, and so does a failed opening.
 * @throws EcgError `bad-format`, `unsupported`, `not-found` naming a missing signal or segment file, `cancelled`
 *
 * Source: WFDB Applications Guide, header(5), signal(5), annot(5).
 */
export async function openWfdb(source: ByteSource, options?: OpenOptions): Promise<WfdbReader> {
  try {
    return await openRecord(source, options);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openRecord(source: ByteSource, options: OpenOptions | undefined): Promise<WfdbReader> {
  throwIfCancelled(options, 'open');
  const header = parseHeader(await readAll(source, MAX_HEADER_BYTES, 'header'), source.name);
  const warnings = [...header.warnings];
  const frameFs = header.fs ?? options?.fs ?? DEFAULT_FS;
  if (header.fs === undefined && options?.fs === undefined) {
    warnings.push(
      `the header states no sampling frequency, the format's default of ${DEFAULT_FS} Hz is taken`,
    );
  }
  const timeline =
    header.segments === undefined
      ? await openPlain(header, source, frameFs, warnings)
      : await openSegmented(header, header.segments, source, frameFs, warnings, options);
  try {
    const fs = recordingFs(timeline.signals, frameFs);
    const annotations = await readAnnotators(source, frameFs, fs, options?.annotators, warnings);
    const info: RecordingInfo = {
      id: header.record,
      format: 'wfdb',
      fs,
      length: Math.round((timeline.frames * fs) / frameFs),
      signals: timeline.signals,
      annotations,
      gaps: timeline.gaps.map(({ from, to }) => ({
        from: Math.round((from * fs) / frameFs),
        to: Math.round((to * fs) / frameFs),
      })),
      ...(header.time !== undefined &&
        header.date !== undefined && { startTime: `${header.date}T${header.time}` }),
      notes: [...header.notes, ...timeNotes(header), ...timeline.notes],
      warnings,
    };
    return readerOf(info, source, timeline);
  } catch (error) {
    await timeline.close();
    throw error;
  }
}

/** The header of the record that a file belongs to (`100.dat`, `100.atr`, `100`), or undefined; the caller closes it. */
export async function resolveWfdbHeader(source: ByteSource): Promise<ByteSource | undefined> {
  const stem = source.name.replace(/\.[^.]*$/, '');
  return (await source.sibling(`${stem}.hea`)) ?? (await source.sibling(`${source.name}.hea`));
}

/** The highest rate of the ECG leads; of the signals in mV when none is named as a lead, of all when none is in mV. */
function recordingFs(signals: readonly SignalInfo[], frameFs: number): number {
  const electric = signals.filter((signal) => signal.unit === 'mV');
  const leads = electric.filter((signal) => isEcgLead(signal.lead));
  const timing = leads.length > 0 ? leads : electric.length > 0 ? electric : signals;
  return timing.length === 0 ? frameFs : timing.reduce((most, { fs }) => Math.max(most, fs), 0);
}

function timeNotes(header: Header): string[] {
  const notes: string[] = [];
  if (header.time !== undefined && header.date === undefined) notes.push(`start time of day: ${header.time}`);
  if (header.counterFs !== undefined) {
    notes.push(`counter: ${header.counterFs} a second from ${header.baseCounter ?? 0}`);
  }
  return notes;
}

async function readAll(source: ByteSource, limit: number, what: string): Promise<Uint8Array> {
  if (source.size > limit) {
    throw new EcgError(
      'bad-format',
      `wfdb: ${source.name} of ${source.size} bytes is too long to be a ${what}`,
    );
  }
  return source.read(0, source.size);
}

/**
 * The annotations of the named annotators in one ascending list; without names, of `atr` where it exists.
 * An unreadable `atr` that nobody asked for is a warning.
 */
async function readAnnotators(
  source: ByteSource,
  frameFs: number,
  fs: number,
  names: readonly string[] | undefined,
  warnings: string[],
): Promise<Annotation[]> {
  const stem = source.name.replace(/\.[^.]*$/, '');
  const all: Annotation[] = [];
  for (const name of names ?? ['atr']) {
    try {
      await addAnnotator(source, `${stem}.${name}`, frameFs, fs, all, warnings);
    } catch (error) {
      if (names !== undefined || !(error instanceof EcgError)) throw error;
      if (error.code !== 'not-found') warnings.push(`${stem}.${name} is left out: ${error.message}`);
    }
  }
  return all.sort((a, b) => a.sample - b.sample);
}

async function addAnnotator(
  source: ByteSource,
  name: string,
  frameFs: number,
  fs: number,
  all: Annotation[],
  warnings: string[],
): Promise<void> {
  const file = await source.sibling(name);
  if (file === undefined) {
    throw new EcgError('not-found', `wfdb: the annotation file ${name} is missing beside ${source.name}`);
  }
  try {
    const read = readAnnotationFile(await readAll(file, MAX_ANNOTATION_BYTES, 'annotation file'));
    for (const warning of read.warnings) warnings.push(`${name}: ${warning}`);
    const ratio = fs / (read.fs ?? frameFs);
    for (const each of read.annotations) {
      all.push(ratio === 1 ? each : { ...each, sample: Math.round(each.sample * ratio) });
    }
  } finally {
    await file.close();
  }
}
