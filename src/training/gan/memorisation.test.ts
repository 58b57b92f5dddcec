import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { measureMemorisation } from './memorisation.js';

function normals(n: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: n }, () => random.normal());
}

describe('measureMemorisation', () => {
  it('is what looking at each pair gives by hand', async () => {
    // Points of the plane. Training: (0,0) (3,4) (0,1): nearest others 1, √18, 1, each over √2.
    const got = await measureMemorisation(
      {
        size: 2,
        train: Float32Array.of(0, 0, 3, 4, 0, 1),
        generated: Float32Array.of(0, 0, 3, 6),
        heldOut: Float32Array.of(6, 8),
      },
      1,
    );
    expect(got.train.median).toBeCloseTo(1 / Math.SQRT2, 12);
    // 0 and 2 / √2; below the 1st percentile, 1 / √2, lies one of two. The median is halfway.
    expect(got.generated).toMatchObject({ examples: 2, shareTooNear: 0.5 });
    expect(got.generated.median).toBeCloseTo(1 / Math.SQRT2, 12);
    expect(got.generated.near).toBeCloseTo(0.01 * Math.SQRT2, 12);
    expect(got.heldOut).toMatchObject({ examples: 1, shareTooNear: 0 });
    expect(got.heldOut?.median).toBeCloseTo(5 / Math.SQRT2, 12);
  });

  it('tells copies from new examples of the same kind', async () => {
    const size = 4;
    const train = normals(800 * size, 1);
    const parts = { size, train, heldOut: normals(800 * size, 2) };
    const fresh = await measureMemorisation({ ...parts, generated: normals(800 * size, 3) }, 1);
    // New ones are as near as held-out ones, and about one in a hundred is nearer than the limit.
    expect(fresh.generated.median / (fresh.heldOut?.median ?? 0)).toBeCloseTo(1, 1);
    expect(fresh.generated.shareTooNear).toBeLessThan(0.03);
    const noise = normals(train.length, 4);
    const copies = train.map((x, i) => x + 0.001 * noise[i]);
    const copied = await measureMemorisation({ ...parts, generated: copies }, 1);
    expect(copied.generated.shareTooNear).toBeGreaterThan(0.9);
    expect(copied.train).toEqual(fresh.train);
  });

  it('does without held-out examples, not without training ones', async () => {
    const one = Float32Array.of(1, 2);
    const train = Float32Array.of(1, 2, 3, 4);
    const none = new Float32Array(0);
    expect(
      (await measureMemorisation({ size: 2, train, generated: one, heldOut: none }, 1)).heldOut,
    ).toBeNull();
    await expect(
      measureMemorisation({ size: 2, train: one, generated: one, heldOut: none }, 1),
    ).rejects.toMatchObject({ code: 'too-short' });
    await expect(
      measureMemorisation({ size: 3, train, generated: one, heldOut: none }, 1),
    ).rejects.toMatchObject({ code: 'bad-shape' });
  });
});
