import { describe, expect, it } from 'vitest';
import { clock, fixed, percent0, percent2 } from './number-text.js';

describe('numbers as the reference programs print them', () => {
  it('round ties to even with decimals, as C does', () => {
    // Origin: C's printf. 3.125 and 96.875 are exact in binary.
    expect(fixed(3.125, 2)).toBe('3.12');
    expect(fixed(96.875, 2)).toBe('96.88');
    expect(fixed(0.5, 0)).toBe('0');
    expect(fixed(1.5, 0)).toBe('2');
    expect(fixed(98.584, 2)).toBe('98.58');
    expect((3.125).toFixed(2)).not.toBe(fixed(3.125, 2));
  });

  it('round whole percentages half up, and print - where undefined', () => {
    expect(percent0(25 / 40)).toBe('63');
    expect(percent2(1 / 32)).toBe('3.12');
    expect(percent0(Number.NaN)).toBe('-');
    expect(percent2(0 / 0)).toBe('-');
  });

  it('print durations as clocks', () => {
    expect(clock(0)).toBe('0.000');
    expect(clock(0, true)).toBe('0:00.000');
    expect(clock(97.9)).toBe('1:37.900');
    expect(clock(6471.301)).toBe('1:47:51.301');
  });
});
