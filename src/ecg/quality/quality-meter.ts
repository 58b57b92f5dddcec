import { smallMedian } from '../../dsp/index.js';
import {
  type BadSignal,
  JUDGED_TOGETHER,
  judgeLeads,
  judgeSeconds,
  type LeadSeconds,
} from './judge-seconds.js';

/** Measures how readable a signal is, slice by slice, in little memory (a byte a second and lead). */
export interface QualityMeter {
  /** The next samples of every lead, mV, NaN where invalid; equal lengths. */
  push(chunk: readonly Float32Array[]): void;
  /** The stretches in which no lead can be read; ascending, not overlapping. */
  finish(): Promise<BadSignal[]>;
}

/** Distance of the second difference, s: short beside a QRS, so that only what is faster counts as noise. */
const STEP = 0.008;
/** Points at which the second difference is taken in each second; their median needs no more. */
const POINTS = 48;

/**
 * A meter of flat, invalid and noisy stretches of all leads together, in windows of one second.
 *
 * A second of a lead is measured by its range, by the share of invalid samples and by the median size of its
 * second difference over 8 ms: QRS complexes are too rare to move that median, P and T waves too slow, but
 * muscle noise fills it. `judgeSeconds` and `judgeLeads` decide.
 *
 * @param fs     Hz
 * @param leads  number of leads
 */
export function createQualityMeter({ fs, leads }: { fs: number; leads: number }): QualityMeter {
  const window = Math.round(fs);
  const measureSecond = createSecondMeasure(fs, window);
  const buffers = Array.from({ length: leads }, () => new Float32Array(window));
  const measured: LeadSeconds[] = buffers.map(() => ({ range: [], noise: [], invalid: [] }));
  const judged: Uint8Array[][] = buffers.map(() => []);
  let filled = 0;
  let total = 0;

  function measure(n: number): void {
    buffers.forEach((x, lead) => {
      const { range, noise, invalid } = measured[lead];
      const second = measureSecond(x, n);
      range.push(second.range);
      noise.push(second.noise);
      invalid.push(second.invalid);
    });
    if (measured[0]?.range.length === JUDGED_TOGETHER) judge();
  }

  function judge(): void {
    measured.forEach((seconds, lead) => {
      judged[lead].push(judgeSeconds(seconds));
      for (const column of [seconds.range, seconds.noise, seconds.invalid]) column.length = 0;
    });
  }

  return {
    push(chunk) {
      const length = chunk[0]?.length ?? 0;
      for (let at = 0; at < length; ) {
        const n = Math.min(length - at, window - filled);
        for (let lead = 0; lead < leads; lead++) buffers[lead].set(chunk[lead].subarray(at, at + n), filled);
        at += n;
        filled += n;
        total += n;
        if (filled === window) {
          measure(window);
          filled = 0;
        }
      }
    },
    async finish() {
      // A tail too short to measure shares the fate of the second before it.
      if (filled > window / 2 || (filled > 0 && total === filled)) measure(filled);
      judge();
      return judgeLeads(judged.map(joined), window, total);
    },
  };
}

/** What one second of a lead looks like. */
export interface MeasuredSecond {
  /** Highest minus lowest valid sample, mV. */
  readonly range: number;
  /** Median size of the second difference, mV. */
  readonly noise: number;
  /** Share of invalid samples. */
  readonly invalid: number;
}

/**
 * What measures the first samples of a buffer, a second at most.
 * @param window  samples of a second
 */
export function createSecondMeasure(
  fs: number,
  window: number,
): (x: Float32Array, n: number) => MeasuredSecond {
  const step = Math.max(1, Math.round(STEP * fs));
  const stride = Math.max(1, Math.floor((window - 2 * step) / POINTS));
  const sizes = new Float32Array(Math.max(1, Math.floor((window - 2 * step - 1) / stride) + 1));
  return (x, n) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let valid = 0;
    for (let i = 0; i < n; i++) {
      const value = x[i];
      if (value < low) low = value;
      if (value > high) high = value;
      // False for NaN, cheaper than asking.
      if (value < Number.POSITIVE_INFINITY) valid++;
    }
    let count = 0;
    for (let i = step; i + step < n && count < sizes.length; i += stride) {
      const size = Math.abs(x[i + step] - 2 * x[i] + x[i - step]);
      if (size < Number.POSITIVE_INFINITY) sizes[count++] = size;
    }
    return {
      range: high >= low ? high - low : 0,
      noise: count === 0 ? 0 : smallMedian(sizes, count),
      invalid: 1 - valid / n,
    };
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
