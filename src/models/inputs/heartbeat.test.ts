import { describe, expect, it } from 'vitest';
import { cutHeartbeats, HEARTBEAT, type HeartbeatInput, normaliseHeartbeatRows } from './heartbeat.js';

/** A spike of 1 at each peak over a ramp from 0 to −1 mV, as long as asked. */
function spikes(length: number, peaks: readonly number[]): Float32Array {
  const x = Float32Array.from({ length }, (_, i) => -i / length);
  for (const peak of peaks) x[peak] += 1;
  return x;
}

const AT_125: HeartbeatInput = { ...HEARTBEAT, normalise: 'none' };
/** RR 100, 100, 100, 150, 100, 100, 100 samples of 8 ms within 10 s: the median is 100, 0.8 s. */
const PEAKS = [50, 150, 250, 350, 500, 600, 700, 800];

const lastNonZero = (x: Float32Array): number => x.findLastIndex((value) => value !== 0);

describe('cutHeartbeats', () => {
  it('begins at the R peak and ends 1.2 median RR later, zeros follow', () => {
    const x = spikes(1100, PEAKS);
    const out = cutHeartbeats([x], 125, PEAKS, [1, 3], AT_125);
    expect(out).toHaveLength(2 * 187);
    // By hand: 1.2 × 0.8 s × 125 Hz = 120 samples.
    expect(out.slice(0, 120)).toEqual(x.slice(150, 270));
    expect(lastNonZero(out.slice(0, 187))).toBe(119);
    // Beat 3: 350…470, its own long RR of 150 does not count, the window's median does.
    expect(out.slice(187, 187 + 120)).toEqual(x.slice(350, 470));
    expect(lastNonZero(out.slice(187))).toBe(119);
    // Negative control: with 1.3 RR the segment is ten samples longer.
    const longer = cutHeartbeats([x], 125, PEAKS, [1], { ...AT_125, rrMultiple: 1.3 });
    expect(lastNonZero(longer)).toBe(129);
  });

  it('cuts a segment above 187 samples off and fills one beyond the end with zeros', () => {
    // RR 2 s: 1.2 × 2 × 125 = 300 samples, more than 187.
    const slow = [10, 260, 510, 760];
    const x = spikes(850, slow);
    const out = cutHeartbeats([x], 125, slow, [0, 3], AT_125);
    expect(out.slice(0, 187)).toEqual(x.slice(10, 197));
    expect(out.slice(187, 187 + 90)).toEqual(x.slice(760, 850));
    expect(lastNonZero(out.slice(187))).toBe(89);
  });

  it('begins before the R peak where asked, zeros before the recording', () => {
    const x = spikes(1100, PEAKS);
    const out = cutHeartbeats([x], 125, PEAKS, [0, 1], { ...AT_125, before: 0.6, rrMultiple: null });
    // 0.6 s are 75 samples: beat 0 at 50 lacks 25 of them.
    expect(out.slice(0, 25).every((value) => value === 0)).toBe(true);
    expect(out.slice(25, 187)).toEqual(x.slice(0, 162));
    expect(out.slice(187)).toEqual(x.slice(75, 262));
  });

  it('scales the segment, not its padding', () => {
    const x = spikes(1100, PEAKS);
    const [minMax, zScore] = (['min-max', 'z-score'] as const).map((normalise) =>
      cutHeartbeats([x], 125, PEAKS, [1], { ...HEARTBEAT, normalise }),
    );
    expect(Math.max(...minMax)).toBe(1);
    expect(Math.min(...minMax.slice(0, 120))).toBe(0);
    expect(minMax[0]).toBe(1);
    expect(minMax.slice(120).every((value) => value === 0)).toBe(true);
    const own = zScore.slice(0, 120);
    const mean = own.reduce((sum, value) => sum + value, 0) / 120;
    expect(mean).toBeCloseTo(0, 6);
    expect(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 120).toBeCloseTo(1, 5);
    expect(zScore.slice(120).every((value) => value === 0)).toBe(true);
    // The two differ by offset and scale only, as rows of the table brought to z-scores do.
    const rows = minMax.slice();
    normaliseHeartbeatRows(rows, 187, 'z-score');
    for (let i = 0; i < 119; i++) expect(rows[i]).toBeCloseTo(zScore[i], 1);
  });

  it('finds a peak at another rate where its time is', () => {
    // 360 Hz, a bump of SD 20 ms every 0.8 s, 144 + 288·4 samples are 3.6 s: sample 450 of the grid, exactly.
    const peaks = Array.from({ length: 10 }, (_, i) => 144 + 288 * i);
    const x = Float32Array.from({ length: 3200 }, (_, i) =>
      peaks.reduce((sum, peak) => sum + Math.exp(-0.5 * ((i - peak) / 7.2) ** 2), 0),
    );
    const out = cutHeartbeats([x], 360, peaks, [4], AT_125);
    const farthest = (shift: number) =>
      Math.max(
        ...Array.from({ length: 12 }, (_, i) =>
          Math.abs(out[i] - Math.exp(-0.5 * ((8 * (i + shift)) / 20) ** 2)),
        ),
      );
    // The Gaussian at 0, 8, 16 … ms; its spectrum is e^-25 at the filter's 56 Hz, whose ripple is that of a Hamming window.
    expect(farthest(0)).toBeLessThan(0.01);
    // Negative control: half a sample beside it the difference shows.
    expect(farthest(0.5)).toBeGreaterThan(0.05);
    // The next beat comes 0.8 s later: sample 100.
    const later = out.subarray(60);
    expect(60 + later.indexOf(Math.max(...later))).toBe(100);
    expect(lastNonZero(out)).toBe(119);
  });

  it('adds a second lead, zeros where there is none, and RR ratios as constant channels', () => {
    const x = spikes(1100, PEAKS);
    const input: HeartbeatInput = { ...AT_125, leads: 2, rr: true };
    const out = cutHeartbeats([x], 125, PEAKS, [4, 0, 7], input);
    expect(out).toHaveLength(3 * 4 * 187);
    const channel = (beat: number, c: number) =>
      new Set(out.slice((beat * 4 + c) * 187, (beat * 4 + c + 1) * 187));
    expect([...channel(0, 1)]).toEqual([0]);
    // Beat 4: 150 before it and 100 after it, over the median of 100.
    expect([...channel(0, 2)]).toEqual([1.5]);
    expect([...channel(0, 3)]).toEqual([1]);
    // No interval before the first beat nor after the last one.
    expect([...channel(1, 2)]).toEqual([1]);
    expect([...channel(2, 3)]).toEqual([1]);
  });
});
