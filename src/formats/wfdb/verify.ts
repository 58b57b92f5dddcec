import type { SignalLine } from './header.js';

/** How many frames of a signal have been summed, in order from the first, and the 32-bit sum. */
export interface Tally {
  frames: number;
  sum: number;
}

/** Where a chunk of frames lies, and which part of each frame one signal takes. */
export interface ChunkPlace {
  /** First frame of the chunk, and how many it holds. */
  readonly frame: number;
  readonly frames: number;
  /** Samples of all signals in a frame, and this signal's first among them. */
  readonly frameSamples: number;
  readonly column: number;
}

/**
 * The first frame of a chunk that is still to be summed, or −1: a sum grows in order, so a chunk beyond
 * what was summed, or wholly within it, adds nothing.
 *
 * @param total frames of the signal
 */
export function firstUnsummed(tally: Tally, place: ChunkPlace, total: number): number {
  const { frame, frames } = place;
  return tally.frames >= frame && tally.frames < Math.min(frame + frames, total) ? tally.frames : -1;
}

/** The 32-bit sum of one signal over frames `from` … `to` of a chunk. */
export function sumFrames(
  chunk: Int32Array,
  place: ChunkPlace,
  samplesPerFrame: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let k = 0; k < samplesPerFrame; k++) {
    let at = (from - place.frame) * place.frameSamples + place.column + k;
    for (let i = from; i < to; i++, at += place.frameSamples) sum = (sum + chunk[at]) | 0;
  }
  return sum;
}

/** A sentence when the first stored sample is not the header's initial value. */
export function checkInitial(line: SignalLine, first: number, name: string): string | undefined {
  // Format 8 stores differences from the initial value, so the first sample need not equal it.
  if (line.initial === undefined || line.format === 8 || line.initial === first) return undefined;
  return `${name} begins with ${first}, its header says ${line.initial}`;
}

/** A sentence when the 16-bit sum of all stored samples is not the header's checksum. */
export function checkSum(line: SignalLine, sum: number, name: string): string | undefined {
  // Converters that compute no checksum write 0.
  if (line.checksum === undefined || line.checksum === 0) return undefined;
  if (((sum - line.checksum) & 0xffff) === 0) return undefined;
  return `the checksum of ${name} is ${(sum << 16) >> 16}, its header says ${line.checksum}: samples may be damaged`;
}
