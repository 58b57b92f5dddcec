import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analysisJsonSchema } from '../scripts/analysis-json-schema.js';
import { VERSION } from '../src/core/index.js';

const read = (path: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8'));

describe('what is published about an analysis', () => {
  it('is the schema in the code (npx tsx scripts/write-schema.ts)', () => {
    expect(read('docs/analysis.schema.json')).toEqual(JSON.parse(JSON.stringify(analysisJsonSchema())));
  });
  it('carries the version of the package', () => {
    expect(VERSION).toBe(read('package.json').version);
  });
});
