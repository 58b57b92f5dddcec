import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../core/index.js';
import { cutSignal, cutTargets, WAVE_OUTPUTS } from './wave-batches.js';
import { markedWaves } from './wave-records.js';
import { waveExample } from './wave-set.js';

const marks = (text: string): Annotation[] =>
  text.split(' ').map((word) => ({ symbol: word[0], sample: Number(word.slice(1)) }) as Annotation);

const INPUT = { fs: 250, chunk: 512, margin: 32, highPass: { cutoff: 0.5, order: 2 }, scaleBlock: 2 };

describe('markedWaves', () => {
  it('reads onset, peak and offset of each wave', () => {
    // The begin of record 1, lead ii, of LUDB.
    expect(markedWaves(marks('(644 N662 )682 (776 t843 )878 (1250 p1278 )1302'), 'x')).toEqual([
      { wave: 'QRS', onset: 644, peak: 662, offset: 682 },
      { wave: 'T', onset: 776, peak: 843, offset: 878 },
      { wave: 'P', onset: 1250, peak: 1278, offset: 1302 },
    ]);
  });

  it('reads complexes that begin with their peak, and those without an onset', () => {
    // Record 7, lead v1: 968 has no onset, that of 1765 stands behind the peak.
    const [first, second] = markedWaves(marks('N968 )996 N1765 (1766 )1796'), 'x');
    expect(first).toEqual({ wave: 'QRS', onset: Number.NaN, peak: 968, offset: 996 });
    expect(second).toEqual({ wave: 'QRS', onset: 1766, peak: 1765, offset: 1796 });
  });

  it('refuses other annotations', () => {
    expect(() => markedWaves(marks('V100'), 'x')).toThrow(expect.objectContaining({ code: 'bad-format' }));
  });
});

describe('cutSignal', () => {
  it('goes through the samples, exactly along a parabola, and is 0 outside', () => {
    const parabola = Float32Array.from({ length: 20 }, (_, i) => (i / 10) ** 2);
    const cut = new Float32Array(4);
    cutSignal(parabola, 5, 1, cut);
    expect([...cut]).toEqual([...parabola.subarray(5, 9)]);
    cutSignal(parabola, 5.5, 1.25, cut);
    [5.5, 6.75, 8, 9.25].forEach((at, k) => {
      expect(cut[k]).toBeCloseTo((at / 10) ** 2, 6);
    });
    cutSignal(parabola, -1, 10, cut);
    expect(cut[0]).toBe(0);
    expect(cut[3]).toBe(0);
    expect(cut[1]).toBeCloseTo(0.81, 6);
  });
});

describe('waveExample and cutTargets', () => {
  const lead = {
    name: 'ii',
    signal: new Float32Array(2000),
    waves: markedWaves(marks('(400 p420 )441 N500 )540 (600 t650 )700'), 'x'),
  };
  const example = waveExample(lead, 500, INPUT);

  it('places waves on the grid, and says where nothing is known', () => {
    expect(example.spans).toEqual([
      { from: 200, to: 220.5, output: 1 },
      { from: 300, to: 350, output: 3 },
    ]);
    // 40 ms before the first mark and after the last; 0.2 s before the complex without onset.
    expect(example.unsure).toEqual([
      { from: Number.NEGATIVE_INFINITY, to: 190 },
      { from: 200, to: 270 },
      { from: 360, to: Number.POSITIVE_INFINITY },
    ]);
  });

  it('shares samples at the edges, and follows a stretched time', () => {
    const targets = new Float32Array(512 * WAVE_OUTPUTS);
    const weights = new Float32Array(512);
    cutTargets(example, 0, 1, targets, weights);
    const at = (k: number) => [...targets.subarray(k * WAVE_OUTPUTS, (k + 1) * WAVE_OUTPUTS)];
    expect(at(199)).toEqual([1, 0, 0, 0]);
    // The wave begins in the middle of sample 200 and ends with sample 220.
    expect(at(200)).toEqual([0.5, 0.5, 0, 0]);
    expect(at(220)).toEqual([0, 1, 0, 0]);
    expect(at(221)).toEqual([1, 0, 0, 0]);
    expect(at(300)).toEqual([0.5, 0, 0, 0.5]);
    expect([weights[189], weights[191], weights[361]]).toEqual([0, 1, 0]);
    cutTargets(example, 100, 2, targets, weights);
    // (300 − 100) / 2.
    expect(at(99)).toEqual([1, 0, 0, 0]);
    expect(at(100)).toEqual([0.5, 0, 0, 0.5]);
    expect(at(101)).toEqual([0, 0, 0, 1]);
  });
});
