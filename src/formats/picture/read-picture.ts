import { EcgError, type Picture } from '../../core/index.js';
import { jpegSize, readJpeg } from './jpeg.js';
import { pngSize, readPng } from './png.js';

/** Pixels; a picture of a beat is some ten thousand, a photograph some ten million. */
const MOST_PIXELS = 40e6;

interface PictureFormat {
  readonly name: string;
  readonly begins: readonly number[];
  /** Width and height by the header alone, so that no memory is taken for a size that is only claimed. */
  readonly size: (bytes: Uint8Array) => readonly [number, number] | undefined;
  readonly read: (bytes: Uint8Array) => Picture;
}

const FORMATS: readonly PictureFormat[] = [
  { name: 'PNG', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], size: pngSize, read: readPng },
  { name: 'JPEG', begins: [0xff, 0xd8, 0xff], size: jpegSize, read: readJpeg },
];

/**
 * A PNG or JPEG file as grey: luminance of colours, palettes looked up, 16 bits shortened to 8, transparent places
 * over white.
 *
 * @param name  what messages call the file
 * @throws EcgError `unsupported` for any other kind of file and for more than 40 million pixels; `bad-format` for
 *   a damaged one or one without pixels
 *
 * Luminance: 0.299 R + 0.587 G + 0.114 B, ITU-R BT.601, as JPEG and the tools that made the published pictures.
 */
export function readPicture(bytes: Uint8Array, name = 'picture'): Picture {
  const format = FORMATS.find(({ begins }) => begins.every((byte, i) => bytes[i] === byte));
  if (format === undefined) {
    throw new EcgError('unsupported', `picture: ${name} is neither PNG nor JPEG, save it as one of them`);
  }
  const damaged = (what: string, cause?: unknown) =>
    new EcgError('bad-format', `picture: ${name}: ${format.name} ${what}, save it again`, { cause });
  const size = format.size(bytes);
  if (size === undefined) throw damaged('ends before it says its size');
  const [width, height] = size;
  if (width * height === 0) throw damaged(`has no pixels (${width} × ${height})`);
  if (width * height > MOST_PIXELS) {
    throw new EcgError(
      'unsupported',
      `picture: ${name} has ${width} × ${height} pixels, at most ${MOST_PIXELS / 1e6} million are read; make it smaller`,
    );
  }
  let picture: Picture;
  try {
    picture = format.read(bytes);
  } catch (cause) {
    throw damaged(`is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  if (picture.width !== width || picture.height !== height || picture.grey.length !== width * height) {
    throw damaged('says two sizes');
  }
  return picture;
}
