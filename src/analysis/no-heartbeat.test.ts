import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { hasNoHeartbeat } from './no-heartbeat.js';

/** Beats `interval` samples apart, give or take a share of it. */
function beats(n: number, interval: number, spread: number): Float64Array {
  const random = createRandom(2);
  let at = 0;
  return Float64Array.from({ length: n }, () => {
    at += Math.round(interval * (1 + spread * (2 * random.next() - 1)));
    return at;
  });
}

describe('no heartbeat', () => {
  it('is a recording in which nothing is peaked and what was found keeps no time', () => {
    expect(hasNoHeartbeat({ stretches: 30, peaked: 0 }, beats(500, 150, 0.4))).toBe(true);
    expect(hasNoHeartbeat({ stretches: 30, peaked: 2 }, beats(500, 150, 0.4))).toBe(true);
    expect(hasNoHeartbeat({ stretches: 20_000, peaked: 500 }, beats(200_000, 150, 0.4))).toBe(true);
  });
  it('is none with peaks, with an even rhythm, without beats, or where nothing was judged', () => {
    expect(hasNoHeartbeat({ stretches: 30, peaked: 10 }, beats(500, 150, 0.4))).toBe(false);
    // Ventricular tachycardia: no rare peaks, but it keeps time.
    expect(hasNoHeartbeat({ stretches: 30, peaked: 0 }, beats(900, 80, 0.03))).toBe(false);
    expect(hasNoHeartbeat({ stretches: 30, peaked: 0 }, new Float64Array(0))).toBe(false);
    expect(hasNoHeartbeat({ stretches: 0, peaked: 0 }, beats(10, 150, 0.4))).toBe(false);
  });
});
