import { decode } from 'jpeg-js';
import type { Picture } from '../../core/index.js';
import { toGrey } from './luminance.js';

/** MB; the largest picture read needs some 500. */
const MOST_MEMORY = 1024;

/** Width and height of the first frame header; undefined where there is none. */
export function jpegSize(bytes: Uint8Array): [number, number] | undefined {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    // SOF0…SOF15 but for the tables DHT, JPG and DAC, which lie between them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [(bytes[at + 7] << 8) | bytes[at + 8], (bytes[at + 5] << 8) | bytes[at + 6]];
    }
    at += 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
  }
  return undefined;
}

/** @throws Error of the decoder for a damaged file */
export function readJpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: 41,
    maxMemoryUsageInMB: MOST_MEMORY,
  });
  return { width, height, grey: toGrey(data, data.length / (width * height), 255) };
}
