import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { DFA_LONG, DFA_SHORT, fluctuationExponent } from './detrended-fluctuation.js';
import type { NnIntervals } from './nn-intervals.js';
import { sampleEntropy } from './sample-entropy.js';

function series(ms: ArrayLike<number>, holes: readonly number[] = []): NnIntervals {
  return {
    ms: Float64Array.from(ms),
    at: Float64Array.from(ms, (_, i) => i),
    follows: Uint8Array.from(ms, (_, i) => (i === 0 || holes.includes(i) ? 0 : 1)),
    of: ms.length,
  };
}

function whiteNoise(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => 800 + 50 * random.normal());
}

/** The definition, pattern by pattern, over one block. */
function slowEntropy({ ms, follows }: NnIntervals): number {
  const n = ms.length;
  const mean = ms.reduce((s, x) => s + x) / n;
  const r = 0.2 * Math.sqrt(ms.reduce((s, x) => s + (x - mean) ** 2, 0) / (n - 1));
  const matches = (m: number) => {
    let count = 0;
    for (let i = 0; i + 2 < n; i++)
      for (let j = 0; j + 2 < n; j++) {
        if (i === j || ![i, j].every((k) => follows[k + 1] && follows[k + 2])) continue;
        let distance = 0;
        for (let k = 0; k < m; k++) distance = Math.max(distance, Math.abs(ms[i + k]! - ms[j + k]!));
        if (distance <= r) count++;
      }
    return count;
  };
  return -Math.log(matches(3) / matches(2));
}

describe('sampleEntropy', () => {
  it('is the definition, with and without holes', async () => {
    const noise = whiteNoise(300, 1);
    expect(await sampleEntropy(series(noise))).toBeCloseTo(slowEntropy(series(noise)), 12);
    const holes = Array.from({ length: 30 }, (_, i) => 10 * i + 3);
    const broken = series(noise, holes);
    expect(await sampleEntropy(broken)).toBeCloseTo(slowEntropy(broken), 12);
    expect(Math.abs(slowEntropy(broken) - slowEntropy(series(noise)))).toBeGreaterThan(1e-3);
  });

  it('of white noise is −ln erf(r / 2), in blocks', async () => {
    // Two values of a normal distribution differ by at most 0.2 of its deviation with the chance erf(0.1) = 0.112463.
    const entropy = await sampleEntropy(series(whiteNoise(30_000, 2)));
    expect(Math.abs(entropy! + Math.log(0.112463))).toBeLessThan(0.05);
  });

  it('of what repeats is small, and unknown of little', async () => {
    const wave = Float64Array.from({ length: 500 }, (_, i) => 800 + 50 * Math.sin(i / 10));
    expect(await sampleEntropy(series(wave))).toBeLessThan(0.3);
    expect(await sampleEntropy(series(whiteNoise(99, 3)))).toBeNull();
  });
});

/** The slope that expected fluctuations have, by the covariance of the summed series: trace((I − trend) Σ). */
function expectedExponent(integrations: number, { from, to }: { from: number; to: number }): number {
  const points = Array.from({ length: to - from + 1 }, (_, k) => {
    const n = from + k;
    // White noise summed `integrations` times, as a matrix on its values: binomial weights.
    const rows = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => (j > i ? 0 : integrations === 1 ? 1 : i - j + 1)),
    );
    let squares = 0;
    for (let j = 0; j < n; j++) {
      // What is left of one noise value's column without its linear trend.
      const column = rows.map((row) => row[j]!);
      const centre = (n - 1) / 2;
      const level = column.reduce((s, x) => s + x) / n;
      const xx = column.reduce((s, _, i) => s + (i - centre) ** 2, 0);
      const tilt = column.reduce((s, x, i) => s + (i - centre) * x, 0) / xx;
      squares += column.reduce((s, x, i) => s + (x - level - tilt * (i - centre)) ** 2, 0);
    }
    return [Math.log(n), Math.log(squares / n) / 2] as const;
  });
  const mx = points.reduce((s, [x]) => s + x, 0) / points.length;
  const my = points.reduce((s, [, y]) => s + y, 0) / points.length;
  return (
    points.reduce((s, [x, y]) => s + (x - mx) * (y - my), 0) / points.reduce((s, [x]) => s + (x - mx) ** 2, 0)
  );
}

describe('fluctuationExponent', () => {
  it('is 0.5 for white noise, with the known bend in short boxes', async () => {
    const noise = whiteNoise(50_000, 4);
    expect(expectedExponent(1, DFA_LONG)).toBeCloseTo(0.504, 3);
    expect(expectedExponent(1, DFA_SHORT)).toBeCloseTo(0.583, 3);
    expect(Math.abs((await fluctuationExponent(noise, DFA_LONG))! - 0.504)).toBeLessThan(0.02);
    expect(Math.abs((await fluctuationExponent(noise, DFA_SHORT))! - 0.583)).toBeLessThan(0.01);
  });

  it('is 1.5 for Brownian motion', async () => {
    const motion = whiteNoise(50_000, 6).map((x) => x - 800);
    for (let i = 1; i < motion.length; i++) motion[i]! += motion[i - 1]!;
    expect(
      Math.abs((await fluctuationExponent(motion, DFA_LONG))! - expectedExponent(2, DFA_LONG)),
    ).toBeLessThan(0.02);
    expect(
      Math.abs((await fluctuationExponent(motion, DFA_SHORT))! - expectedExponent(2, DFA_SHORT)),
    ).toBeLessThan(0.02);
    expect(Math.abs(expectedExponent(2, DFA_LONG) - 1.5)).toBeLessThan(0.01);
  });

  it('does not change with level, scale or sign, and is unknown of little', async () => {
    const noise = whiteNoise(1000, 7);
    const exponent = await fluctuationExponent(noise, DFA_SHORT);
    expect(
      await fluctuationExponent(
        noise.map((x) => 5000 - 3 * x),
        DFA_SHORT,
      ),
    ).toBeCloseTo(exponent!, 9);
    expect(await fluctuationExponent(noise.slice(0, 63), DFA_SHORT)).toBeNull();
    expect(await fluctuationExponent(new Float64Array(1000).fill(800), DFA_SHORT)).toBeNull();
  });
});
