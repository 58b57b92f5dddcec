import { describe, expect, it } from 'vitest';
import { blobSource } from './browser.js';
import { open } from './open.js';

describe('blobSource', () => {
  it('opens a record dropped as several files, and reads slices of them', async () => {
    // Format 16, gain 200: the stored integers 200, −100, 400 are 1, −0.5 and 2 mV.
    const header = new File(['r1 1 250 3\nr1.dat 16 200/mV 16 0 200 0 0 II\n'], 'r1.hea');
    const data = new File([Uint8Array.of(200, 0, 156, 255, 144, 1)], 'r1.dat');
    const source = blobSource(header, [header, data]);
    expect([...(await source.read(3, 3))]).toEqual([...'1 2'].map((c) => c.charCodeAt(0)));
    expect(await source.sibling('r1.atr')).toBeUndefined();
    const reader = await open(source);
    expect([...((await reader.read({ from: 1 })).signals[0]?.samples ?? [])]).toEqual([-0.5, 2]);
    expect(await source.read(1000, 5)).toHaveLength(0);
  });
});
