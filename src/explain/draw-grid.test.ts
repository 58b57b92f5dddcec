import { describe, expect, it } from 'vitest';
import { drawImportanceGrid } from './draw-grid.js';

const cell = { title: 'V <1>', signal: [0, 1, 0], importance: [0, 1, 0], fs: 125 };

describe('a grid of explanations', () => {
  it('puts each cell at its row and column, 480 by 240 with 190 and 44 at the sides', () => {
    const svg = drawImportanceGrid({
      title: 'a & b',
      rows: [
        { name: 'cnn', cells: [cell, cell] },
        { name: 'lstm', cells: [cell] },
      ],
    });
    expect(svg).toMatch(/^<svg [^>]*width="1150" height="524"/);
    expect([...svg.matchAll(/<svg x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [x, y])).toEqual([
      ['190', '44'],
      ['670', '44'],
      ['190', '284'],
    ]);
    expect(svg).toContain('a &amp; b');
    expect(svg).not.toContain('V <1>');
  });
});
