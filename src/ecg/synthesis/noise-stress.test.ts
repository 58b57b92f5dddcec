import { describe, expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../tests/shared-data.js';
import { openFile } from '../../formats/node.js';
import {
  addNoise,
  noiseAmplitude,
  noiseGain,
  noiseStressSpans,
  qrsAmplitude,
  signalToNoise,
} from './noise-stress.js';

const FS = 100;

/** Triangles of ± 30 ms around each beat, of the given heights over a level of 0.5. */
function triangles(heights: readonly number[]): { lead: Float32Array; beats: number[] } {
  const lead = new Float32Array(100 * (heights.length + 1)).fill(0.5);
  const beats = heights.map((_, b) => 100 * (b + 1) - 50);
  heights.forEach((height, b) => {
    for (let k = -3; k <= 3; k++) lead[beats[b] + k] += height * (1 - Math.abs(k) / 3);
  });
  return { lead, beats };
}

/** Whole periods a second, so that each second's standard deviation is amplitude / √2. */
const sine = (amplitude: number, seconds: number) =>
  Float32Array.from({ length: seconds * FS }, (_, i) => amplitude * Math.sin((2 * Math.PI * 4 * i) / FS));

describe('the measures of the noise stress test', () => {
  it('takes the QRS amplitude without the largest and smallest twentieth', () => {
    // 21 beats: one is left out at either end, the 5 and a 1; by hand (18 · 1 + 3) / 19.
    const { lead, beats } = triangles([5, 3, ...new Array<number>(19).fill(1)]);
    expect(qrsAmplitude(lead, FS, beats)).toBeCloseTo((18 + 3) / 19, 6);
    expect(qrsAmplitude(lead, FS, [])).toBe(0);
    // At most 300 are measured: the 301st counts for nothing.
    const many = triangles([...new Array<number>(300).fill(2), ...new Array<number>(60).fill(9)]);
    expect(qrsAmplitude(many.lead, FS, many.beats)).toBeCloseTo(2, 6);
  });

  it('takes the noise of each second by itself: an offset from second to second counts nothing', () => {
    expect(noiseAmplitude(sine(3, 40), FS)).toBeCloseTo(3 / Math.SQRT2, 5);
    const steps = sine(3, 40).map((x, i) => x + 100 * Math.floor(i / FS));
    expect(noiseAmplitude(steps, FS)).toBeCloseTo(3 / Math.SQRT2, 4);
  });

  it('mixes exactly the ratio asked for', () => {
    const { lead, beats } = triangles(new Array<number>(40).fill(1.7));
    const noise = sine(0.37, 41);
    for (const snrDb of [24, 6, 0, -6]) {
      const gain = noiseGain(qrsAmplitude(lead, FS, beats), noiseAmplitude(noise, FS), snrDb);
      const mixed = addNoise(lead, noise, gain, [{ from: 0, to: lead.length }]);
      // By the definition: S = A²/8 of the 1.7 drawn above, N = the mean square of what was added.
      const added = mixed.map((x, i) => x - lead[i]);
      const power = added.reduce((sum, x) => sum + x * x, 0) / added.length;
      const ratio = 10 * Math.log10(1.7 ** 2 / 8 / power);
      expect(Math.abs(ratio - snrDb)).toBeLessThan(0.001);
      // Negative control: 1 % more noise shows.
      expect(Math.abs(10 * Math.log10(1.7 ** 2 / 8 / (power * 1.01 ** 2)) - snrDb)).toBeGreaterThan(0.05);
    }
    expect(signalToNoise(Math.sqrt(8), 0.1)).toBeCloseTo(20, 12);
  });

  it('joins the noise without steps, and goes round where it ends', () => {
    const noise = Float32Array.from({ length: 7 }, (_, i) => (i * i) % 5);
    const out = addNoise(new Float32Array(30), noise, 2, [
      { from: 3, to: 12 },
      { from: 20, to: 25 },
    ]);
    // By hand: outside the spans the level that was reached stays; inside, steps are those of the noise.
    for (let i = 1; i < 30; i++) {
      const inside = (i > 3 && i <= 12) || (i > 20 && i <= 25);
      const step = inside ? 2 * (noise[i % 7] - noise[(i - 1) % 7]) : 0;
      expect(out[i] - out[i - 1]).toBeCloseTo(step, 5);
    }
    expect(out.slice(0, 4)).toEqual(new Float32Array(4));
  });

  it('is quiet for five minutes, then noisy in every other two', () => {
    expect(noiseStressSpans(700 * FS, FS)).toEqual([
      { from: 30_000, to: 42_000 },
      { from: 54_000, to: 66_000 },
    ]);
  });
});

describeWithShared('records that nst made', () => {
  const samples = async (id: string) => {
    const reader = await openFile(`${sharedDir}/data/${id}`);
    const { signals, annotations } = await reader.read();
    await reader.close();
    return { leads: signals.map((s) => s.samples), annotations };
  };

  it('have their noise where ours is, at the ratio their names say', async () => {
    const clean = await samples('mitdb/118');
    const beats = clean.annotations.filter(({ symbol }) => symbol === 'R').map(({ sample }) => sample);
    const spans = noiseStressSpans(clean.leads[0].length, 360);
    for (const [id, snrDb] of [
      ['nstdb/118e00', 0],
      ['nstdb/118e_6', -6],
    ] as const) {
      const noisy = await samples(id);
      noisy.leads.forEach((lead, l) => {
        const added = lead.map((x, i) => x - clean.leads[l][i]);
        // Between the spans the added level is constant, within them it is not.
        spans.forEach(({ from, to }, s) => {
          const next = spans[s + 1]?.from ?? added.length;
          const quiet = added.subarray(to, next);
          expect(quiet.every((x) => Math.abs(x - quiet[0]) < 1e-4)).toBe(true);
          expect(noiseAmplitude(added.slice(from, to), 360)).toBeGreaterThan(0.05);
        });
      });
      // nst measured the first five minutes of the noise, which are not in the record. In the second channel it is as
      // large later; in the first it grows by up to 6 dB, and cannot be compared.
      const added = noisy.leads[1].map((x, i) => x - clean.leads[1][i]);
      const qrs = qrsAmplitude(clean.leads[1], 360, beats);
      for (const { from, to } of spans) {
        const ratio = signalToNoise(qrs, noiseAmplitude(added.slice(from, to), 360));
        expect(Math.abs(ratio - snrDb)).toBeLessThan(1.5);
        // Negative control: the other record's ratio is not this one's.
        expect(Math.abs(ratio - (-6 - snrDb))).toBeGreaterThan(4);
      }
    }
  });
});
