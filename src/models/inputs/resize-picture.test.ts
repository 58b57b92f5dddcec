import { describe, expect, it } from 'vitest';
import { resizePicture } from './resize-picture.js';

describe('resizePicture', () => {
  it('takes the mean of the area where the picture shrinks', () => {
    const picture = { width: 3, height: 2, grey: Uint8Array.of(0, 90, 240, 0, 90, 240) };
    // Halves of 1.5 pixels: (0 + 90/2)/1.5 = 30, (90/2 + 240)/1.5 = 190.
    expect([...resizePicture(picture, 2, 1).grey]).toEqual([30, 190]);
  });

  it('goes between the nearest two where it grows', () => {
    const picture = { width: 2, height: 1, grey: Uint8Array.of(0, 200) };
    // Centres at −0.25, 0.25, 0.75, 1.25 of the source: ends repeated.
    expect([...resizePicture(picture, 4, 1).grey]).toEqual([0, 50, 150, 200]);
  });

  it('keeps a picture of one pixel and an even one', () => {
    expect([...resizePicture({ width: 1, height: 1, grey: Uint8Array.of(77) }, 2, 3).grey]).toEqual(
      new Array(6).fill(77),
    );
    const even = { width: 37, height: 91, grey: new Uint8Array(37 * 91).fill(201) };
    expect(resizePicture(even, 128, 128).grey.every((value) => value === 201)).toBe(true);
    expect(resizePicture(even, 16, 16).grey.every((value) => value === 201)).toBe(true);
  });
});
