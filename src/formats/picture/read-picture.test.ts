import { readFile } from 'node:fs/promises';
import { encode as encodeJpeg } from 'jpeg-js';
import { expect, it } from 'vitest';
import { pngBytes } from '../../../tests/png-bytes.js';
import { describeWithShared, sharedDir } from '../../../tests/shared-data.js';
import { EcgError } from '../../core/index.js';
import { readPicture } from './read-picture.js';

const grey = (bytes: Uint8Array) => [...readPicture(bytes).grey];
const faultOf = (bytes: Uint8Array): unknown => {
  try {
    return readPicture(bytes, 'a.png');
  } catch (fault) {
    return fault;
  }
};
/** A grey PNG of 4 × 2 pixels. */
const plain = pngBytes({
  width: 4,
  height: 2,
  depth: 8,
  colour: 0,
  rows: [
    [0, 51, 102, 153],
    [204, 255, 85, 170],
  ],
});

it('reads grey of 8 bits', () => {
  expect(readPicture(plain)).toEqual({
    width: 4,
    height: 2,
    grey: Uint8Array.of(0, 51, 102, 153, 204, 255, 85, 170),
  });
});

it.each([
  // Samples of 0…2^depth − 1 spread over 0…255: by hand.
  [1, [[0b0110_0000]], [0, 255, 255, 0]],
  [2, [[0b00_01_10_11]], [0, 85, 170, 255]],
  [4, [[0x05, 0xaf]], [0, 85, 170, 255]],
  [16, [[0, 0, 0x55, 0x55, 0xaa, 0xaa, 0xff, 0xff]], [0, 85, 170, 255]],
])('reads grey of %i bits', (depth, rows, expected) => {
  expect(grey(pngBytes({ width: 4, height: 1, depth, colour: 0, rows }))).toEqual(expected);
});

it('reads rows of packed bits that end within a byte', () => {
  const rows = [[0b1010_0000], [0b0100_0000]];
  expect(grey(pngBytes({ width: 3, height: 2, depth: 1, colour: 0, rows }))).toEqual([
    255, 0, 255, 0, 255, 0,
  ]);
});

it('turns colours into luminance', () => {
  // 0.299 R + 0.587 G + 0.114 B: red 76, green 150, blue 29, (100, 150, 200) 141.
  const row = [255, 0, 0, 0, 255, 0, 0, 0, 255, 100, 150, 200];
  expect(grey(pngBytes({ width: 4, height: 1, depth: 8, colour: 2, rows: [row] }))).toEqual([
    76, 150, 29, 141,
  ]);
});

it('looks colours up in a palette', () => {
  const chunks = { PLTE: [255, 0, 0, 0, 255, 0, 0, 0, 255, 100, 150, 200] };
  for (const [depth, row] of [
    [2, [0b11_00_01_10]],
    [8, [3, 0, 1, 2]],
    [4, [0x30, 0x12]],
  ] as const) {
    expect(grey(pngBytes({ width: 4, height: 1, depth, colour: 3, rows: [row], chunks }))).toEqual([
      141, 76, 150, 29,
    ]);
  }
});

it('lays transparent places over white', () => {
  // Black, opaque to 0, 40 and 100 %: 255, 153, 0.
  const row = [0, 0, 0, 0, 0, 0, 0, 102, 0, 0, 0, 255];
  expect(grey(pngBytes({ width: 3, height: 1, depth: 8, colour: 6, rows: [row] }))).toEqual([255, 153, 0]);
  const greyAlpha = pngBytes({ width: 3, height: 1, depth: 8, colour: 4, rows: [[0, 0, 0, 102, 0, 255]] });
  expect(grey(greyAlpha)).toEqual([255, 153, 0]);
  const palette = { PLTE: [0, 0, 0, 0, 0, 0], tRNS: [0, 102] };
  expect(
    grey(pngBytes({ width: 2, height: 1, depth: 8, colour: 3, rows: [[0, 1]], chunks: palette })),
  ).toEqual([255, 153]);
  const oneColour = { tRNS: [0, 51] };
  expect(
    grey(pngBytes({ width: 2, height: 1, depth: 8, colour: 0, rows: [[51, 52]], chunks: oneColour })),
  ).toEqual([255, 52]);
});

it('reads JPEG, grey and colour', () => {
  const [width, height] = [24, 16];
  const pixels = (r: number, g: number, b: number) =>
    Uint8Array.from({ length: width * height * 4 }, (_, i) => [r, g, b, 255][i % 4]);
  for (const [colour, luminance] of [
    [[200, 200, 200], 200],
    [[100, 150, 200], 140.75],
  ] as const) {
    const [r, g, b] = colour;
    const bytes = new Uint8Array(encodeJpeg({ width, height, data: pixels(r, g, b) }, 95).data);
    const picture = readPicture(bytes);
    expect([picture.width, picture.height]).toEqual([width, height]);
    expect(picture.grey.every((value) => Math.abs(value - luminance) <= 3)).toBe(true);
  }
});

it('says what is wrong with a file', () => {
  expect(faultOf(new TextEncoder().encode('<svg/>'))).toMatchObject({ code: 'unsupported' });
  expect(faultOf(new Uint8Array(0))).toMatchObject({ code: 'unsupported' });
  expect(faultOf(plain.subarray(0, 20))).toMatchObject({ code: 'bad-format' });
  const none = pngBytes({ width: 0, height: 5, depth: 8, colour: 0, rows: [] });
  expect(faultOf(none)).toMatchObject({
    code: 'bad-format',
    message: expect.stringContaining('no pixels (0 × 5)'),
  });
  const huge = pngBytes({ width: 100_000, height: 100_000, depth: 8, colour: 0, rows: [] });
  expect(faultOf(huge)).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('100000 × 100000 pixels'),
  });
  const wrong = pngBytes({
    width: 2,
    height: 1,
    depth: 8,
    colour: 3,
    rows: [[0, 7]],
    chunks: { PLTE: [1, 2, 3] },
  });
  expect(faultOf(wrong)).toMatchObject({ code: 'bad-format' });
});

it('answers every damaged file with a picture or an EcgError', () => {
  const data = new Uint8Array(16 * 16 * 4).fill(90);
  const jpeg = new Uint8Array(encodeJpeg({ width: 16, height: 16, data }, 80).data);
  let refused = 0;
  for (const whole of [plain, jpeg]) {
    for (let i = 0; i < whole.length; i += 3) {
      for (const bytes of [whole.subarray(0, i), whole.map((byte, k) => (k === i ? byte ^ 0xff : byte))]) {
        const fault = faultOf(Uint8Array.from(bytes));
        if (fault instanceof EcgError) refused++;
        else expect(fault).toHaveProperty('grey');
      }
    }
  }
  expect(refused).toBeGreaterThan(plain.length / 3);
});

describeWithShared('scans', () => {
  // Sizes as file(1) tells them.
  it.each([
    ['ecg00020.jpg', 1182, 511],
    ['ecg00010.png', 768, 420],
  ])('%s is read', async (file, width, height) => {
    const picture = readPicture(new Uint8Array(await readFile(`${sharedDir}/data/paper-ecg/${file}`)));
    expect([picture.width, picture.height]).toEqual([width, height]);
    // A scan of paper is mostly bright.
    expect(picture.grey.reduce((sum, value) => sum + value, 0) / picture.grey.length).toBeGreaterThan(150);
  });
});
