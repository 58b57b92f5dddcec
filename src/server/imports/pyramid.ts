import { EcgError, inPortions } from '../../core/index.js';
import {
  type LeadLayout,
  layOut,
  PYRAMID_FACTOR,
  PYRAMID_FINEST,
  PYRAMID_PREFIX,
  parsePyramidHead,
  pyramidHeadBytes,
  pyramidHeadLength,
} from './pyramid-layout.js';

/** Buckets that wait for one write, of every level. */
const WRITTEN_TOGETHER = 4096;
const BYTES = 4;

/** What a pyramid is written to: bytes at a place, places ascending within a level only. */
export type WriteAt = (bytes: Uint8Array, at: number) => Promise<void>;

/** Writes a pyramid in one pass; memory does not grow with the recording. */
export interface PyramidWriter {
  /** The next samples of a lead; NaN where there are none. */
  append(lead: number, samples: Float32Array): Promise<void>;
  /** Ends the file; samples that never came are NaN. */
  finish(): Promise<void>;
}

/** One level while it is written. */
interface Filling {
  readonly layout: { readonly bucket: number; readonly offset: number };
  /** Parts in the open bucket: samples of the finest level, buckets of the one below in others. */
  parts: number;
  readonly perBucket: number;
  least: number;
  most: number;
  readonly waiting: Float32Array;
  waitingBuckets: number;
  written: number;
}

/**
 * The writer of a pyramid: the samples of every lead at its own rate, and their extremes in buckets of 16, 128, 1024, …
 * samples, so that any stretch can be drawn by reading no more than what is drawn.
 *
 * The file: `ECGPYR1\n`, the bytes of the header as a 32-bit integer, a header as JSON that tells where everything is,
 * then 32-bit floats, little-endian: samples as they are, levels as pairs of least and most. A bucket without a single
 * sample is NaN.
 *
 * @param samples  how many each lead will have
 */
export async function createPyramidWriter(
  samples: readonly number[],
  write: WriteAt,
): Promise<PyramidWriter> {
  const head = layOut(samples);
  await write(pyramidHeadBytes(head), 0);
  const appended = samples.map(() => 0);
  const levels = head.leads.map((lead) => lead.levels.map(emptyLevel));

  const flush = async (level: Filling): Promise<void> => {
    const { waiting, waitingBuckets, layout } = level;
    if (waitingBuckets === 0) return;
    // The writer may keep the bytes for longer than this call.
    const bytes = new Uint8Array(waiting.slice(0, 2 * waitingBuckets).buffer);
    await write(bytes, layout.offset + level.written * 2 * BYTES);
    level.written += waitingBuckets;
    level.waitingBuckets = 0;
  };
  const flushFull = async (all: readonly Filling[]): Promise<void> => {
    for (const level of all) if (level.waitingBuckets >= WRITTEN_TOGETHER) await flush(level);
  };

  const append = async (lead: number, given: Float32Array): Promise<void> => {
    const layout = head.leads[lead];
    const all = levels[lead];
    if (layout === undefined || all === undefined || appended[lead] + given.length > layout.samples)
      throw new EcgError(
        'bad-shape',
        `pyramid: lead ${lead} was to have ${layout?.samples ?? 0} samples, more came`,
      );
    for (let at = 0; at < given.length; at += WRITTEN_TOGETHER) {
      const part = given.slice(at, at + WRITTEN_TOGETHER);
      await write(new Uint8Array(part.buffer), layout.offset + (appended[lead] + at) * BYTES);
      await inPortions(0, part.length, (from, to) => {
        for (let i = from; i < to; i++) add(all, 0, part[i], part[i]);
      });
      await flushFull(all);
    }
    appended[lead] += given.length;
  };

  return {
    append,
    async finish() {
      for (let lead = 0; lead < samples.length; lead++) {
        const missing = new Float32Array(WRITTEN_TOGETHER).fill(Number.NaN);
        while (appended[lead] < samples[lead])
          await append(lead, missing.subarray(0, Math.min(missing.length, samples[lead] - appended[lead])));
        for (const [depth, level] of levels[lead].entries()) {
          if (level.parts > 0) closeBucket(levels[lead], depth);
          await flush(level);
        }
      }
    },
  };
}

function emptyLevel(layout: Filling['layout']): Filling {
  return {
    layout,
    parts: 0,
    perBucket: layout.bucket === PYRAMID_FINEST ? PYRAMID_FINEST : PYRAMID_FACTOR,
    least: Number.NaN,
    most: Number.NaN,
    // A portion of samples may close some more buckets before the next look.
    waiting: new Float32Array(4 * WRITTEN_TOGETHER),
    waitingBuckets: 0,
    written: 0,
  };
}

/** Takes extremes into the open bucket of a level, and closes it when it is full. */
function add(levels: readonly Filling[], depth: number, least: number, most: number): void {
  const level = levels[depth];
  if (level === undefined) return;
  // NaN compares false with everything: it never replaces a number, a number always replaces it.
  if (least < level.least || Number.isNaN(level.least)) level.least = least;
  if (most > level.most || Number.isNaN(level.most)) level.most = most;
  level.parts++;
  if (level.parts === level.perBucket) closeBucket(levels, depth);
}

function closeBucket(levels: readonly Filling[], depth: number): void {
  const level = levels[depth];
  const { least, most } = level;
  level.waiting[2 * level.waitingBuckets] = least;
  level.waiting[2 * level.waitingBuckets + 1] = most;
  level.waitingBuckets++;
  level.parts = 0;
  level.least = Number.NaN;
  level.most = Number.NaN;
  add(levels, depth + 1, least, most);
}

/** The bytes from one place to before another; fewer at the end of the file. */
export type ReadBetween = (from: number, to: number) => Promise<Uint8Array>;

/** An open pyramid. Nothing has to be closed: it holds the function that reads and nothing else. */
export interface Pyramid {
  /** In the order of the recording's signals. */
  readonly leads: readonly LeadLayout[];
  readonly read: ReadBetween;
}

/**
 * A pyramid from wherever its bytes are: `openPyramid((from, to) => blobs.read(sha256, { from, to }))`.
 * @throws EcgError `bad-format` for bytes that are none
 */
export async function openPyramid(read: ReadBetween): Promise<Pyramid> {
  const bytes = pyramidHeadLength(await read(0, PYRAMID_PREFIX));
  const { leads } = parsePyramidHead(await read(PYRAMID_PREFIX, PYRAMID_PREFIX + bytes));
  return { leads, read };
}

/** Extremes of a stretch, a pair a point. */
export interface MinMax {
  /** points + 1 samples of the lead: point k covers `edges[k]` to before `edges[k + 1]`. */
  readonly edges: Float64Array;
  /** NaN where the point lies in a gap. */
  readonly min: Float32Array;
  readonly max: Float32Array;
}

/**
 * The extremes of a stretch of one lead in `points` equal parts, read from the level that is just fine enough: at most
 * 16 pairs a point.
 *
 * The edges of the parts lie on buckets of that level, at most half a point beside the equal ones; the stretch begins
 * and ends on a bucket likewise. Below 32 samples a point they are exact, and where there are fewer samples than points
 * each point is a sample.
 *
 * @param from, to  samples of this lead at its own rate, `to` exclusive
 * @throws EcgError `bad-option` for a stretch or a lead that is not there, or no points
 */
export async function readMinMax(
  pyramid: Pyramid,
  lead: number,
  from: number,
  to: number,
  points: number,
): Promise<MinMax> {
  const layout = leadOf(pyramid, lead, from, to);
  if (!(Number.isInteger(points) && points >= 1))
    throw new EcgError('bad-option', `signal: ${points} points are no whole number from 1`);
  const span = to - from;
  const count = Math.min(points, span);
  const each = span / count;
  const level = layout.levels.findLast(({ bucket }) => 2 * bucket <= each);
  const bucket = level?.bucket ?? 1;
  const edges = Float64Array.from({ length: count + 1 }, (_, k) =>
    k === count
      ? Math.min(layout.samples, Math.ceil(to / bucket) * bucket)
      : Math.floor((from + Math.floor(k * each)) / bucket) * bucket,
  );
  const min = new Float32Array(count).fill(Number.NaN);
  const max = new Float32Array(count).fill(Number.NaN);
  if (count === 0) return { edges: new Float64Array(0), min, max };
  const first = edges[0] / bucket;
  const last = Math.ceil(edges[count] / bucket);
  const pairs = level === undefined ? 1 : 2;
  const start = level?.offset ?? layout.offset;
  const values = floats(
    await pyramid.read(start + first * pairs * BYTES, start + last * pairs * BYTES),
    (last - first) * pairs,
  );
  await inPortions(
    0,
    count,
    (begin, end) => {
      for (let k = begin; k < end; k++) {
        const until = Math.ceil(edges[k + 1] / bucket) - first;
        for (let i = edges[k] / bucket - first; i < until; i++) {
          const least = values[pairs * i];
          const most = values[pairs * i + pairs - 1];
          if (least < min[k] || Number.isNaN(min[k])) min[k] = least;
          if (most > max[k] || Number.isNaN(max[k])) max[k] = most;
        }
      }
    },
    1024,
  );
  return { edges, min, max };
}

/**
 * The samples of a stretch of one lead, as they were read from the recording.
 * @param from, to  samples of this lead at its own rate, `to` exclusive
 * @throws EcgError `bad-option` for a stretch or a lead that is not there
 */
export async function readSamples(
  pyramid: Pyramid,
  lead: number,
  from: number,
  to: number,
): Promise<Float32Array> {
  const { offset } = leadOf(pyramid, lead, from, to);
  return floats(await pyramid.read(offset + from * BYTES, offset + to * BYTES), to - from);
}

function leadOf(pyramid: Pyramid, lead: number, from: number, to: number): LeadLayout {
  const layout = pyramid.leads[lead];
  if (layout === undefined)
    throw new EcgError('bad-option', `signal: there is no lead ${lead}, there are ${pyramid.leads.length}`);
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= layout.samples))
    throw new EcgError('bad-option', `signal: ${from} to ${to} is no range within 0…${layout.samples}`);
  return layout;
}

function floats(bytes: Uint8Array, count: number): Float32Array {
  if (bytes.length !== count * BYTES)
    throw new EcgError(
      'bad-format',
      `pyramid: ${bytes.length} bytes where ${count * BYTES} were expected: the file is cut short`,
    );
  // A view needs a multiple of four bytes to begin at.
  const { buffer, byteOffset } = byteAligned(bytes);
  return new Float32Array(buffer, byteOffset, count);
}

function byteAligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % BYTES === 0 ? bytes : Uint8Array.from(bytes);
}
