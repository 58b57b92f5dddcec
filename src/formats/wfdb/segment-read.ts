import { type AdcScale, type RunOptions, throwIfCancelled } from '../../core/index.js';
import type { SignalLine } from './header.js';
import { SAMPLE_FORMATS } from './sample-formats.js';
import { copyRun, scaleRun, tableOf, translateRun } from './scale.js';
import type { Segment, SignalFile } from './segment.js';
import { type ChunkPlace, checkInitial, checkSum, firstUnsummed, sumFrames } from './verify.js';

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

/** A share with what its loops need. */
interface Share extends Wanted {
  readonly line: SignalLine;
  readonly column: number;
  /** Frames by which it is stored late, in its own samples. */
  readonly shift: number;
  /** Physical values by ADC units, for a read long enough to be worth it. */
  readonly table: Float32Array | undefined;
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
  const fileOf = new Map(
    segment.files.flatMap((file) => file.signals.map((signal) => [signal, file] as const)),
  );
  const sharesOf = new Map<SignalFile, Share[]>();
  for (const each of wanted) {
    const file = fileOf.get(each.signal)!;
    const shares = sharesOf.get(file) ?? [];
    if (shares.length === 0) sharesOf.set(file, shares);
    shares.push(shareOf(each, segment, file));
  }
  for (const [file, shares] of sharesOf) await readFile(segment, file, shares, warnings, options, advance);
}

function shareOf(wanted: Wanted, segment: Segment, file: SignalFile): Share {
  const line = segment.header.signals[wanted.signal];
  return {
    ...wanted,
    line,
    column: file.columns[wanted.signal - file.signals[0]],
    shift: line.skew * line.samplesPerFrame,
    table: tableOf(SAMPLE_FORMATS.get(line.format)!, wanted.scale, wanted.to - wanted.from),
  };
}

async function readFile(
  segment: Segment,
  file: SignalFile,
  shares: readonly Share[],
  warnings: string[],
  options: RunOptions | undefined,
  advance: (samples: number) => Promise<void>,
): Promise<void> {
  if (leavesHoles(file, shares)) {
    for (const { out, outAt, from, to, adcOut } of shares) {
      if (adcOut === undefined) out.fill(Number.NaN, outAt, outAt + to - from);
    }
  }
  if (file.stream === undefined) return;
  let frame = file.frames;
  let end = 0;
  for (const { from, to, line } of shares) {
    frame = Math.min(frame, Math.floor(from / line.samplesPerFrame) + line.skew);
    end = Math.max(end, Math.min(file.frames, Math.ceil(to / line.samplesPerFrame) + line.skew));
  }
  while (frame < end) {
    throwIfCancelled(options, 'read');
    const count = Math.min(end - frame, file.stream.chunkFrames);
    const chunk = await file.stream.read(frame, count);
    const frames = Math.floor(chunk.length / file.frameSamples);
    for (const share of shares) {
      takeChunk(
        segment,
        share,
        chunk,
        { frame, frames, frameSamples: file.frameSamples, column: share.column },
        warnings,
      );
    }
    for (const loss of file.stream.takeLosses?.() ?? []) {
      warnings.push(`${file.name} ${loss}`);
    }
    await advance(frames * shares.reduce((sum, { line }) => sum + line.samplesPerFrame, 0));
    if (frames < count) {
      warnings.push(
        `${file.name} is damaged from sample ${frame + frames} on, what follows in it is missing`,
      );
      for (const { out, outAt, from, to, shift, adcOut, line } of shares) {
        const reached = (frame + frames) * line.samplesPerFrame - shift;
        if (adcOut === undefined)
          out.fill(Number.NaN, outAt + Math.max(0, reached - from), outAt + to - from);
      }
      return;
    }
    frame += count;
  }
}

/** True when some wanted sample has no stored one: past the file's end, or in no file at all. */
function leavesHoles(file: SignalFile, shares: readonly Share[]): boolean {
  return (
    file.stream === undefined ||
    shares.some(({ to, shift, line }) => to + shift > file.frames * line.samplesPerFrame)
  );
}

/** The part of one share that lies in a chunk, copied and counted into the signal's checksum. */
function takeChunk(
  segment: Segment,
  share: Share,
  chunk: Int32Array,
  place: ChunkPlace,
  warnings: string[],
): void {
  const { line, shift } = share;
  const { samplesPerFrame } = line;
  const { frame, frames } = place;
  const from = Math.max(share.from + shift, frame * samplesPerFrame);
  const to = Math.min(share.to + shift, (frame + frames) * samplesPerFrame);
  let copied = 0;
  for (let sample = from; sample < to; ) {
    const inFrame = sample % samplesPerFrame;
    const start =
      ((sample - inFrame) / samplesPerFrame - frame) * place.frameSamples + place.column + inFrame;
    // Down a column when a frame holds one sample, else along each frame.
    const run = samplesPerFrame === 1 ? to - sample : Math.min(samplesPerFrame - inFrame, to - sample);
    const stride = samplesPerFrame === 1 ? place.frameSamples : 1;
    copied += takeRun(share, chunk, start, stride, run, share.outAt + sample - shift - share.from);
    sample += run;
  }

  const tally = segment.tallies[share.signal];
  const total = segment.header.length ?? segment.frames;
  const first = firstUnsummed(tally, place, total);
  if (first < 0) return;
  const name = `signal ${share.signal} of ${segment.headerFile}`;
  if (first === 0) pushIf(warnings, checkInitial(line, chunk[place.column], name));
  const end = Math.min(frame + frames, total);
  const same = from === first * samplesPerFrame && to === end * samplesPerFrame;
  tally.sum = (tally.sum + (same ? copied | 0 : sumFrames(chunk, place, samplesPerFrame, first, end))) | 0;
  tally.frames = end;
  if (end === total) pushIf(warnings, checkSum(line, tally.sum, name));
}

/** One run of samples to where they are wanted; returns their 32-bit sum. */
function takeRun(
  share: Share,
  chunk: Int32Array,
  start: number,
  stride: number,
  run: number,
  outAt: number,
): number {
  const { adcOut, table, out, line, scale } = share;
  if (adcOut !== undefined) return copyRun(chunk, start, stride, run, adcOut, outAt);
  if (table !== undefined) return translateRun(chunk, start, stride, run, out, outAt, table);
  return scaleRun(chunk, start, stride, run, out, outAt, scale, SAMPLE_FORMATS.get(line.format)!.invalid);
}

function pushIf(warnings: string[], warning: string | undefined): void {
  if (warning !== undefined) warnings.push(warning);
}
