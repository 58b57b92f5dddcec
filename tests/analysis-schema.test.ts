import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { analysisJsonSchema } from '../scripts/analysis-json-schema.js';
import { analyze } from '../src/analysis/index.js';
import { VERSION } from '../src/core/index.js';
import { sampleReader } from '../src/ecg/index.js';
import { writeJson } from '../src/report/index.js';

const read = (path: string) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8'));

describe('what is published about an analysis', () => {
  it('is the schema in the code (npx tsx scripts/write-schema.ts)', () => {
    expect(read('docs/analysis.schema.json')).toEqual(JSON.parse(JSON.stringify(analysisJsonSchema())));
  });
  it('is a schema that other programs can check our files with', async () => {
    const validate = new Ajv({ strict: false }).compile(read('docs/analysis.schema.json'));
    const analysis = JSON.parse(writeJson(await analyze(sampleReader(), {})));
    expect(validate(analysis), JSON.stringify(validate.errors)).toBe(true);
    // Negative controls: a missing field, a beat at half a sample, a share above 1.
    const { beats, ...rest } = analysis;
    expect(validate(rest)).toBe(false);
    expect(validate({ ...analysis, beats: { ...beats, sample: [0.5] } })).toBe(false);
    expect(validate({ ...analysis, quality: { ...analysis.quality, analysableShare: 1.2 } })).toBe(false);
  });
  it('carries the version of the package', () => {
    expect(VERSION).toBe(read('package.json').version);
  });
});
