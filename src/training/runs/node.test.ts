import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openRun } from './node.js';

const folder = mkdtempSync(join(tmpdir(), 'ectopy-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

const recipe = { name: 'tiny', version: '1.0.0', epochs: 2 };

describe('openRun', () => {
  it('gives each run its own folder, also within one second', async () => {
    const runs = join(folder, 'a', 'runs');
    const opened = await Promise.all([1, 2, 3, 4].map(() => openRun(recipe, runs)));
    expect(new Set(opened).size).toBe(4);
    expect(readdirSync(runs)).toHaveLength(4);
    for (const run of opened) {
      expect(run).toMatch(/tiny-1\.0\.0-\d{4}-\d\d-\d\dT\d{6}(-\d)?$/);
      expect(JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'))).toEqual(recipe);
    }
  });

  it('goes on in the folder of the same recipe only', async () => {
    const runs = join(folder, 'b');
    const run = await openRun(recipe, runs);
    expect(await openRun({ ...recipe }, runs, run)).toBe(run);
    await expect(openRun({ ...recipe, epochs: 3 } as typeof recipe, runs, run)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/was begun with another recipe; resume it with its own config\.json/),
    });
    await expect(openRun(recipe, runs, runs)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says where no folder can be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const runs of [file, join(file, 'below')])
      await expect(openRun(recipe, runs)).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringMatching(/no folder can be made in .*file/),
      });
  });
});
