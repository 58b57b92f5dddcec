import { EcgError } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import { createScratch, decodeFrame, type FlacFrame, type FlacInfo } from './flac-frame.js';
import { chunkOf, type SampleStream } from './stream.js';

/** How the signals of a record lie in a FLAC stream. */
export interface FlacLayout {
  /** Samples a WFDB frame of each channel; all the same. */
  readonly channels: readonly number[];
  /** Most bits a sample may have: 8, 16 or 24. */
  readonly bits: number;
  /** Stands for samples of a damaged frame. */
  readonly invalid: number;
  /** Samples of each channel before the record begins. */
  readonly firstSample: number;
  /** WFDB frames that the header states. */
  readonly length: number | undefined;
}

/** Bytes looked through at a time. */
const WINDOW = 1 << 16;

/** Samples that may be decoded in vain, looking for frames, before a stream is given up. */
const MAX_WASTED = 2 ** 28;

/** Where a frame begins. */
interface Place {
  readonly sample: number;
  readonly offset: number;
}

/**
 * A stream of WFDB samples over a FLAC file, decoded frame by frame; memory is bounded by one frame and
 * one chunk. A frame that fails its checksum gives invalid samples, and decoding goes on at the next one.
 *
 * Why our own decoder: the maintained packages give 32-bit floats of whole files, decode in a worker, and
 * rest on an LGPL parser; a signal file needs integers, random access and any bytes survived.
 *
 * @throws EcgError `bad-format` when the file is no FLAC stream or has another shape than the header says
 *
 * Source: RFC 9639 (FLAC); `flac_isopen` and `flac_isseek` of the WFDB library 10.7.
 */
export async function flacStream(source: ByteSource, layout: FlacLayout): Promise<SampleStream> {
  const { info, start } = await readInfo(source, layout);
  const scratch = createScratch(info.channels);
  const perFrame = layout.channels[0];
  const width = info.channels * perFrame;
  // A frame stored uncoded, with its headers; a coded one is larger only by an encoder's mistake.
  const uncoded = Math.ceil((info.maxBlock * info.channels * (info.bits + 1)) / 8) + 64;
  const reach = Math.max(2 * uncoded, info.maxFrameBytes + 64, WINDOW);
  let window = new Uint8Array(0);
  let windowAt = 0;
  /** Where decoding goes on after each damaged frame; the end of the file where nothing follows. */
  const detours = new Map<number, Place>();
  let losses: string[] = [];

  /** The frame at a byte of the file. */
  const frameAt = async (offset: number): Promise<FlacFrame | undefined> => {
    const inside = offset - windowAt;
    if (inside < 0 || inside + reach > window.length) {
      if (inside < 0 || windowAt + window.length < source.size) {
        window = (await source.read(offset, 2 * reach)) as Uint8Array<ArrayBuffer>;
        windowAt = offset;
      }
    }
    return decodeFrame(window, offset - windowAt, info, scratch);
  };

  /** The first frame that begins at or after a byte and before another. */
  const nextFrame = async (
    from: number,
    to: number,
  ): Promise<{ frame: FlacFrame; offset: number } | undefined> => {
    for (let at = from; at < to; at += WINDOW) {
      if (scratch.wasted > MAX_WASTED) return undefined;
      const bytes = await source.read(at, Math.min(WINDOW + 1, source.size - at));
      for (let i = 0; i + 1 < bytes.length && at + i < to; i++) {
        if (bytes[i] !== 0xff || (bytes[i + 1] & 0xfe) !== 0xf8) continue;
        const frame = await frameAt(at + i);
        if (frame !== undefined) return { frame, offset: at + i };
      }
    }
    return undefined;
  };

  const samples = await endOfStream(source.size, start, reach, nextFrame);
  const frames = Math.max(0, Math.floor((samples - layout.firstSample) / perFrame));

  // Known frames, ascending; every 64th of a straight run is kept.
  const places: Place[] = [{ sample: 0, offset: start }];
  const remember = (place: Place) => {
    const last = places[places.length - 1];
    if (place.sample >= last.sample + 64 * info.maxBlock) places.push(place);
  };

  /** A frame's place at or before a sample, near it: the best known, then halving the bytes between. */
  const placeBefore = async (sample: number): Promise<Place> => {
    let low = places[0];
    for (const place of places) if (place.sample <= sample) low = place;
    let high = source.size;
    for (const place of places) if (place.sample > sample) high = Math.min(high, place.offset);
    while (sample - low.sample > 64 * info.maxBlock && high - low.offset > 2 * WINDOW) {
      const middle = low.offset + Math.floor((high - low.offset) / 2);
      const found = await nextFrame(middle, high);
      if (found === undefined || found.frame.first > sample) high = middle;
      else if (found.frame.first <= low.sample) break;
      else low = { sample: found.frame.first, offset: found.offset };
    }
    return low;
  };

  let block: FlacFrame | undefined;
  let next: Place = places[0];

  /** Decodes the frame at `next`, or stands in for a lost one. */
  const advance = async (): Promise<void> => {
    const frame = next.offset < source.size ? await frameAt(next.offset) : undefined;
    if (frame !== undefined && frame.first === next.sample) {
      remember(next);
      block = frame;
      next = { sample: frame.first + frame.count, offset: next.offset + frame.size };
      return;
    }
    const lost = next;
    let detour = detours.get(lost.offset);
    if (detour === undefined) {
      const found = await nextFrame(lost.offset + 1, source.size);
      const resumes = found !== undefined && found.frame.first > lost.sample;
      detour = resumes
        ? { sample: found.frame.first, offset: found.offset }
        : { sample: Number.POSITIVE_INFINITY, offset: source.size };
      detours.set(lost.offset, detour);
      const to = resumes ? `to ${detour.sample}` : 'to its end';
      losses.push(`is damaged from sample ${lost.sample} ${to}, those samples are missing`);
    }
    block = { first: lost.sample, count: detour.sample - lost.sample, size: 0, channels: [] };
    next = detour;
  };

  let out = new Int32Array(0);
  return {
    frames,
    chunkFrames: chunkOf(width),
    takeLosses: () => {
      const taken = losses;
      losses = [];
      return taken;
    },
    close: () => source.close(),
    read: async (from, count) => {
      const first = layout.firstSample + from * perFrame;
      const last = first + count * perFrame;
      if (out.length < count * width) out = new Int32Array(count * width);
      let sample = first;
      const near = block !== undefined && sample >= block.first && sample < next.sample + 64 * info.maxBlock;
      if (!near) {
        next = await placeBefore(sample);
        block = undefined;
      }
      while (sample < last) {
        if (block === undefined || sample >= block.first + block.count) await advance();
        const { first: blockFirst, count: blockCount, channels } = block!;
        const end = Math.min(last, blockFirst + blockCount);
        if (sample >= end) continue;
        for (let c = 0; c < info.channels; c++) {
          place(
            channels[c],
            sample - blockFirst,
            end - sample,
            out,
            sample - first,
            c,
            info.channels,
            perFrame,
            layout.invalid,
          );
        }
        sample = end;
      }
      return out.subarray(0, count * width);
    },
  };
}

/** One channel's run of samples to its places in the frames of a chunk. */
function place(
  channel: Int32Array | undefined,
  from: number,
  count: number,
  out: Int32Array,
  at: number,
  index: number,
  channels: number,
  perFrame: number,
  invalid: number,
): void {
  if (perFrame === 1 && channel !== undefined) {
    for (let i = 0, to = at * channels + index; i < count; i++, to += channels) out[to] = channel[from + i];
    return;
  }
  for (let i = 0; i < count; i++) {
    const inFrame = (at + i) % perFrame;
    const frame = (at + i - inFrame) / perFrame;
    out[(frame * channels + index) * perFrame + inFrame] =
      channel === undefined ? invalid : channel[from + i];
  }
}

/** One past the last sample of the last whole frame. */
async function endOfStream(
  size: number,
  start: number,
  reach: number,
  nextFrame: (from: number, to: number) => Promise<{ frame: FlacFrame; offset: number } | undefined>,
): Promise<number> {
  for (let back = 2 * reach; ; back *= 4) {
    const from = Math.max(start, size - back);
    let found = await nextFrame(from, size);
    let end = 0;
    while (found !== undefined) {
      end = found.frame.first + found.frame.count;
      found = await nextFrame(found.offset + found.frame.size, size);
    }
    if (end > 0 || from === start) return end;
  }
}

async function readInfo(source: ByteSource, layout: FlacLayout): Promise<{ info: FlacInfo; start: number }> {
  const fault = (what: string) => new EcgError('bad-format', `wfdb: ${source.name} ${what}`);
  if (layout.channels.some((each) => each !== layout.channels[0])) {
    throw fault('is a FLAC file, whose signals must all have the same samples a frame');
  }
  const head = await source.read(0, 42);
  if (head.length < 42 || String.fromCharCode(...head.subarray(0, 4)) !== 'fLaC' || (head[4] & 0x7f) !== 0) {
    throw fault('is no FLAC stream, though its header gives it a FLAC format');
  }
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const info: FlacInfo = {
    minBlock: view.getUint16(8),
    maxBlock: view.getUint16(10),
    maxFrameBytes: view.getUint32(14) & 0xffffff,
    channels: ((head[20] >> 1) & 7) + 1,
    bits: (((head[20] & 1) << 4) | (head[21] >> 4)) + 1,
  };
  if (info.minBlock < 1 || info.maxBlock < info.minBlock) throw fault('has an impossible FLAC block size');
  if (info.channels !== layout.channels.length) {
    throw fault(`holds ${info.channels} channels, its header gives it ${layout.channels.length} signals`);
  }
  if (info.bits > layout.bits) throw fault(`holds ${info.bits}-bit samples, its header says ${layout.bits}`);
  let at = 4;
  for (;;) {
    const block = await source.read(at, 4);
    if (block.length < 4) throw fault('ends within its FLAC metadata');
    at += 4 + ((block[1] << 16) | (block[2] << 8) | block[3]);
    if (block[0] & 0x80) return { info, start: at };
  }
}
