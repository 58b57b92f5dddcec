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

it('the pages ask for no operation that does not exist', () => {
  const known = new Set(
    RESOURCES.flatMap(({ routes }) =>
      Object.values(routes).map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`),
    ),
  );
  const asked = (text: string) =>
    [...text.matchAll(/\b(GET|POST|PATCH|PUT|DELETE)\s+(\/[\w/{}.]*)/g)].map(
      ([, method, path]) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`,
    );
  const pages = ['server', 'streaming', 'security', 'fhir'].map((name) =>
    readFileSync(fileURLToPath(new URL(`../docs/${name}.md`, import.meta.url)), 'utf8'),
  );
  const all = pages.flatMap(asked);
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter((one) => !known.has(one))).toEqual([]);
  // Negative control: this stood there once.
  expect(asked('`POST /v1/sample`').filter((one) => known.has(one))).toEqual([]);
});
