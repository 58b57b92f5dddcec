import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { RR_SUMMARY, rrSummary } from './rr-summary.js';
import { sampleEntropy } from './sample-entropy.js';

const of = (...rr: number[]) => Float64Array.from(rr);

describe('sampleEntropy', () => {
  it('is −ln of the share of agreeing stretches that go on agreeing', () => {
    // By hand: 1 2 1 2 1 | 3. Equal pairs (0,2) (0,4) (2,4) (1,3); (0,2) and (1,3) go on equally: ln 4/2.
    expect(sampleEntropy(of(1, 2, 1, 2, 1, 3), 1, 0.1)).toBeCloseTo(Math.log(2), 12);
    // Pairs of two, (1 2) three times less the last: (0,2) goes on 1 1, and (1,3), (2 1), goes on 2 3.
    expect(sampleEntropy(of(1, 2, 1, 2, 1, 3), 2, 0.1)).toBeCloseTo(Math.log(2), 12);
    expect(sampleEntropy(of(1, 2, 1, 2, 1, 2), 1, 0.1)).toBe(0);
    // Within a tolerance of 1 neighbours agree too: another count.
    expect(sampleEntropy(of(1, 2, 1, 2, 1, 3), 1, 1)).not.toBeCloseTo(Math.log(2), 3);
  });

  it('is 0 where nothing can be compared', () => {
    expect(sampleEntropy(of(), 1, 0.1)).toBe(0);
    expect(sampleEntropy(of(1), 1, 0.1)).toBe(0);
    expect(sampleEntropy(of(1, 2, 4, 8), 1, 0.1)).toBe(0);
  });
});

describe('rrSummary', () => {
  it('of four intervals is what one finds by hand', () => {
    const found = rrSummary(of(0.8, 0.6, 1, 0.8));
    expect(found.count).toBeCloseTo(4 / 30, 12);
    expect(found.logMean).toBeCloseTo(Math.log(0.8), 12);
    expect(found.logShortest).toBeCloseTo(Math.log(0.6), 12);
    expect(found.logLongest).toBeCloseTo(0, 12);
    // Squared distances from the mean 0, 0.04, 0.04, 0; changes −1/4, 1/2, −1/4 of the mean.
    expect(found.variation).toBeCloseTo(Math.sqrt(0.02) / 0.8, 12);
    expect(found.successive).toBeCloseTo(Math.sqrt((1 / 16 + 1 / 4 + 1 / 16) / 3), 12);
    expect(found.change20).toBe(1);
    expect(found.turns).toBe(1);
    expect(found.near10).toBe(0.5);
    // 0.6 is early for a median of 0.8, and 1.0 makes up for it; what is left is even.
    expect(found.premature).toBe(0.25);
    expect(found.compensated).toBe(0.25);
  });

  it('of an even rhythm has no spread and no disorder', () => {
    const found = rrSummary(new Float64Array(30).fill(0.9));
    for (const name of [
      'variation',
      'successive',
      'spread',
      'change5',
      'turns',
      'premature',
      'changeDisorder',
    ] as const)
      expect(found[name], name).toBeCloseTo(0, 9);
    expect(found.near3).toBe(1);
  });

  it('tells a premature beat from fibrillation by what is left without it', () => {
    const random = createRandom(3);
    const even = Array.from({ length: 34 }, () => 0.8 + 0.005 * random.normal());
    const ectopic = even.map((rr, i) => (i % 8 === 3 ? rr - 0.25 : i % 8 === 4 ? rr + 0.25 : rr));
    const fibrillating = even.map(() => 0.5 + 0.6 * random.next());
    const [a, b] = [rrSummary(of(...ectopic)), rrSummary(of(...fibrillating))];
    expect(a.successive).toBeGreaterThan(0.1);
    expect(a.settledVariation).toBeLessThan(0.02);
    expect(b.settledVariation).toBeGreaterThan(0.05);
    expect(a.changeDisorder).toBeLessThan(b.changeDisorder);
  });

  it('does not change with the rate, but for the four that tell it', () => {
    const random = createRandom(5);
    const rr = Float64Array.from({ length: 30 }, () => 0.6 + 0.5 * random.next());
    const [own, slow] = [rrSummary(rr), rrSummary(rr.map((x) => 1.25 * x))];
    const rates: ReadonlySet<string> = new Set(['logMean', 'logMedian', 'logShortest', 'logLongest']);
    // Its tolerance is in seconds, as published.
    const absolute: ReadonlySet<string> = new Set(['coefficientEntropy']);
    for (const name of RR_SUMMARY) {
      if (rates.has(name)) expect(slow[name] - own[name], name).toBeCloseTo(Math.log(1.25), 9);
      else if (!absolute.has(name)) expect(slow[name], name).toBeCloseTo(own[name], 9);
    }
    expect(slow.coefficientEntropy).not.toBeCloseTo(own.coefficientEntropy, 3);
  });

  it('is 0 for fewer than three intervals, but for their count', () => {
    const { count, ...others } = rrSummary(of(0.8, 0.9));
    expect(count).toBeCloseTo(2 / 30, 12);
    expect(Object.values(others).every((x) => x === 0)).toBe(true);
  });
});
