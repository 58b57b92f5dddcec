import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../core/index.js';
import { augmentPicture, type PictureAugmentation } from './augment-picture.js';

const nothing: PictureAugmentation = {
  kind: 'picture',
  shift: 0,
  rotation: 0,
  brightness: 0,
  zoom: 0,
  flip: 0,
};

/** Gives these numbers in turn: shift x, shift y, rotation, zoom, brightness, flip. */
function script(...numbers: number[]): Random {
  let at = 0;
  return { ...createRandom(1), next: () => numbers[at++] };
}

function augmented(
  pixels: readonly number[],
  shape: readonly number[],
  options: Partial<PictureAugmentation>,
  random: Random = script(1, 1, 1, 1, 1, 0),
): number[] {
  const row = Float32Array.from(pixels);
  augmentPicture(row, shape, { ...nothing, ...options }, random, new Float32Array(row.length));
  return [...row].map((x) => Math.round(x * 1e5) / 1e5);
}

// biome-ignore format: a picture
const square = [
  1, 0, 0,
  1, 0, 0,
  1, 1, 0,
];

describe('augmentPicture', () => {
  it('leaves a picture as it is when nothing is asked for', () => {
    expect(augmented(square, [1, 3, 3], {}, createRandom(4))).toEqual(square);
  });

  it('moves by a share of the size; background comes in', () => {
    // A third of three pixels, to the right and down.
    // biome-ignore format: a picture
    expect(augmented(square, [1, 3, 3], { shift: 1 / 3 })).toEqual([
      0, 0, 0,
      0, 1, 0,
      0, 1, 0,
    ]);
  });

  it('spreads ink over two pixels when moved by half a pixel', () => {
    expect(augmented([0, 1, 0, 0], [1, 1, 4], { shift: 1 / 8 }, script(1, 0.5, 0.5, 0.5, 0.5, 0))).toEqual([
      0, 0.5, 0.5, 0,
    ]);
  });

  it('turns about the middle', () => {
    // A quarter turn takes the left edge to the top or to the bottom.
    // biome-ignore format: a picture
    expect(augmented(square, [1, 3, 3], { rotation: 90 })).toEqual([
      1, 1, 1,
      1, 0, 0,
      0, 0, 0,
    ]);
  });

  it('zooms about the middle', () => {
    // By two: the middle pixel's ink reaches half a pixel into its neighbours.
    expect(augmented([0, 1, 0], [1, 1, 3], { zoom: 1 })).toEqual([0.5, 1, 0.5]);
  });

  it('mirrors in time, and not in height', () => {
    // biome-ignore format: a picture
    expect(augmented(square, [1, 3, 3], { flip: 1 })).toEqual([
      0, 0, 1,
      0, 0, 1,
      0, 1, 1,
    ]);
  });

  it('makes ink brighter up to 1, background stays', () => {
    expect(augmented([0, 0.5, 0.9], [1, 1, 3], { brightness: 0.2 })).toEqual([0, 0.6, 1]);
    expect(augmented([0, 0.5, 1], [1, 1, 3], { brightness: 0.2 }, script(0, 0, 0, 0, 0, 0))).toEqual([
      0, 0.4, 0.8,
    ]);
  });

  it('changes every channel alike', () => {
    const both = augmented(
      [...square, ...square],
      [2, 3, 3],
      { shift: 0.2, rotation: 30, zoom: 0.1 },
      createRandom(7),
    );
    expect(both.slice(0, 9)).toEqual(both.slice(9));
    expect(both.slice(0, 9)).not.toEqual(square);
  });

  it('draws as many numbers whatever is asked for', () => {
    const [a, b] = [createRandom(3), createRandom(3)];
    augmented(square, [1, 3, 3], {}, a);
    augmented(square, [1, 3, 3], { shift: 0.1, rotation: 5, brightness: 0.1, zoom: 0.1, flip: 0.5 }, b);
    expect(a.state()).toEqual(b.state());
  });
});
