import { describe, expect, it } from 'vitest';
import { probabilityText, shareText } from './html-text.js';
import { formatCount, formatProbability, formatShare } from './number-format.js';
import { layOutLeads, tracePath } from './strip-layout.js';
import { createClock, formatDuration, formatStart } from './time-format.js';
import { decimate } from './trend-columns.js';

describe('times', () => {
  it('are times of day where known, else from the begin', () => {
    const day = createClock({ fs: 10, startTime: '2026-01-12T23:59:58' });
    expect(day(0)).toBe('23:59:58');
    expect(day(25)).toBe('day 2 00:00:00');
    expect(createClock({ fs: 250, startTime: null })(250 * 3725)).toBe('1:02:05');
    expect(createClock({ fs: 1, startTime: '2026-01-12' })(61)).toBe('0:01:01');
  });
  it('are durations in two units', () => {
    expect([9.5, 60, 1771, 86_400, 86_340, 273_600].map(formatDuration)).toEqual([
      '9.5 s',
      '1 min',
      '29 min 31 s',
      '24 h',
      '23 h 59 min',
      '3 d 4 h',
    ]);
  });
  it('are dates as a person writes them', () => {
    expect(formatStart('2026-01-12T21:40:00')).toBe('12 Jan 2026, 21:40');
    expect(formatStart('2026-13-12')).toBeNull();
    expect(formatStart(null)).toBeNull();
  });
});

describe('numbers', () => {
  it('never round something to nothing or part to all', () => {
    expect([null, 0, 1, 0.00004, 0.0006, 0.0061, 0.0234, 0.99996].map(formatShare)).toEqual([
      '–',
      '0 %',
      '100 %',
      '< 0.01 %',
      '0.06 %',
      '0.61 %',
      '2.3 %',
      '> 99.9 %',
    ]);
    expect([0.4, 0.994, 0.9951, 1].map(formatProbability)).toEqual(['0.40', '0.99', '> 0.99', '> 0.99']);
  });
  it('have their thousands apart', () => {
    expect([7, 999, 1000, 1234567].map(formatCount)).toEqual(['7', '999', '1,000', '1,234,567']);
  });
});

describe('numbers in a page', () => {
  it('are escaped', () => {
    expect(shareText(0.00004)).toBe('&lt; 0.01 %');
    expect(shareText(0.99996)).toBe('&gt; 99.9 %');
    expect(probabilityText(1)).toBe('&gt; 0.99');
  });
});

describe('a trace', () => {
  const row = { top: 0, height: 30, zeroMv: 0, zero: 10 };
  it('is drawn at 25 mm/s and 10 mm/mV, pen up over invalid samples', () => {
    // fs 100 Hz: 0.25 mm a sample; 1 mV is 10 mm up from the zero line at 10 mm; unit 0.01 mm.
    const samples = Float32Array.of(0, 1, Number.NaN, -0.5, 0);
    expect(tracePath(samples, 100, row, 0)).toBe('M0 1000l25 -1000M75 1500l25 -500');
  });
  it('keeps a peak of one sample among thousands', () => {
    const samples = new Float32Array(20_000);
    samples[7777] = 1.5;
    const path = tracePath(samples, 10_000, row, 0);
    // At 10 kHz a sample is 0.0025 mm wide: 20,000 of them need no more than 4 points in each of 625 columns.
    expect(path.split(/[Ml]/).length - 1).toBeLessThanOrEqual(2500);
    expect(path).toContain('l0 -1500');
  });
  it('stands on a line of the grid with room for its extremes', () => {
    const samples = Float32Array.from({ length: 1000 }, (_, i) => 2 + (i % 100 === 0 ? 1.8 : 0));
    const [first, second] = layOutLeads([samples, samples]);
    expect(first).toEqual({ top: 0, height: 30, zeroMv: 2, zero: 20 });
    expect(second!.top).toBe(30);
  });
});

describe('a trend', () => {
  it('keeps the extremes of each column', () => {
    const { lowest, middle, highest } = decimate([0, 10, 20, 30, 55], [60, 200, 70, Number.NaN, 50], 80, 4);
    const plain = (x: Float64Array) => [...x].map((v) => (Number.isNaN(v) ? null : v));
    expect(plain(lowest)).toEqual([60, 70, 50, null]);
    expect(plain(middle)).toEqual([200, 70, 50, null]);
    expect(plain(highest)).toEqual([200, 70, 50, null]);
  });
});
