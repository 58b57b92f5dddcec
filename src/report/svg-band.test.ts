import { describe, expect, it } from 'vitest';
import { drawBand, highestInColumns } from './svg-band.js';

const PLACE = { left: 10, top: 2, width: 100, height: 8 };

describe('highestInColumns', () => {
  const items = [
    { from: 0, to: 500, rank: 0 },
    { from: 500, to: 503, rank: 9 },
    { from: 503, to: 1000, rank: 1 },
  ];
  it('keeps what is grave however short, and nothing beyond its column', () => {
    const found = highestInColumns(items, 1000, 10, ({ rank }) => rank).map((item) => item?.rank);
    expect(found).toEqual([0, 0, 0, 0, 0, 9, 1, 1, 1, 1]);
  });
  it('leaves columns without anything open', () => {
    const found = highestInColumns(items.slice(0, 1), 1000, 4, ({ rank }) => rank);
    expect(found.map((item) => item !== undefined)).toEqual([true, true, false, false]);
  });
});

describe('a band', () => {
  const calm = { colour: '#0f0', title: 'calm' };
  const rectangles = (svg: string) =>
    [...svg.matchAll(/<rect x="([\d.]+)"[^>]*width="([\d.]+)"[^>]*fill="([^"]+)"/g)].map(
      ([, x, width, fill]) => [Number(x), Number(width), fill],
    );
  it('draws neighbours that show the same as one, in their place', () => {
    const svg = drawBand([calm, calm, undefined, { colour: '#f00', title: 'a<b' }], PLACE);
    expect(rectangles(svg)).toEqual([
      [10, 50, '#0f0'],
      [85, 25, '#f00'],
    ]);
    expect(svg).toContain('<title>a&lt;b</title>');
  });
  it('hatches what is unsure, apart from what is not', () => {
    const svg = drawBand([calm, { ...calm, unsure: true }], PLACE);
    expect(rectangles(svg)).toEqual([
      [10, 50, '#0f0'],
      [60, 50, '#0f0'],
      [60, 50, 'url(#unsure)'],
    ]);
  });
});
