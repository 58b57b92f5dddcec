import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { areTypesOf } from '../scripts/openapi/client-types.js';
import { openApiDocument, openApiText } from '../scripts/openapi/document.js';
import { createClient } from '../src/server/client/index.js';
import { buildApp } from '../src/server/http/app.js';
import { RESOURCES } from '../src/server/http/resources.js';
import { contextOf } from './server-context.js';

const fileOf = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const routes = RESOURCES.flatMap((resource) => Object.entries(resource.routes));

describe('the description of the interface', () => {
  it('is docs/openapi.json', () => {
    // `npx tsx scripts/openapi.ts` writes it.
    expect(fileOf('docs/openapi.json')).toBe(openApiText());
  });

  it('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(structuredClone(openApiDocument()));
    expect(result).toMatchObject({ valid: true });
  });

  it('would not be valid with a fault in it', async () => {
    const broken = structuredClone(openApiDocument()) as { paths: Record<string, unknown> };
    broken.paths['/health'] = { get: { responses: { none: {} } } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('names every route once, with its parameters in its path', () => {
    const names = routes.map(([name]) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const places = routes.map(([, { method, path }]) => `${method} ${path}`);
    expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([]);
    const { paths } = openApiDocument() as unknown as {
      paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>;
    };
    for (const [path, methods] of Object.entries(paths)) {
      const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(methods)) {
        expect(parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(named);
      }
    }
  });

  it('leaves no reference without its part', () => {
    const text = openApiText();
    const document = JSON.parse(text) as object;
    for (const [, pointer] of text.matchAll(/"\$ref": "#\/([^"]+)"/g)) {
      const part = pointer
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
      expect(part, pointer).toBeDefined();
    }
    expect(text).not.toContain('#/$defs');
  });
});

describe('the client', () => {
  it('has the types of this document', () => {
    const types = fileOf('src/server/client/openapi.ts');
    expect(areTypesOf(types, openApiText()), 'run npx tsx scripts/openapi.ts').toBe(true);
    expect(areTypesOf(types, openApiText().replace('Ectopy', 'Else'))).toBe(false);
  });

  it('needs nothing of Node', () => {
    for (const file of ['index.ts', 'openapi.ts']) {
      const imports = [...fileOf(`src/server/client/${file}`).matchAll(/from '([^']+)'/g)].map(
        ([, from]) => from,
      );
      expect(imports.filter((from) => from !== './openapi.js' && from !== 'openapi-fetch')).toEqual([]);
    }
  });

  it('speaks with a server, and gets its problems as data', async () => {
    const app = await buildApp(contextOf({}, { access: { mode: 'keys' } }));
    try {
      const client = createClient(await app.listen({ host: '127.0.0.1', port: 0 }), { key: 'wrong' });
      const health = await client.GET('/health');
      expect(health.data?.status).toBe('ok');
      const refused = await client.GET('/v1/status');
      expect(refused.response.status).toBe(401);
      expect(refused.error?.code).toBe('unauthorized');
    } finally {
      await app.close();
    }
  });
});
