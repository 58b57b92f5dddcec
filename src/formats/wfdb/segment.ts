import { type AdcScale, EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import type { Header, SignalLine } from './header.js';
import { isFlacFormat, SAMPLE_FORMATS } from './sample-formats.js';
import { packedStream, type SampleStream, summedStream } from './stream.js';

/** One signal file of a segment and the signals interleaved in it. */
interface SignalFile {
  readonly name: string;
  readonly format: number;
  readonly byteOffset: number;
  /** Indices into the segment's signals, consecutive. */
  readonly signals: readonly number[];
  /** Samples of all its signals in one frame. */
  readonly frameSamples: number;
  stream: SampleStream | undefined;
  /** Whole frames in the file. */
  frames: number;
}

/** How far a signal's samples have been summed, and the sum. */
interface Tally {
  frames: number;
  sum: number;
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

/** One signal's share of a read. */
export interface Wanted {
  /** Index into the segment's signals. */
  readonly signal: number;
  /** Samples of this signal, `from` inclusive, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Receives sample `from` at `outAt`: physical values, NaN where there are none. */
  readonly out: Float32Array;
  readonly outAt: number;
  readonly scale: AdcScale;
  /** Receives ADC units instead; invalid samples keep their code, absent ones are 0. */
  readonly adcOut?: Int32Array;
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
    throw new EcgError('unsupported', `wfdb: FLAC signal files are not supported yet (${file.name})`);
  }
  const stream = packedStream(source, format, file.byteOffset, file.frameSamples);
  if (file.format !== 8) return stream;
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
    while (end < lines.length && lines[end].file === name) {
      if (lines[end].format !== format) {
        throw new EcgError(
          'bad-format',
          `wfdb: ${name} is given two formats, ${format} and ${lines[end].format}, one file has one (${headerFile})`,
        );
      }
      frameSamples += lines[end].samplesPerFrame;
      end++;
    }
    const signals = Array.from({ length: end - start }, (_, k) => start + k);
    files.push({ name, format, byteOffset, signals, frameSamples, stream: undefined, frames: 0 });
    start = end;
  }
  return files;
}

/**
 * Fills what is wanted from the files of an open segment, chunk by chunk.
 *
 * @param warnings receives a sentence for each checksum or initial value that does not hold
 * @param advance  called with the samples done after each chunk
 * @throws EcgError `cancelled`
 */
export async function readSegment(
  segment: Segment,
  wanted: readonly Wanted[],
  warnings: string[],
  options: RunOptions | undefined,
  advance: (samples: number) => Promise<void>,
): Promise<void> {
  for (const file of segment.files) {
    const shares = wanted.filter((each) => file.signals.includes(each.signal));
    if (shares.length === 0) continue;
    for (const { out, outAt, from, to, adcOut } of shares) {
      // What the chunks below do not reach has no sample.
      if (adcOut === undefined && mustPrefill(segment, file, shares))
        out.fill(Number.NaN, outAt, outAt + to - from);
    }
    if (file.stream === undefined) continue;
    const lines = segment.header.signals;
    let first = file.frames;
    let last = 0;
    for (const { signal, from, to } of shares) {
      const { samplesPerFrame, skew } = lines[signal];
      first = Math.min(first, Math.floor(from / samplesPerFrame) + skew);
      last = Math.max(last, Math.min(file.frames, Math.ceil(to / samplesPerFrame) + skew));
    }
    for (let frame = first; frame < last; ) {
      throwIfCancelled(options, 'read');
      const count = Math.min(last - frame, file.stream.chunkFrames);
      const chunk = await file.stream.read(frame, count);
      const got = Math.floor(chunk.length / file.frameSamples);
      for (const share of shares) {
        copyShare(
          share,
          lines[share.signal],
          chunk,
          file.frameSamples,
          columnOf(file, lines, share.signal),
          frame,
          got,
        );
        tally(segment, share.signal, chunk, file, frame, got, warnings);
      }
      await advance(got * file.frameSamples);
      if (got < count) break;
      frame += count;
    }
  }
}

function mustPrefill(segment: Segment, file: SignalFile, shares: readonly Wanted[]): boolean {
  if (file.stream === undefined || isFlacFormat(file.format)) return true;
  return shares.some(({ signal, to }) => {
    const { samplesPerFrame, skew } = segment.header.signals[signal];
    return to + skew * samplesPerFrame > file.frames * samplesPerFrame;
  });
}

function columnOf(file: SignalFile, lines: readonly SignalLine[], signal: number): number {
  let column = 0;
  for (let index = file.signals[0]; index < signal; index++) column += lines[index].samplesPerFrame;
  return column;
}

/** The part of one signal's share that lies in a chunk. */
function copyShare(
  share: Wanted,
  line: SignalLine,
  chunk: Int32Array,
  frameSamples: number,
  column: number,
  frame: number,
  frames: number,
): void {
  const { samplesPerFrame, skew } = line;
  const shift = skew * samplesPerFrame;
  const from = Math.max(share.from + shift, frame * samplesPerFrame);
  const to = Math.min(share.to + shift, (frame + frames) * samplesPerFrame);
  const { gain, baseline } = share.scale;
  // A value outside 32 bits where the format has no invalid code: no sample equals it.
  const invalid = SAMPLE_FORMATS.get(line.format)!.invalid ?? 0x80000000;
  for (let sample = from; sample < to; ) {
    const inFrame = sample % samplesPerFrame;
    const start = ((sample - inFrame) / samplesPerFrame - frame) * frameSamples + column + inFrame;
    // A run along one frame, or down a column when a frame holds one sample.
    const run = samplesPerFrame === 1 ? to - sample : Math.min(samplesPerFrame - inFrame, to - sample);
    const stride = samplesPerFrame === 1 ? frameSamples : 1;
    const outAt = share.outAt + sample - shift - share.from;
    if (share.adcOut !== undefined) copyRun(chunk, start, stride, run, share.adcOut, outAt);
    else scaleRun(chunk, start, stride, run, share.out, outAt, baseline, gain, invalid);
    sample += run;
  }
}

function scaleRun(
  chunk: Int32Array,
  start: number,
  stride: number,
  run: number,
  out: Float32Array,
  outAt: number,
  baseline: number,
  gain: number,
  invalid: number,
): void {
  for (let i = 0, at = start; i < run; i++, at += stride) {
    const adcUnits = chunk[at];
    out[outAt + i] = adcUnits === invalid ? Number.NaN : (adcUnits - baseline) / gain;
  }
}

function copyRun(
  chunk: Int32Array,
  start: number,
  stride: number,
  run: number,
  out: Int32Array,
  outAt: number,
) {
  for (let i = 0, at = start; i < run; i++, at += stride) out[outAt + i] = chunk[at];
}

/** Sums samples read in order from the first, and compares at the last what the header states. */
function tally(
  segment: Segment,
  signal: number,
  chunk: Int32Array,
  file: SignalFile,
  frame: number,
  frames: number,
  warnings: string[],
): void {
  const state = segment.tallies[signal];
  const total = segment.header.length ?? segment.frames;
  const line = segment.header.signals[signal];
  if (state.frames < frame || state.frames >= Math.min(frame + frames, total)) return;
  const { samplesPerFrame } = line;
  const column = columnOf(file, segment.header.signals, signal);
  if (state.frames === 0 && frame === 0) {
    const expected = line.initial;
    // A first difference starts from the initial value instead of repeating it.
    if (expected !== undefined && line.format !== 8 && chunk[column] !== expected) {
      warnings.push(
        `signal ${signal} of ${segment.headerFile} begins with ${chunk[column]}, its header says ${expected}`,
      );
    }
  }
  const end = Math.min(frame + frames, total);
  let sum = state.sum;
  for (let k = 0; k < samplesPerFrame; k++) {
    let at = (state.frames - frame) * file.frameSamples + column + k;
    for (let i = state.frames; i < end; i++, at += file.frameSamples) sum = (sum + chunk[at]) | 0;
  }
  state.sum = sum;
  state.frames = end;
  // A checksum of 0 beside other values is what converters write that compute none.
  if (end === total && line.checksum !== undefined && line.checksum !== 0) {
    const difference = (sum - line.checksum) & 0xffff;
    if (difference !== 0) {
      warnings.push(
        `the checksum of signal ${signal} of ${segment.headerFile} is ${(sum << 16) >> 16}, its header says ${line.checksum}: samples may be damaged`,
      );
    }
  }
}
