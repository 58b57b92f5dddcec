import { BEAT_PICTURE, type BeatPicture } from './beat-picture.js';

/** Ink from which a pixel counts as part of a line, 0…255. */
const INKED = 96;
/** Ink below which a pixel counts as ground. */
const GROUND = 40;

/** Shares that one curve on an even ground keeps; chosen on redrawn beats in many styles and on other pictures. */
const LIMITS = {
  /** Of the picture: lines are thin. */
  mostInked: 0.12,
  /** Of the picture: the ground is even. */
  leastGround: 0.8,
  /** Of the columns between the first and the last sample: the curve goes through. */
  leastColumns: 0.7,
  /** Of those columns: cut once by the curve, or twice or thrice where a wave bends back within a column. */
  leastSingle: 0.8,
  /** Of the ink: outside the columns of the drawing. */
  mostOutside: 0.1,
  /** Pixels from the highest ink to the lowest: a flat line holds no beat. */
  leastHeight: 5,
  /** Of the steps from column to column: the runs touch, so that the columns are one curve. */
  leastJoined: 0.8,
};

/**
 * Why a picture is no picture of one beat; undefined when it looks like one.
 *
 * @param ink  of `pictureInput`, [inputHeight, inputWidth]
 */
export function whyNotABeat(ink: Uint8Array, contract: BeatPicture = BEAT_PICTURE): string | undefined {
  const { inputWidth: width, inputHeight: height } = contract;
  const from = Math.ceil((contract.left * width) / contract.width);
  const to = Math.floor((contract.right * width) / contract.width);
  let inked = 0;
  let ground = 0;
  let outside = 0;
  let top = height;
  let bottom = 0;
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] < GROUND) ground++;
    if (ink[i] < INKED) continue;
    inked++;
    bottom = Math.floor(i / width);
    top = Math.min(top, bottom);
    const x = i % width;
    if (x < from - 2 || x > to + 2) outside++;
  }
  if (inked === 0) return 'nothing is drawn on it';
  if (inked > LIMITS.mostInked * ink.length) return 'more is drawn on it than one line';
  if (ground < LIMITS.leastGround * ink.length) return 'its ground is not even';
  if (outside > LIMITS.mostOutside * inked) return 'there is something beside where a beat is drawn';
  if (bottom - top < LIMITS.leastHeight) return 'its line is flat';
  const columns = countColumns(ink, width, height, from, to);
  if (columns.drawn < LIMITS.leastColumns * columns.all) return 'no curve goes through from left to right';
  if (columns.single < LIMITS.leastSingle * columns.drawn) return 'there is more on it than one curve';
  if (columns.joined < LIMITS.leastJoined * columns.steps) return 'what is drawn on it is no curve';
  return undefined;
}

interface Columns {
  readonly all: number;
  /** With ink. */
  readonly drawn: number;
  /** With one run of ink. */
  readonly single: number;
  /** From a drawn column to the next. */
  readonly steps: number;
  /** Steps on which the ink's extents touch. */
  readonly joined: number;
}

function countColumns(ink: Uint8Array, width: number, height: number, from: number, to: number): Columns {
  let [drawn, single, steps, joined] = [0, 0, 0, 0];
  let lastTop = -1;
  let lastBottom = -1;
  for (let x = from; x < to; x++) {
    let runs = 0;
    let top = -1;
    let bottom = -1;
    for (let y = 0; y < height; y++) {
      const here = ink[y * width + x] >= INKED;
      if (!here) continue;
      // A gap of one faint pixel in a steep stroke is no gap.
      if (bottom < 0 || y - bottom > 2) runs++;
      if (top < 0) top = y;
      bottom = y;
    }
    if (runs > 0) {
      drawn++;
      if (runs === 1) single++;
      if (lastTop >= 0) {
        steps++;
        if (top <= lastBottom + 2 && bottom >= lastTop - 2) joined++;
      }
    }
    lastTop = top;
    lastBottom = bottom;
  }
  return { all: to - from, drawn, single, steps, joined };
}
