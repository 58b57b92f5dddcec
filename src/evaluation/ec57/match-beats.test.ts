import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchBeats } from './match-beats.js';

const kinds = (reference: number[], test: number[], window: number) =>
  matchBeats(reference, test, window).map((step) => step.kind);

describe('matchBeats', () => {
  it('pairs both beats of the field’s fixture', () => {
    // Origin: field.md, section 1, read in the reference program.
    expect(kinds([96, 160], [128, 185], 37)).toEqual(['pair', 'pair']);
  });

  it('pairs at the window and not beyond it', () => {
    expect(kinds([100], [154], 54)).toEqual(['pair']);
    expect(kinds([100], [155], 54)).toEqual(['missed', 'extra']);
    expect(kinds([154], [100], 54)).toEqual(['pair']);
    expect(kinds([155], [100], 54)).toEqual(['extra', 'missed']);
  });

  it('leaves the nearer of two beats its partner', () => {
    // By hand: 100 lies 50 from 150, 140 only 10; so 100 is extra and 140 pairs.
    expect(kinds([150], [100, 140], 54)).toEqual(['extra', 'pair']);
    expect(kinds([100, 140], [150], 54)).toEqual(['missed', 'pair']);
  });

  it('uses every beat once, in order, and pairs a sequence with itself', () => {
    const beats = fc
      .uniqueArray(fc.integer({ min: 200, max: 5000 }), { maxLength: 60 })
      .map((a) => a.sort((x, y) => x - y));
    fc.assert(
      fc.property(beats, beats, fc.integer({ min: 0, max: 80 }), (reference, test, window) => {
        const steps = matchBeats(reference, test, window);
        const used = (kind: 'missed' | 'extra', of: 'reference' | 'test') =>
          steps.filter((s) => s.kind === 'pair' || s.kind === kind).map((s) => s[of]);
        expect(used('missed', 'reference')).toEqual(reference.map((_, i) => i));
        expect(used('extra', 'test')).toEqual(test.map((_, i) => i));
        for (const s of steps.filter((step) => step.kind === 'pair')) {
          expect(Math.abs(reference[s.reference]! - test[s.test]!)).toBeLessThanOrEqual(window);
        }
        expect(matchBeats(reference, reference, window).every((s) => s.kind === 'pair')).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
