import { describe, expect, it } from 'vitest';
import { drawGenerated } from './draw-generated.js';

describe('drawGenerated', () => {
  const svg = drawGenerated(
    'beats <1>',
    [1, 3],
    [{ name: 'S', real: Float32Array.of(0, 4, 2), generated: Float32Array.of(2, 0, 0, 4, 4, 4) }],
  );
  const lines = [...svg.matchAll(/<polyline points="([^"]*)"[^>]*stroke="(#\w+)"/g)];

  it('puts real signals left and generated ones right, on one scale', () => {
    // By hand: the first cell spans x 40…132 and y 62…126, 3 px of it are border: 0 at 123, 4 at 65.
    expect(lines.map(([, points]) => points)).toEqual([
      '43.0,123.0 86.0,65.0 129.0,94.0',
      // The other side begins after six cells of 92, five gaps of 6 and 20: at 642; its second cell 98 further.
      '645.0,94.0 688.0,123.0 731.0,123.0',
      '743.0,65.0 786.0,65.0 829.0,65.0',
    ]);
    const [[, , real], [, , first], [, , second]] = lines;
    expect(first).toBe(second);
    expect(real).not.toBe(first);
  });

  it('is well-formed and escapes its words', () => {
    expect(svg).toContain('beats &lt;1&gt;');
    expect(svg.match(/<text/g)).toHaveLength(svg.match(/<\/text>/g)?.length ?? 0);
  });

  it('draws nothing of nothing', () => {
    const none = new Float32Array(0);
    const empty = drawGenerated('none', [1, 3], [{ name: 'S', real: none, generated: none }]);
    expect(empty).toContain('</svg>');
    expect(empty).not.toContain('NaN');
  });
});
