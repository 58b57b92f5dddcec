import { EcgError } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { flacStream } from './flac-stream.js';
import type { Header, SignalLine } from './header.js';
import { isFlacFormat, SAMPLE_FORMATS } from './sample-formats.js';
import { packedStream, type SampleStream, summedStream } from './stream.js';
import type { Tally } from './verify.js';

/** One signal file of a segment and the signals interleaved in it. */
export interface SignalFile {
  readonly name: string;
  readonly format: number;
  readonly byteOffset: number;
  /** Indices into the segment's signals, consecutive. */
  readonly signals: readonly number[];
  /** For each of them its first sample in a frame. */
  readonly columns: readonly number[];
  /** Samples of all its signals in one frame. */
  readonly frameSamples: number;
  stream: SampleStream | undefined;
  /** Whole frames in the file. */
  frames: number;
}

/** A record without segments, or one segment: its header, its files and what was verified. */
export interface Segment {
  readonly header: Header;
  readonly headerFile: string;
  readonly files: readonly SignalFile[];
  /** Frames that can be read; a signal whose own file is shorter ends in NaN. */
  readonly frames: number;
  readonly warnings: readonly string[];
  readonly tallies: readonly Tally[];
}

/**
 * A segment with its signal files found and measured.
 *
 * @param open opens a file beside the header
 * @throws EcgError `not-found` naming a missing signal file; `bad-format`
 */
export async function openSegment(
  header: Header,
  headerFile: string,
  open: (name: string) => Promise<ByteSource | undefined>,
): Promise<Segment> {
  const files = signalFiles(header.signals, headerFile);
  const warnings: string[] = [];
  const segment = { header, headerFile, files, tallies: header.signals.map(() => ({ frames: 0, sum: 0 })) };
  try {
    let longest = 0;
    let measured = false;
    for (const file of files) {
      if (file.format === 0) continue;
      await openFile(segment, file, open);
      measured = true;
      longest = Math.max(longest, file.frames);
    }
    const frames = measured ? Math.min(header.length ?? longest, longest) : (header.length ?? 0);
    if (measured && frames === 0) {
      throw new EcgError(
        'bad-format',
        `wfdb: ${files[0].name} holds no whole sample of its signals (${headerFile})`,
      );
    }
    for (const file of files) {
      const expected = header.length ?? frames;
      if (file.format !== 0 && file.frames < expected) {
        warnings.push(
          `${file.name} is truncated: it holds ${file.frames} of ${expected} samples a signal, the rest is missing`,
        );
      }
    }
    return { ...segment, frames, warnings };
  } catch (error) {
    await closeSegment(segment);
    throw error;
  }
}

/** Opens what `closeSegment` closed, before a read. */
export async function reopenSegment(
  segment: Segment,
  open: (name: string) => Promise<ByteSource | undefined>,
): Promise<void> {
  for (const file of segment.files) {
    if (file.format !== 0 && file.stream === undefined) await openFile(segment, file, open);
  }
}

/** Frees the files; `reopenSegment` opens them again. */
export async function closeSegment(segment: Pick<Segment, 'files'>): Promise<void> {
  for (const file of segment.files) {
    await file.stream?.close();
    file.stream = undefined;
  }
}

async function openFile(
  segment: Pick<Segment, 'header' | 'headerFile'>,
  file: SignalFile,
  open: (name: string) => Promise<ByteSource | undefined>,
): Promise<void> {
  const source = await open(file.name);
  if (source === undefined) {
    throw new EcgError(
      'not-found',
      `wfdb: the signal file ${file.name} is missing, put it beside ${segment.headerFile}`,
    );
  }
  try {
    file.stream = await streamOf(segment.header, file, source);
    file.frames = file.stream.frames;
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function streamOf(header: Header, file: SignalFile, source: ByteSource): Promise<SampleStream> {
  const format = SAMPLE_FORMATS.get(file.format)!;
  const lines = file.signals.map((index) => header.signals[index]);
  if (isFlacFormat(file.format)) {
    return flacStream(source, {
      channels: lines.map((line) => line.samplesPerFrame),
      bits: file.format - 500,
      invalid: format.invalid!,
      firstSample: file.byteOffset,
      length: header.length,
    });
  }
  const stream = packedStream(source, format, file.byteOffset, file.frameSamples);
  // A file without one whole frame needs no room for its columns.
  if (file.format !== 8 || stream.frames === 0) return stream;
  const initial = lines.map((line) => line.initial ?? line.zero ?? 0);
  const columns = lines.flatMap((line, k) => new Array<number>(line.samplesPerFrame).fill(k));
  return summedStream(stream, initial, columns);
}

/** Consecutive signal lines that name the same file share it, as in the WFDB library. */
function signalFiles(lines: readonly SignalLine[], headerFile: string): SignalFile[] {
  const files: SignalFile[] = [];
  let start = 0;
  while (start < lines.length) {
    const { file: name, format, byteOffset } = lines[start];
    let end = start + 1;
    let frameSamples = lines[start].samplesPerFrame;
    const columns = [0];
    while (end < lines.length && lines[end].file === name) {
      if (lines[end].format !== format) {
        throw new EcgError(
          'bad-format',
          `wfdb: ${name} is given two formats, ${format} and ${lines[end].format}, one file has one (${headerFile})`,
        );
      }
      columns.push(frameSamples);
      frameSamples += lines[end].samplesPerFrame;
      end++;
    }
    const signals = Array.from({ length: end - start }, (_, k) => start + k);
    files.push({ name, format, byteOffset, signals, columns, frameSamples, stream: undefined, frames: 0 });
    start = end;
  }
  return files;
}
