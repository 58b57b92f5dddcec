import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { describe } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';

/** A `describe` that skips visibly where Debian's Chromium is not installed. */
export const describeWithChromium: typeof describe.skip = existsSync(CHROMIUM) ? describe : describe.skip;

/** Debian's Chromium without a window, in a new profile, and quiet: it asks nothing of its maker's servers. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
