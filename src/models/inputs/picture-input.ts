import type { Picture } from '../../core/index.js';
import { BEAT_PICTURE, type BeatPicture } from './beat-picture.js';
import { resizePicture } from './resize-picture.js';

/** Grey levels; differences from the background below this are paper, grid or compression. */
const FAINT = 8;
/** This many pixels a column are as dark as the line, whatever else is in the picture. */
const LINE_PIXELS = 0.5;

/**
 * What a network sees of a picture of a beat: resized, ink 255 on a background of 0.
 *
 * Light or dark ground, grey ink and the thin line of a small picture come out alike: the ground is the median, ink
 * is what differs from it towards the side on which more lies, and is stretched so that the line reaches 255.
 * The axes stay where they are: height above the zero line is millivolts.
 *
 * @param picture  of any size; the whole picture has to be the frame that `drawBeat` draws in
 * @returns        [inputHeight, inputWidth]; zeros when nothing stands out from the ground
 */
export function pictureInput(picture: Picture, contract: BeatPicture = BEAT_PICTURE): Uint8Array {
  const { inputWidth, inputHeight } = contract;
  const { grey } = resizePicture(picture, inputWidth, inputHeight);
  const counts = histogram(grey);
  const ground = median(counts, grey.length);
  const sign = inkSide(counts, ground);
  const full = lineLevel(counts, ground, sign, inputWidth * LINE_PIXELS);
  const ink = new Uint8Array(grey.length);
  if (full <= FAINT) return ink;
  // One entry a grey level: there are only 256 of them.
  const inkOf = new Uint8Array(256);
  for (let level = 0; level < 256; level++) {
    inkOf[level] = Math.round(Math.min(255, Math.max(0, ((level - ground) * sign * 255) / full)));
  }
  for (let i = 0; i < ink.length; i++) ink[i] = inkOf[grey[i]];
  return ink;
}

function histogram(bytes: Uint8Array): Int32Array {
  const counts = new Int32Array(256);
  for (let i = 0; i < bytes.length; i++) counts[bytes[i]]++;
  return counts;
}

function median(counts: Int32Array, total: number): number {
  let level = 0;
  for (let below = counts[0]; below * 2 <= total && level < 255; below += counts[level]) level++;
  return level;
}

/** 1 where more lies above the ground than below it, −1 otherwise. */
function inkSide(counts: Int32Array, ground: number): 1 | -1 {
  let more = 0;
  for (let level = 0; level < 256; level++) {
    if (Math.abs(level - ground) > FAINT) more += counts[level] * (level - ground);
  }
  return more > 0 ? 1 : -1;
}

/** The greatest difference from the ground that at least `pixels` pixels reach. */
function lineLevel(counts: Int32Array, ground: number, sign: 1 | -1, pixels: number): number {
  let level = sign > 0 ? 255 : 0;
  for (let beyond = counts[level]; beyond < pixels && level !== ground; beyond += counts[level])
    level -= sign;
  return Math.abs(level - ground);
}
