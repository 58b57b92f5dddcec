import { describe, expect, it } from 'vitest';
import { createWaveMarks } from '../waves/wave-marks.js';
import { adaptedRr } from './adapted-rr.js';
import { measureIntervals, P_PRESENCE } from './beat-intervals.js';
import { correctQt } from './corrected-qt.js';
import { spreadOf } from './spread.js';

describe('measureIntervals', () => {
  const signal = { fs: 500, length: 5000, unreadable: [] };

  it('is the time between the marks', () => {
    // By hand, at 500 Hz: (200 − 120) / 500 = 160 ms, (246 − 200) / 500 = 92 ms, (400 − 200) / 500 = 400 ms.
    const marks = createWaveMarks(1);
    marks.pOnset[0] = 120;
    marks.pPeak[0] = 145;
    marks.qrsOnset[0] = 200;
    marks.qrsOffset[0] = 246;
    marks.tOffset[0] = 400;
    const { prMs, qrsMs, qtMs, p } = measureIntervals(marks, signal);
    expect([prMs[0], qrsMs[0], qtMs[0], P_PRESENCE[p[0]!]]).toEqual([160, 92, 400, 'present']);
  });

  it('is unknown where a mark is', () => {
    const marks = createWaveMarks(2);
    marks.qrsOnset[0] = 1000;
    marks.qrsOffset[1] = 1500;
    const { prMs, qrsMs, qtMs } = measureIntervals(marks, signal);
    for (const column of [prMs, qrsMs, qtMs]) expect([...column]).toEqual([Number.NaN, Number.NaN]);
  });

  it('calls a P wave absent only where it could have been seen', () => {
    // 300 ms at 500 Hz are 150 samples: before the QRS onset at 149 they do not lie in the recording, before 150 they do.
    const onsets = [149, 150, 1000, 2000, 3000, Number.NaN];
    const marks = createWaveMarks(onsets.length);
    marks.qrsOnset.set(onsets);
    const unreadable = [
      { from: 700, to: 851 },
      { from: 1999, to: 2001 },
      { from: 2700, to: 2850 },
    ];
    const { p } = measureIntervals(marks, { ...signal, unreadable });
    expect(Array.from(p, (code) => P_PRESENCE[code])).toEqual([
      'unknown',
      'absent',
      'unknown',
      'unknown',
      'absent',
      'unknown',
    ]);
  });
});

describe('correctQt', () => {
  it('changes nothing at 60 beats a minute', () => {
    expect(correctQt(400, 1)).toEqual({ bazett: 400, fridericia: 400, framingham: 400, hodges: 400 });
  });

  it('follows the published formulas', () => {
    // By hand for QT 360 ms at RR 0.64 s: 360 / 0.8; 360 / 0.861774; 360 + 154 · 0.36; 360 + 1.75 · (93.75 − 60).
    const { bazett, fridericia, framingham, hodges } = correctQt(360, 0.64);
    expect(bazett).toBeCloseTo(450, 9);
    expect(fridericia).toBeCloseTo(417.743, 3);
    expect(framingham).toBeCloseTo(415.44, 9);
    expect(hodges).toBeCloseTo(419.0625, 9);
  });

  it('is unknown without an interval', () => {
    expect(Object.values(correctQt(400, Number.NaN))).toEqual(Array(4).fill(Number.NaN));
    expect(Object.values(correctQt(400, 0))).toEqual(Array(4).fill(Number.NaN));
  });
});

describe('adaptedRr', () => {
  it('weights each interval by e to the minus its age in minutes', () => {
    const fs = 100;
    const rr = Float64Array.of(Number.NaN, 1, 1.2, 0.8, 1);
    const samples = Float64Array.of(0, 100, 220, 300, 400);
    // The slow obvious sum.
    const expected = Array.from(samples, (now, i) => {
      let above = 0;
      let below = 0;
      for (let k = 1; k <= i; k++) {
        const weight = Math.exp(-(now - samples[k]!) / fs / 60);
        above += weight * rr[k]!;
        below += weight;
      }
      return above / below;
    });
    const adapted = adaptedRr(samples, rr, fs);
    expect(adapted[0]).toBeNaN();
    for (let i = 1; i < 5; i++) expect(adapted[i]).toBeCloseTo(expected[i]!, 12);
    expect(Math.abs(adapted[4]! - rr[4]!)).toBeLessThan(1e-3);
    expect(Math.abs(adapted[3]! - rr[3]!)).toBeGreaterThan(0.1);
  });

  it('follows a change of rate within minutes', () => {
    // From 1 s to 0.5 s, after long at 1 s: what is left of the old intervals is 60 of them times e^(−1) against
    // 120 · (1 − e^(−1)) new ones, so 0.5 + 0.5 · 60 e^(−1) / (60 e^(−1) + 120 (1 − e^(−1))) = 0.61269.
    const rr = new Float64Array(1000 + 120).fill(1, 1, 1000).fill(0.5, 1000);
    rr[0] = Number.NaN;
    const samples = new Float64Array(rr.length);
    for (let i = 1; i < rr.length; i++) samples[i] = samples[i - 1]! + 1000 * rr[i]!;
    expect(adaptedRr(samples, rr, 1000).at(-1)).toBeCloseTo(0.6127, 2);
  });

  it('forgets what lies before a hole', () => {
    const rr = Float64Array.of(Number.NaN, 1, Number.NaN, 0.5);
    const adapted = adaptedRr(Float64Array.of(0, 1000, 200_000, 200_500), rr, 1000);
    expect([...adapted]).toEqual([Number.NaN, 1, Number.NaN, 0.5]);
  });
});

describe('spreadOf', () => {
  it('passes over what is unknown', () => {
    // By hand: of 0 … 100 the quantiles are the numbers themselves.
    const values = Float64Array.from({ length: 103 }, (_, i) => (i > 100 ? Number.NaN : 100 - i));
    expect(spreadOf(values)).toEqual({ median: 50, p5: 5, p95: 95, beats: 101 });
    expect(spreadOf(Float64Array.of(Number.NaN))).toBeNull();
  });
});
