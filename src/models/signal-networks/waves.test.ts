import { describe, expect, it } from 'vitest';
import { leadProbabilities } from './wave-probabilities.js';
import { combineLeads } from './waves.js';

const shares = (P: number[]) => ({
  P: Float32Array.from(P),
  QRS: new Float32Array(P.length),
  T: new Float32Array(P.length),
});

describe('leadProbabilities', () => {
  const [chunk, margin] = [64, 8];
  /** Says of a sample its own value as P, how far it lies from the chunk's nearer end as QRS, and its row as T. */
  const forward = async (chunks: Float32Array, n: number) =>
    Float32Array.from({ length: n * chunk * 4 }, (_, i) => {
      const sample = (i >> 2) % chunk;
      return [0, chunks[i >> 2], Math.min(sample, chunk - 1 - sample), Math.floor(i / (4 * chunk))][i % 4];
    });

  it.each([1, 40, 64, 65, 100, 113, 1000])(
    'covers %i samples, each out of the middle of a chunk',
    async (n) => {
      const lead = Float32Array.from({ length: n }, (_, i) => i + 1);
      const { P, QRS } = await leadProbabilities(lead, { chunk, margin }, forward);
      expect([...P]).toEqual([...lead]);
      // No sample but those near the lead's own ends lies closer than the margin to its chunk's end.
      const inner = QRS.subarray(margin, Math.max(margin, n - margin));
      expect(Math.min(margin, ...inner)).toBeGreaterThanOrEqual(margin - 1);
    },
  );
});

describe('combineLeads', () => {
  it('is the lead itself, or nothing of none', () => {
    const one = shares([0.2, 0.9]);
    expect(combineLeads([one], 2)).toEqual(one);
    expect([...combineLeads([], 3).P]).toEqual([0, 0, 0]);
  });

  it('counts a lead for what it shows of a wave', () => {
    // Norms by hand: 0.6 0.8 has 1, 0.3 0.4 has 0.5: two parts to one.
    const { P } = combineLeads([shares([0.6, 0.8]), shares([0.3, 0.4])], 2);
    expect(P[0]).toBeCloseTo((2 * 0.6 + 0.3) / 3, 5);
    expect(P[1]).toBeCloseTo((2 * 0.8 + 0.4) / 3, 5);
    // A lead that shows nothing does not outvote one that does.
    const clear = combineLeads([shares([0, 0.9, 0.9, 0]), shares([0.01, 0.02, 0.02, 0.01])], 4).P;
    expect(clear[1]).toBeGreaterThan(0.85);
    // Two that agree give what both say.
    expect(combineLeads([shares([0.4, 0.7]), shares([0.4, 0.7])], 2).P[1]).toBeCloseTo(0.7, 5);
  });

  it('leaves a lead out where it was not recorded', () => {
    const half = { ...shares([0.6, 0.8, 0, 0]), known: Uint8Array.of(1, 1, 0, 0) };
    const { P } = combineLeads([half, shares([0.5, 0.5, 0.5, 0.5])], 4);
    // Both have a norm of 1.
    expect([...P].map((p) => Number(p.toFixed(5)))).toEqual([0.55, 0.65, 0.5, 0.5]);
    expect([...combineLeads([half], 4).P].map((p) => Number(p.toFixed(5)))).toEqual([0.6, 0.8, 0, 0]);
  });
});
