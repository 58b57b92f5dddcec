import { type DecodedPng, decode } from 'fast-png';
import type { Picture } from '../../core/index.js';
import { toGrey } from './luminance.js';

/** Width and height of the header; undefined where the file is too short for one. */
export function pngSize(bytes: Uint8Array): [number, number] | undefined {
  if (bytes.length < 24) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [view.getUint32(16), view.getUint32(20)];
}

/** @throws Error of the decoder for a damaged file */
export function readPng(bytes: Uint8Array): Picture {
  const png = decode(bytes, { checkCrc: true });
  const { width, height, palette, depth, channels } = png;
  const pixels = width * height;
  const most = 2 ** depth - 1;
  const samples = depth < 8 ? unpackBits(png) : png.data;
  if (palette !== undefined) {
    const colours = palette.map(([r, g, b, a = 255]) => toGrey([r, g, b, a], 4, 255)[0]);
    const grey = Uint8Array.from({ length: pixels }, (_, i) => {
      if (samples[i] >= colours.length)
        throw new Error(`colour ${samples[i]} of a palette of ${colours.length}`);
      return colours[samples[i]];
    });
    return { width, height, grey };
  }
  const grey = toGrey(samples, channels, most);
  const clear = png.transparency;
  if (clear !== undefined && channels % 2 === 1) {
    // One colour of the file stands for transparent.
    for (let i = 0; i < pixels; i++) {
      let same = true;
      for (let c = 0; c < channels; c++) same &&= samples[i * channels + c] === clear[c];
      if (same) grey[i] = 255;
    }
  }
  return { width, height, grey };
}

/** One number a sample from rows of packed bits, each of which begins with a byte. */
function unpackBits({ width, height, depth, channels, data }: DecodedPng): Uint8Array {
  const perRow = width * channels;
  const bytesPerRow = Math.ceil((perRow * depth) / 8);
  const samples = new Uint8Array(perRow * height);
  const mask = 2 ** depth - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < perRow; x++) {
      const bit = x * depth;
      samples[y * perRow + x] = (data[y * bytesPerRow + (bit >> 3)] >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}
