import { describe, expect, it } from 'vitest';
import { type BeatDrawing, drawBeatAttribution } from './draw-beat.js';

const drawing: BeatDrawing = {
  title: 'V <1>',
  sentence: 'Premature by 32 %.',
  leads: [{ name: 'II', signal: [0, 1, 0, -1, 0], sinus: [0, 2, 0, 0, 0], attribution: [0, 2, 0, -1, 0] }],
  groups: { ratios: 3, other: -1.5 },
  method: 'occlusion',
  fs: 10,
  peak: 1,
};
const rects = (svg: string) =>
  [
    ...svg.matchAll(
      /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="rgb\(([\d,]+)\)"/g,
    ),
  ].map(([, x, y, width, height, rgb]) => ({
    ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
    rgb: rgb.split(',').map(Number),
  }));

describe('drawBeatAttribution', () => {
  it('colours red what speaks for the class and blue what speaks against it, half as strong as half', () => {
    const columns = rects(drawBeatAttribution(drawing)).filter(({ height }) => height > 50);
    // Two samples of five have colour.
    expect(columns.length).toBe(2);
    const [red, blue] = columns;
    expect(red.x).toBeLessThan(blue.x);
    expect(red.rgb[0]).toBeGreaterThan(red.rgb[2]);
    expect(blue.rgb[2]).toBeGreaterThan(blue.rgb[0]);
    // Half the strength: half-way to white, by hand from 33, 102, 172.
    expect(blue.rgb).toEqual([144, 179, 214]);
  });

  it('draws bars on one scale, to the left where a group speaks against', () => {
    const bars = rects(drawBeatAttribution(drawing)).filter(({ height }) => height === 7);
    // The lead's sum 1, ratios 3, other −1.5.
    expect(bars.map(({ width }) => width)).toEqual([23.33, 70, 35]);
    expect(bars[2].x + bars[2].width).toBeCloseTo(bars[1].x, 6);
  });

  it('keeps a signal pale that adds little beside the rhythm', () => {
    const pale = drawBeatAttribution({ ...drawing, groups: { ratios: 1000 } });
    expect(rects(pale).filter(({ height }) => height > 50)).toEqual([]);
  });

  it('says what it was told, in lines, as XML', () => {
    const long = Array.from({ length: 40 }, () => 'premature').join(' ');
    const svg = drawBeatAttribution({ ...drawing, sentence: `${long} & <late>` });
    expect(svg).toContain('V &lt;1&gt;');
    expect(svg).toMatch(/&amp;[ <].*/);
    expect(svg).toContain('&lt;late&gt;');
    expect([...svg.matchAll(/>([^<]*premature[^<]*)</g)].every(([, line]) => line.length < 120)).toBe(true);
    expect(svg).not.toContain('NaN');
  });

  it('refuses an attribution of another length', () => {
    const leads = [{ ...drawing.leads[0], attribution: [1] }];
    expect(() => drawBeatAttribution({ ...drawing, leads })).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});
