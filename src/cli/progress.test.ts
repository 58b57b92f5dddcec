import { describe, expect, it } from 'vitest';
import { describeSeconds, formatProgress } from './progress.js';

describe('formatProgress', () => {
  it('says how much is done and how long it will take', () => {
    // A quarter in 10 s leaves three quarters: 30 s.
    const line = formatProgress('100', { stage: 'detect', done: 25, total: 100 }, 10);
    expect(line).toContain(' 25 %');
    expect(line).toContain('30 s left');
    expect(line.match(/█/g)).toHaveLength(6);
  });

  it('keeps the end of a long path', () => {
    const line = formatProgress(
      '/home/me/recordings/2026/night-17.edf',
      { stage: 'read', done: 1, total: 2 },
      1,
    );
    // 24 characters: the ellipsis and the last 23 of the path.
    expect(line).toMatch(/^…dings\/2026\/night-17\.edf {2}read/);
  });

  it('promises nothing before there is something to go by', () => {
    expect(formatProgress('100', { stage: 'read', done: 0, total: 100 }, 5)).not.toContain('left');
    expect(formatProgress('100', { stage: 'read', done: 0, total: 0 }, 5)).toContain('  0 %');
  });
});

describe('describeSeconds', () => {
  it('changes its unit with the length', () => {
    expect([0.2, 40, 180, 7200].map(describeSeconds)).toEqual(['1 s', '40 s', '3 min', '2.0 h']);
  });
});
