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
  const ground = median(grey);
  let darker = 0;
  let lighter = 0;
  for (let i = 0; i < grey.length; i++) {
    const off = grey[i] - ground;
    if (off > FAINT) lighter += off;
    else if (off < -FAINT) darker -= off;
  }
  const sign = lighter > darker ? 1 : -1;
  const ink = new Uint8Array(grey.length);
  for (let i = 0; i < grey.length; i++) ink[i] = Math.max(0, sign * (grey[i] - ground));
  const full = levelOf(ink, inputWidth * LINE_PIXELS);
  if (full <= FAINT) return ink.fill(0);
  const stretch = 255 / full;
  for (let i = 0; i < ink.length; i++) ink[i] = Math.min(255, Math.round(ink[i] * stretch));
  return ink;
}

function histogram(bytes: Uint8Array): Int32Array {
  const counts = new Int32Array(256);
  for (let i = 0; i < bytes.length; i++) counts[bytes[i]]++;
  return counts;
}

function median(bytes: Uint8Array): number {
  const counts = histogram(bytes);
  let level = 0;
  for (let below = counts[0]; below * 2 <= bytes.length && level < 255; below += counts[level]) level++;
  return level;
}

/** The highest level that at least `pixels` pixels reach. */
function levelOf(bytes: Uint8Array, pixels: number): number {
  const counts = histogram(bytes);
  let level = 255;
  for (let above = counts[255]; above < pixels && level > 0; above += counts[level]) level--;
  return level;
}
