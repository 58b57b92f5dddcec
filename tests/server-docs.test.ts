import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SETTINGS } from '../src/server/config-settings.js';
import { RESOURCES } from '../src/server/http/resources.js';

const page = readFileSync(fileURLToPath(new URL('../docs/server.md', import.meta.url)), 'utf8');

it('docs/server.md names every option of the server and none that does not exist', () => {
  const table = page.slice(page.indexOf('## Options'), page.indexOf('## More than one machine'));
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((line) =>
    [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual(SETTINGS.map(({ path }) => path).sort());
});

it('docs/server.md shows every part of the interface', () => {
  const tags = new Set(RESOURCES.flatMap(({ routes }) => Object.values(routes).map(({ path }) => path)));
  const first = [...tags].map((path) =>
    path
      .split('/')
      .slice(0, path.startsWith('/v1') ? 3 : 2)
      .join('/'),
  );
  const missing = [...new Set(first)].filter(
    (path) => !page.includes(path) && !['/', '/page.css', '/page.js'].includes(path),
  );
  expect(missing).toEqual([]);
});
