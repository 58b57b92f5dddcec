import { describe, expect, it } from 'vitest';
import { pCandidates } from './p-candidates.js';

/** Triangular humps 41 samples wide at 250 Hz. */
function humps(...at: readonly (readonly [sample: number, height: number])[]): Float32Array {
  return Float32Array.from({ length: 500 }, (_, i) =>
    at.reduce((most, [sample, height]) => Math.max(most, height * (1 - Math.abs(i - sample) / 20)), 0),
  );
}

describe('pCandidates', () => {
  it('is the top of each hump that is high enough', () => {
    expect([...pCandidates(humps([100, 0.9], [250, 0.15], [400, 0.08]), 250)]).toEqual([100, 250]);
  });

  it('takes the higher of two within 200 ms, both when they are further apart', () => {
    expect([...pCandidates(humps([100, 0.3], [145, 0.6]), 250)]).toEqual([145]);
    expect([...pCandidates(humps([100, 0.6], [145, 0.3]), 250)]).toEqual([100]);
    expect([...pCandidates(humps([100, 0.3], [150, 0.6]), 250)]).toEqual([100, 150]);
  });

  it('finds nothing in nothing', () => {
    expect(pCandidates(new Float32Array(500), 250)).toHaveLength(0);
    expect(pCandidates(new Float32Array(0), 250)).toHaveLength(0);
  });
});
