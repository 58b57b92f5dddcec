import { describe, expect, it } from 'vitest';
import { createRandom, EcgError } from '../../core/index.js';
import { createPyramidWriter, openPyramid, type Pyramid, readMinMax, readSamples } from './pyramid.js';

/** A pyramid in memory, and how much of it was read since. */
async function pyramidOf(leads: readonly Float32Array[], appendAtOnce: number) {
  let file = new Uint8Array(0);
  const writer = await createPyramidWriter(
    leads.map((lead) => lead.length),
    async (bytes, at) => {
      if (at + bytes.length > file.length) {
        const longer = new Uint8Array(Math.max(at + bytes.length, 2 * file.length));
        longer.set(file);
        file = longer;
      }
      file.set(bytes, at);
    },
  );
  const longest = Math.max(...leads.map((lead) => lead.length));
  for (let at = 0; at < longest; at += appendAtOnce)
    for (const [i, lead] of leads.entries())
      if (at < lead.length) await writer.append(i, lead.subarray(at, at + appendAtOnce));
  await writer.finish();
  const read = { bytes: 0 };
  const pyramid = await openPyramid(async (from, to) => {
    const bytes = file.slice(from, to);
    read.bytes += bytes.length;
    return bytes;
  });
  return { pyramid, read };
}

/** The slow obvious way: every sample of every point, one after the other. */
function oracle(samples: Float32Array, edges: Float64Array): { min: number[]; max: number[] } {
  const min: number[] = [];
  const max: number[] = [];
  for (let k = 0; k + 1 < edges.length; k++) {
    const part = [...samples.slice(edges[k], edges[k + 1])].filter((x) => !Number.isNaN(x));
    min.push(part.length === 0 ? Number.NaN : part.reduce((a, b) => Math.min(a, b)));
    max.push(part.length === 0 ? Number.NaN : part.reduce((a, b) => Math.max(a, b)));
  }
  return { min, max };
}

/** Noise with gaps of all lengths. */
function noisy(length: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const samples = Float32Array.from({ length }, () => random.normal());
  for (let gap = 0; gap < 12; gap++) {
    const from = Math.floor(random.next() * length);
    samples.fill(Number.NaN, from, from + Math.floor(2 ** (14 * random.next())));
  }
  return samples;
}

async function expectOracle(
  pyramid: Pyramid,
  lead: number,
  samples: Float32Array,
  range: readonly [number, number, number],
) {
  const [from, to, points] = range;
  const { edges, min, max } = await readMinMax(pyramid, lead, from, to, points);
  const count = Math.min(points, to - from);
  const each = (to - from) / count;
  expect(edges.length).toBe(count + 1);
  for (let k = 0; k <= count; k++)
    expect(Math.abs(edges[k] - (from + k * each))).toBeLessThanOrEqual(each / 2 + 1);
  const expected = oracle(samples, edges);
  expect([...min]).toEqual(expected.min);
  expect([...max]).toEqual(expected.max);
}

describe('a pyramid', () => {
  it('gives the extremes that looking at every sample gives, on every level, with gaps', async () => {
    const leads = [noisy(70_001, 1), noisy(9_000, 2)];
    const { pyramid } = await pyramidOf(leads, 1000);
    const random = createRandom(3);
    for (let round = 0; round < 150; round++) {
      const lead = round % 2;
      const size = leads[lead].length;
      const from = Math.floor(random.next() * size);
      const to = from + 1 + Math.floor(random.next() * (size - from));
      const points = 1 + Math.floor(2 ** (11 * random.next()));
      await expectOracle(pyramid, lead, leads[lead], [from, Math.min(to, size), points]);
    }
    for (const points of [1, 2, 7, 500, 70_001, 80_000])
      await expectOracle(pyramid, 0, leads[0], [0, 70_001, points]);
  });

  it('a sample that is changed shows in its point: the comparison would notice', async () => {
    const samples = noisy(70_001, 1);
    const { pyramid } = await pyramidOf([samples], 4096);
    const other = samples.slice();
    const at = other.findIndex((x) => !Number.isNaN(x));
    other[at] = 99;
    await expect(expectOracle(pyramid, 0, other, [0, 70_001, 10])).rejects.toThrow();
  });

  it('gives back every sample, NaN too', async () => {
    const samples = noisy(20_011, 5);
    const { pyramid } = await pyramidOf([samples.subarray(0, 100), samples], 777);
    expect(await readSamples(pyramid, 1, 0, samples.length)).toEqual(samples);
    expect(await readSamples(pyramid, 1, 12_345, 12_400)).toEqual(samples.slice(12_345, 12_400));
    expect(await readSamples(pyramid, 1, 20_011, 20_011)).toEqual(new Float32Array(0));
  });

  it('fills with NaN what was announced and never came', async () => {
    let file = new Uint8Array(100_000);
    const writer = await createPyramidWriter([1000], async (bytes, at) => file.set(bytes, at));
    await writer.append(0, new Float32Array(10).fill(1));
    await writer.finish();
    const pyramid = await openPyramid(async (from, to) => file.slice(from, to));
    const { min } = await readMinMax(pyramid, 0, 0, 1000, 2);
    expect([...min]).toEqual([1, Number.NaN]);
    await expect(writer.append(0, new Float32Array(1))).rejects.toThrow(EcgError);
    file = file.slice(0, 200);
    await expect(readMinMax(pyramid, 0, 0, 1000, 2)).rejects.toThrow(/cut short/);
  });

  it('reads bytes in proportion to the points, however long the stretch', async () => {
    const samples = new Float32Array(3_000_000).map((_, i) => i % 251);
    const { pyramid, read } = await pyramidOf([samples], 65_536);
    for (const length of [1000, 30_000, 300_000, 3_000_000])
      for (const points of [50, 500, 2000]) {
        read.bytes = 0;
        await readMinMax(pyramid, 0, 0, length, points);
        // 16 pairs a point on a level, 32 samples without; the coarsest has 512 pairs in all.
        expect(read.bytes).toBeLessThanOrEqual(128 * (points + 2) + 8 * 512);
      }
    const samplesItself = samples.byteLength;
    expect(samplesItself).toBeGreaterThan(128 * 2002 + 8 * 512);
  });

  it('refuses what is no pyramid and what is not in it', async () => {
    await expect(openPyramid(async () => new Uint8Array(12))).rejects.toThrow(/not one/);
    await expect(openPyramid(async () => new Uint8Array(3))).rejects.toThrow(/not one/);
    const { pyramid } = await pyramidOf([new Float32Array(100)], 100);
    for (const [lead, from, to, points] of [
      [1, 0, 10, 1],
      [0, -1, 10, 1],
      [0, 0, 101, 1],
      [0, 5, 4, 1],
      [0, 0.5, 4, 1],
      [0, 0, 10, 0],
      [0, 0, 10, 1.5],
    ])
      await expect(readMinMax(pyramid, lead, from, to, points)).rejects.toThrow(EcgError);
    expect((await readMinMax(pyramid, 0, 3, 3, 5)).min.length).toBe(0);
  });
});
