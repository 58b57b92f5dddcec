import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectFigures, writeFigures } from '../scripts/figures/collect.js';
import { renderPage } from '../scripts/figures/render.js';
import { TABLES } from '../scripts/figures/tables.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string) => readFileSync(`${root}/${name}`, 'utf8');

describe('published figures', () => {
  const figures = collectFigures(root);

  it('docs/figures.json is what the results say; `npm run figures` writes it', () => {
    expect(read('docs/figures.json')).toBe(writeFigures(figures));
  });

  it('the README shows the same numbers', () => {
    expect(read('README.md')).toBe(renderPage(read('README.md'), TABLES, figures));
  });

  it('a changed number is noticed', () => {
    const [first, ...rest] = figures;
    const disturbed = [{ ...first!, value: first!.value + 1 }, ...rest];
    expect(writeFigures(disturbed)).not.toBe(read('docs/figures.json'));
    for (const { ids } of TABLES) {
      const shown = ids.find((id) => figures.some((f) => f.id === id));
      const wrong = figures.map((f) => (f.id === shown ? { ...f, value: f.value + 1 } : f));
      expect(renderPage(read('README.md'), TABLES, wrong)).not.toBe(read('README.md'));
    }
  });

  it('no published number is missing', () => {
    const measured = new Set(figures.map(({ id }) => id));
    expect(TABLES.flatMap(({ ids }) => ids).filter((id) => !measured.has(id))).toEqual([]);
  });
});
