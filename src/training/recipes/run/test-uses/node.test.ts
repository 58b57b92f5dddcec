import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countTestUse } from './node.js';

const folder = mkdtempSync(join(tmpdir(), 'ectopy-uses-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('countTestUse', () => {
  it('counts the scorings that any of these records took part in', async () => {
    const file = join(folder, 'home', 'uses.json');
    const use = (run: string, ...records: string[]) => countTestUse(file, { run, networks: ['n'], records });
    expect(await use('a', 'mitdb/100', 'mitdb/103')).toBe(1);
    expect(await use('b', 'svdb/800')).toBe(1);
    expect(await use('b', 'mitdb/103')).toBe(2);
    expect(await use('a', 'mitdb/100', 'svdb/800')).toBe(3);
    const uses = JSON.parse(readFileSync(file, 'utf8')) as { run: string }[];
    expect(uses.map(({ run }) => run)).toEqual(['a', 'b', 'b', 'a']);
  });

  it.each(['{', '{}', '[{"run": "a"}]', '[null]'])(
    'does not count on in a damaged file: %s',
    async (text) => {
      const file = join(folder, 'damaged.json');
      writeFileSync(file, text);
      await expect(countTestUse(file, { run: 'a', networks: [], records: [] })).rejects.toMatchObject({
        code: 'bad-format',
        message: expect.stringMatching(/damaged\.json counts the scorings and is damaged, mend or move it/),
      });
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});
