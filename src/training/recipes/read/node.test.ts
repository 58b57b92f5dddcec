import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { TEST_RECIPE } from '../../../../tests/beat-recipe.js';
import { tinyRecipe } from '../../../../tests/tiny-recipe.js';
import { readBeatRecipe, readRecipe } from './node.js';

const folder = mkdtempSync(join(tmpdir(), 'ectopy-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('readRecipe', () => {
  it('tells the kinds of recipes apart', async () => {
    expect(await readRecipe(file('tiny.json', tinyRecipe()))).toMatchObject({ kind: 'examples' });
    expect(await readRecipe(file('beats.json', TEST_RECIPE))).toMatchObject({ kind: 'beats' });
    const waves = fileURLToPath(new URL('../../../../experiments/waves/config.json', import.meta.url));
    expect(await readRecipe(waves)).toMatchObject({ kind: 'waves', recipe: { name: 'waves' } });
    await expect(readRecipe(file('waves.json', { network: { kind: 'unet-1d' } }))).rejects.toThrow(
      /waves\.json: .*folds/,
    );
  });

  it('judges a recipe without its task as one over examples, not as the beat network', async () => {
    const { task: _, ...rest } = tinyRecipe();
    await expect(readRecipe(file('taskless.json', rest))).rejects.toThrow(/taskless\.json: 1 fault: task: /);
    await expect(readBeatRecipe(file('tiny.json', tinyRecipe()))).rejects.toThrow(/task: unknown key/);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['cut.json', '{"task": ', 'bad-option', /cut\.json: not JSON: /],
    ['null.json', 'null', 'bad-option', /null\.json: 1 fault: the whole: /],
    ['list.json', '[]', 'bad-option', /list\.json: /],
  ])('refuses %s', async (name, content, code, message) => {
    await expect(readRecipe(file(name, content))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('names a file that is not there', async () => {
    await expect(readRecipe(join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/there is no recipe .*none\.json, check the path/),
    });
  });
});
