import * as v from 'valibot';
import type { Picture } from '../../core/index.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const pixels = v.pipe(v.number(), v.safeInteger(), v.minValue(8), v.maxValue(1024));

/** How a beat is drawn and how a picture of one becomes a network's input: the only place where these numbers stand. */
export const BeatPictureSchema = v.strictObject({
  kind: v.literal('beat-picture'),
  /** Hz of the samples that are joined by lines; recordings at other rates are interpolated. */
  fs: positive,
  /** Samples at `fs` before the annotation and, with it, after. */
  before: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  after: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Pixels of the drawn picture. */
  width: pixels,
  height: pixels,
  /** Pixels from the left edge at which the first and the last sample lie. */
  left: positive,
  right: positive,
  /** Pixels from the top at which 0 mV lies. */
  zeroLine: v.number(),
  pixelsPerMv: positive,
  /** Pixels; how wide the line is. */
  stroke: positive,
  /** Pixels of the network's input, [1, inputHeight, inputWidth]: ink 255 on a background of 0. */
  inputWidth: pixels,
  inputHeight: pixels,
});

export type BeatPicture = v.InferOutput<typeof BeatPictureSchema>;

/**
 * The well-known pictures of the beats of mitdb, six classes in 15,341 + 6,825 files of 192 × 128 pixels.
 *
 * They have y = 230.05 − 0.1733 · ADC units; mitdb has 200 units/mV and 1024 at 0 mV, so that 0 mV lies at 52.5908
 * and 1 mV is 34.66 pixels. Their line is 1.5 points wide at 100 points an inch before it was made smaller by 0.3:
 * a bit over half a pixel, which is drawn here as one pixel.
 */
export const BEAT_PICTURE: BeatPicture = {
  kind: 'beat-picture',
  fs: 360,
  before: 96,
  after: 96,
  width: 192,
  height: 128,
  left: 24,
  right: 172,
  zeroLine: 230.05 - 0.1733 * 1024,
  pixelsPerMv: 0.1733 * 200,
  stroke: 1,
  inputWidth: 128,
  inputHeight: 128,
};

/**
 * The beat at a sample, drawn as an anti-aliased black line on white.
 *
 * Samples outside the lead and invalid ones (NaN) are not drawn, nor what lies above or below the picture.
 *
 * @param samples  mV; one lead
 * @param fs       Hz of `samples`
 * @param sample   index of the annotation in `samples`
 */
export function drawBeat(
  samples: Float32Array,
  fs: number,
  sample: number,
  contract: BeatPicture = BEAT_PICTURE,
): Picture {
  const { width, height, before, after, left, right, zeroLine, pixelsPerMv, stroke } = contract;
  const grey = new Uint8Array(width * height).fill(255);
  const points = before + after;
  const step = (right - left) / (points - 1);
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (let k = 0; k < points; k++) {
    const x = left + k * step;
    const y = zeroLine - pixelsPerMv * valueAt(samples, sample + ((k - before) * fs) / contract.fs);
    drawSegment(grey, width, height, lastX, lastY, x, y, stroke);
    lastX = x;
    lastY = y;
  }
  return { width, height, grey };
}

/** The value at a place between samples; NaN outside. */
function valueAt(samples: Float32Array, at: number): number {
  const i = Math.floor(at);
  const f = at - i;
  if (i < 0 || i + (f > 0 ? 1 : 0) >= samples.length) return Number.NaN;
  return f > 0 ? samples[i] * (1 - f) + samples[i + 1] * f : samples[i];
}

/** Darkens the pixels that a line with round ends covers; pixel k reaches from k to k + 1. */
function drawSegment(
  grey: Uint8Array,
  width: number,
  height: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  stroke: number,
): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length2 = dx * dx + dy * dy;
  if (!(length2 > 0)) return;
  const reach = stroke / 2 + 0.5;
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach - 0.5));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach - 0.5));
  const first = Math.max(0, Math.floor(Math.min(x0, x1) - reach - 0.5));
  const last = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach - 0.5));
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5 - y0;
    for (let x = first; x <= last; x++) {
      const px = x + 0.5 - x0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const far2 = ex * ex + ey * ey;
      if (far2 >= reach * reach) continue;
      const light = 255 * (1 - Math.min(1, reach - Math.sqrt(far2)));
      const i = y * width + x;
      if (light < grey[i]) grey[i] = Math.round(light);
    }
  }
}
