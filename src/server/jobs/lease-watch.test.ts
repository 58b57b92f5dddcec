import { describe, expect, it } from 'vitest';
import { createLeaseWatch } from './lease-watch.js';

const row = (lease: string, worker: string | null = 'far:1:1:a') => [
  { id: 'job', worker, lease_until: lease },
];

describe('a lease', () => {
  it('ends when its row stays the same for its length of the watcher’s clock, whatever times it names', () => {
    let clock = 0;
    const watch = createLeaseWatch(
      1000,
      () => false,
      () => clock,
    );
    // Long past, and far ahead: the time itself says nothing.
    for (const lease of ['1970-01-01T00:00:00.000Z', '9999-01-01T00:00:00.000Z']) {
      expect(watch.look(row(lease))).toEqual([]);
      clock += 999;
      expect(watch.look(row(lease))).toEqual([]);
      clock += 1;
      expect(watch.look(row(lease))).toHaveLength(1);
    }
  });

  it('goes on as long as its holder changes the row, and begins anew with another holder', () => {
    let clock = 0;
    const watch = createLeaseWatch(
      1000,
      () => false,
      () => clock,
    );
    for (let beat = 0; beat < 10; beat++) {
      expect(watch.look(row(String(beat)))).toEqual([]);
      clock += 900;
    }
    expect(watch.look(row('9', 'far:1:1:b'))).toEqual([]);
    clock += 900;
    expect(watch.look(row('9', 'far:1:1:b'))).toEqual([]);
    // A job that was over in between is watched from the beginning.
    expect(watch.look([])).toEqual([]);
    clock += 900;
    expect(watch.look(row('9', 'far:1:1:b'))).toEqual([]);
  });

  it('ends at once with a process that is known to have ended, or without a holder', () => {
    const watch = createLeaseWatch(
      1000,
      (worker) => worker.startsWith('here'),
      () => 0,
    );
    expect(watch.look(row('x', 'here:1:1:a'))).toHaveLength(1);
    expect(watch.look(row('x', null))).toHaveLength(1);
    expect(watch.look(row('x'))).toEqual([]);
  });
});
