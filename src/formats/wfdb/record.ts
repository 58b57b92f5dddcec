import {
  type Annotation,
  breathe,
  EcgError,
  type ReadRange,
  type Recording,
  type RecordingInfo,
  type RecordingReader,
  type RunOptions,
  type Signal,
  type SignalInfo,
} from '../../core/index.js';
import { isEcgLead } from '../leads.js';
import { resolveRange, sampleAtRate, sliceOf } from '../range.js';
import type { ByteSource, OpenOptions } from '../source.js';
import { readAnnotationFile } from './annotation-reader.js';
import { type Header, MAX_HEADER_BYTES, parseHeader } from './header.js';
import { readSegment, type Wanted } from './segment-read.js';
import { openSegmented } from './segmented.js';
import { openPlain, type Timeline } from './timeline.js';

/** An open WFDB record: a `RecordingReader` that also gives the stored integers. */
export interface WfdbReader extends RecordingReader {
  /**
   * The stored integers of a range, one array a wanted signal, in ADC units of that signal's segment.
   * Invalid samples keep the format's code; gaps and missing tails are 0.
   * @throws EcgError as `read`
   */
  readAdc(range?: ReadRange, options?: RunOptions): Promise<Int32Array[]>;
}

/** Frames a second where a header states none, as the format prescribes. */
const DEFAULT_FS = 250;

/** The longest annotation file read: some 16 million annotations. */
const MAX_ANNOTATION_BYTES = 1 << 26;

/**
 * An open WFDB record from its header file.
 *
 * @param source the `.hea`; signal files, segments and annotations are found beside it. The reader closes it.
 * @throws EcgError `bad-format`, `unsupported`, `not-found` naming a missing signal or segment file, `cancelled`
 *
 * Source: WFDB Applications Guide, header(5), signal(5), annot(5).
 */
export async function openWfdb(source: ByteSource, options?: OpenOptions): Promise<WfdbReader> {
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

/** The annotations of the named annotators in one ascending list; without names, of `atr` where it exists. */
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
    const file = await source.sibling(`${stem}.${name}`);
    if (file === undefined) {
      if (names === undefined) continue;
      throw new EcgError(
        'not-found',
        `wfdb: the annotation file ${stem}.${name} is missing beside ${source.name}`,
      );
    }
    try {
      const read = readAnnotationFile(await readAll(file, MAX_ANNOTATION_BYTES, 'annotation file'));
      warnings.push(...read.warnings.map((warning) => `${file.name}: ${warning}`));
      const ratio = fs / (read.fs ?? frameFs);
      for (const each of read.annotations) {
        all.push(ratio === 1 ? each : { ...each, sample: Math.round(each.sample * ratio) });
      }
    } finally {
      await file.close();
    }
  }
  return all.sort((a, b) => a.sample - b.sample);
}

function readerOf(info: RecordingInfo, source: ByteSource, timeline: Timeline): WfdbReader {
  let closed = false;
  // One read at a time: segments share file handles, and difference streams a position.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(() => {
      if (closed) throw new EcgError('bad-option', `wfdb: ${info.id} is closed, open it again`);
      return task();
    });
    last = result.catch(() => {});
    return result;
  };

  const load = async (range: ReadRange | undefined, options: RunOptions | undefined, adc: boolean) => {
    const resolved = resolveRange(info, range);
    const bounds = resolved.signals.map((index) => {
      const { fs } = info.signals[index];
      return { from: sampleAtRate(resolved.from, fs, info.fs), to: sampleAtRate(resolved.to, fs, info.fs) };
    });
    const outs = bounds.map(({ from, to }) => new Float32Array(adc ? 0 : to - from));
    // Gaps have no part that fills them.
    if (timeline.gaps.length > 0) for (const out of outs) out.fill(Number.NaN);
    const adcOuts = bounds.map(({ from, to }) => new Int32Array(adc ? to - from : 0));
    const total = bounds.reduce((sum, { from, to }) => sum + to - from, 0);
    const warnings: string[] = [];
    let done = 0;
    let paused = performance.now();
    const advance = async (samples: number) => {
      done = Math.min(total, done + samples);
      options?.onProgress?.({ stage: 'read', done, total });
      // A long read from memory must still let a page paint and a cancel arrive.
      if (performance.now() - paused > 50) {
        await breathe();
        paused = performance.now();
      }
    };
    for (const part of timeline.parts) {
      const wanted: Wanted[] = [];
      resolved.signals.forEach((index, k) => {
        const perFrame = timeline.samplesPerFrame[index];
        const start = part.start * perFrame;
        const from = Math.max(bounds[k].from, start);
        const to = Math.min(bounds[k].to, (part.start + part.frames) * perFrame);
        if (from >= to) return;
        const outAt = from - bounds[k].from;
        const mapped = part.signals[index];
        if (mapped === undefined) {
          if (!adc) outs[k].fill(Number.NaN, outAt, outAt + to - from);
          return;
        }
        wanted.push({
          signal: mapped.index,
          from: from - start,
          to: to - start,
          out: outs[k],
          outAt,
          scale: mapped.scale,
          ...(adc && { adcOut: adcOuts[k] }),
        });
      });
      if (wanted.length === 0) continue;
      await readSegment(await part.open(), wanted, warnings, options, advance);
    }
    return { resolved, outs, adcOuts, warnings };
  };

  return {
    info,
    read: (range, options) =>
      inTurn(async (): Promise<Recording> => {
        const { resolved, outs, warnings } = await load(range, options, false);
        const signals = resolved.signals.map(
          (index, k): Signal => ({ ...info.signals[index], samples: outs[k] }),
        );
        const slice = sliceOf(info, resolved, signals);
        return warnings.length === 0 ? slice : { ...slice, warnings: [...info.warnings, ...warnings] };
      }),
    readAdc: (range, options) => inTurn(async () => (await load(range, options, true)).adcOuts),
    close: async () => {
      if (closed) return;
      await last;
      closed = true;
      await timeline.close();
      await source.close();
    },
  };
}
