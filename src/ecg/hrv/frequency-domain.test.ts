import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { frequencyDomainHrv } from './frequency-domain.js';
import { addLombSpectrum } from './lomb-spectrum.js';
import type { NnIntervals } from './nn-intervals.js';

/** A sinusoid in the intervals: Hz and ms. */
interface Wave {
  readonly frequency: number;
  readonly amplitude: number;
}

/** Intervals whose value at the beat that ends them is 800 ms plus the waves, each beat where that holds exactly. */
function modulated(seconds: number, waves: readonly Wave[], noise = 0): NnIntervals {
  const random = createRandom(5);
  const ms: number[] = [];
  const at: number[] = [];
  for (let last = 0; last < seconds; ) {
    const extra = noise * random.normal();
    let interval = 800;
    for (let k = 0; k < 100; k++) {
      const t = last + interval / 1000;
      interval = waves.reduce(
        (sum, { frequency, amplitude }) => sum + amplitude * Math.sin(2 * Math.PI * frequency * t),
        800 + extra,
      );
    }
    last += interval / 1000;
    ms.push(interval);
    at.push(last);
  }
  return {
    ms: Float64Array.from(ms),
    at: Float64Array.from(at),
    follows: Uint8Array.from(ms, (_, i) => (i === 0 ? 0 : 1)),
    of: ms.length,
  };
}

describe('frequencyDomainHrv', () => {
  it('takes no ratio of what rounding leaves of even intervals', async () => {
    const even = (ms: number): NnIntervals => ({
      ms: new Float64Array(400).fill(ms),
      at: Float64Array.from({ length: 400 }, (_, i) => ((i + 1) * ms) / 1000),
      follows: new Uint8Array(400).fill(1, 1),
      of: 400,
    });
    for (const ms of [500, 1000, 1500, 2000]) {
      const found = (await frequencyDomainHrv(even(ms)))!;
      expect(found.lfHf).toBeNull();
      expect(found.totalMs2).toBeLessThan(1e-6);
    }
    // Negative control: a swing of a hundredth of a millisecond, 0.00005 ms², has one.
    const swing = modulated(600, [{ frequency: 0.25, amplitude: 0.01 }]);
    expect((await frequencyDomainHrv(swing))!.lfHf).not.toBeNull();
  });

  it('finds the power A²/2 of a sinusoid in its band, and none elsewhere', async () => {
    for (const [frequency, band] of [
      [0.02, 'vlfMs2'],
      [0.1, 'lfMs2'],
      [0.25, 'hfMs2'],
    ] as const) {
      const hrv = (await frequencyDomainHrv(modulated(1200, [{ frequency, amplitude: 40 }])))!;
      expect(hrv[band], `${frequency} Hz`).toBeGreaterThan(0.95 * 800);
      expect(hrv[band], `${frequency} Hz`).toBeLessThan(1.05 * 800);
      expect(hrv.totalMs2 - hrv[band]!, `${frequency} Hz`).toBeLessThan(0.05 * 800);
    }
  });

  it('holds two waves apart', async () => {
    // 50²/2 = 1250 and 20²/2 = 200: LF/HF = 6.25.
    const waves = [
      { frequency: 0.09, amplitude: 50 },
      { frequency: 0.3, amplitude: 20 },
    ];
    const hrv = (await frequencyDomainHrv(modulated(1800, waves)))!;
    expect(Math.abs(hrv.lfMs2 / 1250 - 1)).toBeLessThan(0.05);
    expect(Math.abs(hrv.hfMs2 / 200 - 1)).toBeLessThan(0.05);
    expect(Math.abs(hrv.lfHf! / 6.25 - 1)).toBeLessThan(0.05);
  });

  it('does not mind holes', async () => {
    const nn = modulated(1800, [{ frequency: 0.1, amplitude: 40 }]);
    const random = createRandom(3);
    const kept = Array.from(nn.ms.keys()).filter(() => random.next() > 0.15);
    const take = (column: Float64Array) => Float64Array.from(kept, (i) => column[i]!);
    const hrv = (await frequencyDomainHrv({ ...nn, ms: take(nn.ms), at: take(nn.at) }))!;
    expect(Math.abs(hrv.lfMs2 / 800 - 1)).toBeLessThan(0.08);
  });

  it('gives ULF of a day, and not of less', async () => {
    // One wave an hour, one every ten seconds.
    const waves = [
      { frequency: 1 / 3600, amplitude: 60 },
      { frequency: 0.1, amplitude: 30 },
    ];
    const day = (await frequencyDomainHrv(modulated(20 * 3600, waves)))!;
    expect(Math.abs(day.ulfMs2! / 1800 - 1)).toBeLessThan(0.05);
    expect(Math.abs(day.lfMs2 / 450 - 1)).toBeLessThan(0.05);
    expect(day.totalMs2).toBeCloseTo(day.ulfMs2! + day.vlfMs2! + day.lfMs2 + day.hfMs2, 9);
    expect((await frequencyDomainHrv(modulated(3600, waves)))!.ulfMs2).toBeNull();
  });

  it('gives no VLF under 5 min and nothing under 2', async () => {
    const wave = [{ frequency: 0.25, amplitude: 40 }];
    const short = (await frequencyDomainHrv(modulated(150, wave)))!;
    expect(short.vlfMs2).toBeNull();
    expect(Math.abs(short.hfMs2 / 800 - 1)).toBeLessThan(0.1);
    expect(await frequencyDomainHrv(modulated(110, wave))).toBeNull();
  });
});

describe('addLombSpectrum', () => {
  it('is the periodogram fitted by least squares, as written down slowly', async () => {
    const random = createRandom(8);
    const times = Float64Array.from({ length: 60 }, () => 100 + 60 * random.next()).sort();
    const values = times.map(() => random.normal());
    const density = new Float64Array(20);
    await addLombSpectrum({ times, values }, 100, 60, 0.02, density);

    // The trend by normal equations about 0, Lomb's tau and his sums.
    const n = times.length;
    const sum = (f: (t: number, j: number) => number) => times.reduce((s, t, j) => s + f(t, j), 0);
    const [s1, s2, y0, y1] = [
      sum((t) => t),
      sum((t) => t * t),
      sum((_, j) => values[j]!),
      sum((t, j) => t * values[j]!),
    ];
    const slope = (n * y1 - s1 * y0) / (n * s2 - s1 * s1);
    const level = (y0 - slope * s1) / n;
    const w = (t: number) => Math.sin((Math.PI * (t - 100)) / 60) ** 2;
    const y = values.map((v, j) => (v - level - slope * times[j]!) * w(times[j]!));
    for (let k = 0; k < 20; k++) {
      const omega = 2 * Math.PI * 0.02 * (k + 1);
      const tau =
        Math.atan2(
          sum((t) => Math.sin(2 * omega * t)),
          sum((t) => Math.cos(2 * omega * t)),
        ) /
        (2 * omega);
      const part = (wave: (x: number) => number) =>
        sum((t, j) => y[j]! * wave(omega * (t - tau))) ** 2 / sum((t) => wave(omega * (t - tau)) ** 2);
      const expected = ((part(Math.cos) + part(Math.sin)) * 60) / sum((t) => w(t) ** 2);
      expect(density[k]! / expected).toBeCloseTo(1, 6);
    }
  });
});
