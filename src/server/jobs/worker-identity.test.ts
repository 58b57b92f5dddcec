import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createWorkerIdentity } from './worker-identity.js';

describe.skipIf(process.platform !== 'linux')('a process among workers', () => {
  it('lives, until it ends; another one with its number is not taken for it', async () => {
    const identity = createWorkerIdentity();
    const own = identity.claim();
    expect(identity.hasEnded(own)).toBe(false);
    expect(identity.claim()).not.toBe(own);
    const child = spawn('sleep', ['30']);
    const [place, , start, claim] = own.split(':');
    // Its start is not ours.
    expect(identity.hasEnded([place, child.pid, start, claim].join(':'))).toBe(true);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
    expect(identity.hasEnded([place, child.pid, start, claim].join(':'))).toBe(true);
  });

  it('says nothing of other machines, nor of names that are none', () => {
    const identity = createWorkerIdentity();
    const [, ...rest] = identity.claim().split(':');
    for (const name of [['elsewhere', ...rest].join(':'), '', 'x', 'a:b:c:d']) {
      expect(identity.hasEnded(name)).toBe(false);
    }
  });
});
