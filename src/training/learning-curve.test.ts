import { describe, expect, it } from 'vitest';
import { drawLearningCurve } from './learning-curve.js';

describe('drawLearningCurve', () => {
  const svg = drawLearningCurve('beats <1>', [
    { epoch: 1, loss: 1, validation: { 'S-F1': 0.2 } },
    { epoch: 2, loss: 0.5, validation: { 'S-F1': 0.6 } },
    { epoch: 3, loss: 0.25, validation: {} },
  ]);

  it('puts losses and shares where the axes say', () => {
    const lines = [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
      points.split(' ').map((pair) => pair.split(',').map(Number)),
    );
    // By hand: the plot spans x 52…588, y 316 (0) … 40 (1); the loss axis ends at 1.
    expect(lines[0]).toEqual([
      [52, 40],
      [320, 178],
      [588, 247],
    ]);
    expect(lines[1]).toEqual([
      [52, 260.8],
      [320, 150.4],
    ]);
  });

  it("measures the validation's loss like the training's", () => {
    const curve = drawLearningCurve('x', [
      { epoch: 1, loss: 1, validation: { loss: 2 } },
      { epoch: 2, loss: 0.5, validation: { loss: 1 } },
    ]);
    const lines = [...curve.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) => points);
    // By hand: the loss axis ends at 2, so that 2 1 0.5 stand at y 40 178 247.
    expect(lines).toEqual(['52.0,178.0 588.0,247.0', '52.0,40.0 588.0,178.0']);
    expect(curve).toContain('validation loss');
  });

  it('is well-formed and escapes its title', () => {
    expect(svg).toContain('beats &lt;1&gt;');
    expect(svg.match(/<text/g)).toHaveLength(svg.match(/<\/text>/g)?.length ?? 0);
  });

  it('draws nothing from nothing', () => {
    expect(drawLearningCurve('empty', [])).toContain('</svg>');
  });
});
