import { describe, expect, it } from 'vitest';
import { drawImportance } from './draw-importance.js';

const draw = (importance: readonly number[], title = 'beat') =>
  drawImportance({ title, signal: [0, 1, 0, -1, 0], importance, fs: 4 });
const fills = (svg: string) =>
  [...svg.matchAll(/<polygon points="([^"]+)" fill="rgb\((\d+),(\d+),(\d+)\)"/g)].map(
    ([, points, ...rgb]) => ({ points: points.split(' '), rgb: rgb.map(Number) }),
  );

describe('drawImportance', () => {
  it('colours below the curve from white to dark red', () => {
    // By hand: runs of one shade 0–2, 2–3, 3–4; the last sample ends the last run.
    const parts = fills(draw([0, 0, 1, 0.5, 0.5]));
    expect(parts.map(({ rgb }) => rgb[0] + rgb[1] + rgb[2])).toEqual([765, 180, expect.any(Number)]);
    const [, , middle] = parts.map(({ rgb }) => rgb[0] + rgb[1] + rgb[2]);
    expect(middle).toBeGreaterThan(180);
    expect(middle).toBeLessThan(765);
    // Corners: two at the bottom, and the run's samples with the first of the next.
    expect(parts.map(({ points }) => points.length)).toEqual([5, 4, 4]);
    expect(parts[0].points.at(-1)!.split(',')[0]).toBe(parts[1].points[0].split(',')[0]);
  });

  it('puts each time where its sample is', () => {
    const svg = draw([0, 0, 0, 0, 0]);
    const xOf = (label: string) =>
      Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${label}</text>`).exec(svg)?.[1]);
    const curve = /<polyline points="([^"]+)"/
      .exec(svg)![1]
      .split(' ')
      .map((point) => Number(point.split(',')[0]));
    expect(curve.length).toBe(5);
    // Five samples at 4 Hz: the last at 1 s.
    expect(xOf('1')).toBeCloseTo(curve[4], 1);
    expect(xOf('0.5')).toBeCloseTo(curve[2], 1);
  });

  it('survives a flat signal and a title that is not XML', () => {
    const svg = drawImportance({ title: '<V> & "S"', signal: [2, 2], importance: [1, 1], fs: 125 });
    expect(svg).toContain('&lt;V&gt; &amp; &quot;S&quot;');
    expect(svg).not.toContain('NaN');
  });

  it('refuses an importance of another length', () => {
    expect(() => draw([0, 1])).toThrow(expect.objectContaining({ code: 'bad-shape' }));
  });
});
