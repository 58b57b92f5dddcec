import type { Picture } from '../../core/index.js';

/** What one pixel of an axis is made of: a run of source pixels and their shares, which sum to 1. */
interface Mix {
  readonly from: Int32Array;
  readonly count: Int32Array;
  /** `most` shares a pixel. */
  readonly share: Float32Array;
  readonly most: number;
}

/**
 * The picture in another size: each pixel is the mean of the area it covers where the picture shrinks, and lies
 * between the nearest two (bilinear) where it grows.
 */
export function resizePicture({ width, height, grey }: Picture, toWidth: number, toHeight: number): Picture {
  if (width === toWidth && height === toHeight) return { width, height, grey };
  const across = mixOf(width, toWidth);
  const down = mixOf(height, toHeight);
  const out = new Uint8Array(toWidth * toHeight);
  const row = new Float32Array(toWidth);
  const sum = new Float32Array(toWidth);
  let ready = -1;
  for (let y = 0; y < toHeight; y++) {
    sum.fill(0.5);
    for (let j = 0; j < down.count[y]; j++) {
      const source = down.from[y] + j;
      if (source !== ready) shrinkRow(grey, source * width, across, row);
      ready = source;
      const share = down.share[y * down.most + j];
      for (let x = 0; x < toWidth; x++) sum[x] += share * row[x];
    }
    // Storing truncates, the half rounds.
    for (let x = 0, i = y * toWidth; x < toWidth; x++, i++) out[i] = sum[x];
  }
  return { width: toWidth, height: toHeight, grey: out };
}

function shrinkRow(grey: Uint8Array, at: number, mix: Mix, row: Float32Array): void {
  const { from, count, share, most } = mix;
  for (let x = 0; x < row.length; x++) {
    let sum = 0;
    const first = at + from[x];
    const taps = count[x];
    for (let j = 0, k = x * most; j < taps; j++, k++) sum += share[k] * grey[first + j];
    row[x] = sum;
  }
}

function mixOf(size: number, to: number): Mix {
  const scale = size / to;
  const most = Math.ceil(Math.max(1, scale)) + 1;
  const from = new Int32Array(to);
  const count = new Int32Array(to);
  const share = new Float32Array(to * most);
  for (let i = 0; i < to; i++) {
    if (scale > 1) {
      const start = i * scale;
      const end = Math.min(size, start + scale);
      from[i] = Math.floor(start);
      count[i] = Math.min(size, Math.ceil(end)) - from[i];
      for (let j = 0; j < count[i]; j++) {
        const covered = Math.min(end, from[i] + j + 1) - Math.max(start, from[i] + j);
        share[i * most + j] = covered / (end - start);
      }
    } else {
      const centre = Math.min(size - 1, Math.max(0, (i + 0.5) * scale - 0.5));
      from[i] = Math.min(Math.max(0, size - 2), Math.floor(centre));
      const f = centre - from[i];
      count[i] = f > 0 ? 2 : 1;
      share[i * most] = 1 - f;
      if (f > 0) share[i * most + 1] = f;
    }
  }
  return { from, count, share, most };
}
